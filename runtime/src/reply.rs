//! The reply of a call: the typed body, and all that the server said besides.

use crate::drift::Drift;
use crate::error::Answer;
use crate::verify::Read;
use bytes::Bytes;
use core::fmt;
use core::ops::Deref;
use http::HeaderMap;

/// A reply of success. It derefs to the typed body.
pub struct Reply<R> {
    body: R,
    read: Read,
}

impl<R> Reply<R> {
    pub(crate) fn new(body: R, read: Read) -> Self {
        Self { body, read }
    }

    /// For an error alone.
    pub(crate) fn answer(&self) -> Answer {
        self.read.clone().into()
    }

    /// The status, 200 to 299.
    pub fn status(&self) -> u16 {
        self.read.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.read.headers
    }

    /// A header, where it is there and is visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.read.header(name)
    }

    /// The `Request-ID`, by which WeChat Pay's support finds the exchange.
    pub fn request_id(&self) -> Option<&str> {
        self.header("request-id")
    }

    /// The body exactly as received.
    pub fn raw_body(&self) -> &Bytes {
        &self.read.body
    }

    /// Whether the signature was verified; `false` only for operations that are answered without one.
    pub fn is_verified(&self) -> bool {
        self.read.verified
    }

    /// Where the reply differs from its description. Of a reply with very many differences the first thousand are kept.
    pub fn drift(&self) -> &[Drift] {
        &self.read.drift
    }

    /// The typed body alone.
    pub fn into_body(self) -> R {
        self.body
    }
}

impl<R> Deref for Reply<R> {
    type Target = R;
    fn deref(&self) -> &R {
        &self.body
    }
}

impl<R: fmt::Debug> fmt::Debug for Reply<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("body", &self.body)
            .field("drift", &self.drift())
            .finish_non_exhaustive()
    }
}
