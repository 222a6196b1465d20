//! A form of several parts as it travels: `multipart/form-data`. The pieces are framed here rather than by the HTTP client, so that any
//! transport can carry them.

use crate::transport::{Body, Failure};
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;
use http::HeaderValue;

/// One part of a form.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) content: Bytes,
    pub(crate) media_type: Option<String>,
    pub(crate) file_name: Option<String>,
}

/// A form between its boundaries.
pub(crate) struct Framed {
    pub(crate) content_type: HeaderValue,
    length: u64,
    pieces: std::vec::IntoIter<Bytes>,
}

impl Framed {
    /// Frames the parts. The boundary must not occur in them: 32 random letters do not.
    pub(crate) fn new(parts: &[Part], boundary: &str) -> Option<Self> {
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let mut pieces = Vec::with_capacity(parts.len() * 3 + 1);
        for part in parts {
            pieces.push(Bytes::from(head(part, boundary)));
            pieces.push(part.content.clone());
            pieces.push(Bytes::from_static(b"\r\n"));
        }
        pieces.push(Bytes::from(format!("--{boundary}--\r\n")));
        Some(Self {
            content_type: HeaderValue::try_from(content_type).ok()?,
            length: pieces.iter().map(|piece| piece.len() as u64).sum(),
            pieces: pieces.into_iter(),
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

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.pieces.next().map(Ok))
    }
}
