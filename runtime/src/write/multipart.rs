//! A form of several parts as it travels: `multipart/form-data`. The pieces are framed here rather than by the HTTP client, so that any
//! transport can carry them.

use super::{Measured, SentFile};
use crate::transport::{Body, Failure};
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use http::HeaderValue;

/// One part of a form.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) content: Content,
    pub(crate) media_type: Option<String>,
    pub(crate) file_name: Option<String>,
}

/// What is in a part.
#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    /// A file that is read while it is sent.
    File(Measured),
}

/// A form between its boundaries.
pub(crate) struct Framed {
    pub(crate) content_type: HeaderValue,
    length: u64,
    pieces: std::vec::IntoIter<Piece>,
    file: Option<SentFile>,
    in_file: bool,
}

enum Piece {
    Bytes(Bytes),
    File,
}

impl Framed {
    /// Frames the parts, one of which may be a file that was opened to be sent. The boundary must not occur in them: 32 random letters
    /// do not.
    pub(crate) fn new(parts: &[Part], boundary: &str, file: Option<SentFile>) -> Option<Self> {
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let mut pieces = Vec::with_capacity(parts.len() * 3 + 1);
        let mut length = 0;
        let mut put = |bytes: Bytes| {
            length += bytes.len() as u64;
            Piece::Bytes(bytes)
        };
        let mut in_files = 0;
        for part in parts {
            pieces.push(put(Bytes::from(head(part, boundary))));
            pieces.push(match &part.content {
                Content::Bytes(bytes) => put(bytes.clone()),
                Content::File(measured) => {
                    in_files += measured.length;
                    Piece::File
                }
            });
            pieces.push(put(Bytes::from_static(b"\r\n")));
        }
        pieces.push(put(Bytes::from(format!("--{boundary}--\r\n"))));
        Some(Self {
            content_type: HeaderValue::try_from(content_type).ok()?,
            length: length + in_files,
            pieces: pieces.into_iter(),
            file,
            in_file: false,
        })
    }

    pub(crate) fn into_body(self) -> Body {
        Body::Stream {
            length: self.length,
            chunks: Box::pin(self),
        }
    }
}

fn head(part: &Part, boundary: &str) -> String {
    let mut head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
        quoted(part.name)
    );
    if let Some(file_name) = &part.file_name {
        head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
    }
    head.push_str("\r\n");
    if let Some(media_type) = &part.media_type {
        head.push_str(&format!("Content-Type: {media_type}\r\n"));
    }
    head.push_str("\r\n");
    head
}

/// What would end a quoted name is written as browsers write it; all else stands as it is, since WeChat Pay reads no percent-encoding.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl Stream for Framed {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let (true, Some(file)) = (self.in_file, &mut self.file) {
                let piece = ready!(Pin::new(file).poll_next(context));
                if piece.is_some() {
                    return Poll::Ready(piece);
                }
            }
            self.in_file = false;
            match self.pieces.next() {
                Some(Piece::Bytes(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                Some(Piece::File) => self.in_file = true,
                None => return Poll::Ready(None),
            }
        }
    }
}
