//! A form of several parts as it travels: `multipart/form-data`. The pieces are framed here rather than by the HTTP client, so that any
//! transport can carry them.

use super::{Measured, SentFile, in_time};
use crate::call::{Slowly, slowly};
use crate::error::{CallName, Error, ErrorKind, Report};
use crate::transport::{Body, Bound, BoxFuture, Failure};
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use http::HeaderValue;

/// One part of a form.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) content: Content,
    pub(super) media_type: Option<String>,
    pub(super) file_name: Option<String>,
}

/// What is in a part.
pub(super) enum Content {
    Bytes(Bytes),
    /// A file that is read while it is sent.
    File(Measured),
}

/// The parts of a form.
pub(super) struct Form {
    pub(super) parts: Vec<Part>,
}

/// What is sent in the place of what is signed. It is a trait so that a program without uploads links nothing of forms.
pub(crate) trait Enclosed: Send + Sync {
    /// Opens what is read while it is sent, within the bound, and puts all of it between boundaries. A boundary must not occur in the parts: 32 random
    /// letters do not.
    fn begin<'a>(
        &'a self,
        boundary: &'a str,
        name: &'a CallName,
        bound: Bound<'a>,
    ) -> BoxFuture<'a, Result<Travelling, Error>>;

    /// How its request is begun.
    fn slowly(&self) -> Slowly;
}

/// A form on its way.
pub(crate) struct Travelling {
    pub(crate) body: Body,
    pub(crate) content_type: HeaderValue,
    /// Why it broke off by itself, if it did: a transport may lose that.
    pub(crate) blame: Option<Blame>,
}

/// Tells why a form broke off by itself.
pub(crate) type Blame = Box<dyn Fn(&CallName) -> Option<Error> + Send + Sync>;

impl Enclosed for Form {
    #[inline]
    fn begin<'a>(
        &'a self,
        boundary: &'a str,
        name: &'a CallName,
        bound: Bound<'a>,
    ) -> BoxFuture<'a, Result<Travelling, Error>> {
        Box::pin(self.opened(boundary, name, bound))
    }

    #[inline]
    fn slowly(&self) -> Slowly {
        slowly
    }
}

impl Form {
    #[inline]
    async fn opened(
        &self,
        boundary: &str,
        name: &CallName,
        bound: Bound<'_>,
    ) -> Result<Travelling, Error> {
        let mut file = None;
        let mut blame: Option<Blame> = None;
        if let Some((field, measured)) = self.sent_file() {
            let opened = in_time(bound, measured.open()).await;
            let opened = opened.map_err(|error| error.told_of(field, name))?;
            let word = opened.word();
            file = Some(opened);
            blame = Some(Box::new(move |name| {
                let error = word.lock().ok()?.take()?;
                Some(error.told_of(field, name))
            }));
        }
        let framed = Framed::new(&self.parts, boundary, file).ok_or_else(|| {
            let text = "the form has no media type that a header can carry";
            Report::not_sent(ErrorKind::Configuration, text).call(name)
        })?;
        let (body, content_type) = framed.into_body();
        Ok(Travelling {
            body,
            content_type,
            blame,
        })
    }

    /// The file that is read while it is sent, and its field's name.
    #[inline]
    fn sent_file(&self) -> Option<(&'static str, &Measured)> {
        self.parts.iter().find_map(|part| match &part.content {
            Content::Bytes(_) => None,
            Content::File(measured) => Some((part.name, measured)),
        })
    }
}

/// A form between its boundaries.
struct Framed {
    content_type: HeaderValue,
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
    #[inline]
    fn new(parts: &[Part], boundary: &str, file: Option<SentFile>) -> Option<Self> {
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

    #[inline]
    fn into_body(self) -> (Body, HeaderValue) {
        let content_type = self.content_type.clone();
        let body = Body::Stream {
            length: self.length,
            chunks: Box::pin(self),
        };
        (body, content_type)
    }
}

#[inline]
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
#[inline]
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl Stream for Framed {
    type Item = Result<Bytes, Failure>;

    #[inline]
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
