//! The bodies of requests and of answers.

use super::Failure;
use bytes::Bytes;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use futures_core::Stream;

/// The pieces of a body.
pub(super) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Failure>> + Send>>;

/// The body of a request.
pub enum Body {
    /// Bytes that are all there, if any.
    Bytes(Bytes),
    /// A form with a file, in pieces.
    Stream {
        /// How many bytes come, for the header `Content-Length`.
        length: u64,
        /// The pieces. A failure among them breaks the request off.
        chunks: Pin<Box<dyn Stream<Item = Result<Bytes, Failure>> + Send>>,
    },
}

/// The body of an answer, in pieces as they arrive.
pub struct Incoming(Inner);

enum Inner {
    Whole(Option<Bytes>),
    Chunks(Chunks),
}

impl Incoming {
    /// A body in pieces.
    pub fn new(chunks: impl Stream<Item = Result<Bytes, Failure>> + Send + 'static) -> Self {
        Self(Inner::Chunks(Box::pin(chunks)))
    }
}

impl From<Bytes> for Incoming {
    fn from(whole: Bytes) -> Self {
        Self(Inner::Whole(Some(whole)))
    }
}

impl Stream for Incoming {
    type Item = Result<Bytes, Failure>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Failure>>> {
        match &mut self.0 {
            Inner::Whole(whole) => Poll::Ready(whole.take().map(Ok)),
            Inner::Chunks(chunks) => chunks.as_mut().poll_next(context),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Self::Stream { length, .. } => write!(f, "Body({length} bytes in pieces)"),
        }
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").finish_non_exhaustive()
    }
}
