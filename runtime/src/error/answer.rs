//! What the server said, whole.

use crate::drift::Drift;
use crate::outlined::Outlined;
use bytes::Bytes;
use core::ops::{Deref, DerefMut};
use http::HeaderMap;

/// What the server said. It goes through many hands, as a pointer.
pub(crate) struct Answer(Outlined<Said>);

/// What the server said.
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) verified: bool,
    /// Where it differs from its description, once it was read.
    pub(crate) drift: Vec<Drift>,
}

impl Answer {
    /// An answer that is not verified.
    #[inline(never)]
    pub(crate) fn new(status: u16, headers: HeaderMap, body: Bytes) -> Self {
        Self(Outlined::new(Said {
            status,
            headers,
            body,
            verified: false,
            drift: Vec::new(),
        }))
    }

    /// A header, where it is there and is visible ASCII.
    #[inline(never)]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Clone for Answer {
    fn clone(&self) -> Self {
        let mut copy = Self::new(self.status, self.headers.clone(), self.body.clone());
        copy.verified = self.verified;
        copy
    }
}

impl Deref for Answer {
    type Target = Said;
    fn deref(&self) -> &Said {
        &self.0
    }
}

impl DerefMut for Answer {
    fn deref_mut(&mut self) -> &mut Said {
        &mut self.0
    }
}
