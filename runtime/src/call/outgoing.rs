//! A request that is ready to be signed and sent, as often as it takes.

use crate::error::CallName;
use crate::operation::{Host, Identity, Method};
use crate::retry::RetryPolicy;
use crate::verify::Unsigned;
use crate::write::Enclosed;
use bytes::Bytes;
use core::time::Duration;
use http::{HeaderMap, HeaderValue};
use std::time::Instant;

/// A request that is ready to be signed. Nothing in it changes between attempts.
pub(crate) struct Outgoing {
    pub(crate) name: CallName,
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    /// What is signed, and sent where there is no form.
    pub(super) body: Bytes,
    /// The parts of an upload.
    pub(super) form: Option<Box<dyn Enclosed>>,
    pub(super) content_type: Option<HeaderValue>,
    pub(super) host: &'static Host,
    pub(crate) identity: Identity,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    /// When the call began, which its timeout counts from.
    pub(super) began: Instant,
    /// The name of the platform key that fields were encrypted with, and that the reply is to be signed with.
    pub(super) wanted: Option<String>,
    /// Whether this is the call that fetches platform keys, which must wait for no others.
    pub(super) fetches_keys: bool,
    /// Where a link leads: scheme, host and port. It goes there and nowhere else, and its reply is not signed.
    pub(super) link: Option<String>,
}

impl Outgoing {
    /// The leave to read the reply without a signature, where the operation gives it.
    pub(super) fn unsigned(&self) -> Option<Unsigned> {
        match (&self.link, self.name.operation) {
            (Some(_), _) => Some(Unsigned::of_link()),
            (None, operation) => operation.and_then(Unsigned::of),
        }
    }
}
