//! A request that is ready to be signed and sent, as often as it takes.

use super::header::Headers;
use crate::error::{CallName, Report};
use crate::operation::{Host, Identity, Method};
use crate::retry::RetryPolicy;
use crate::verify::Unsigned;
use crate::write::Enclosed;
use bytes::Bytes;
use core::time::Duration;
use http::HeaderName;
use std::time::Instant;

/// A request that is ready to be signed. Nothing in it changes between attempts.
pub(crate) struct Outgoing {
    pub(crate) name: CallName,
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) headers: Headers,
    /// What is signed, and sent where there is no form.
    pub(super) body: Bytes,
    /// The parts of an upload.
    pub(super) form: Option<Box<dyn Enclosed>>,
    pub(super) host: &'static Host,
    pub(crate) identity: Identity,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    /// When the call began, which its timeout counts from.
    pub(super) began: Instant,
    /// Whether this is the call that fetches platform keys, which must wait for no others.
    pub(super) fetches_keys: bool,
    /// Where a link leads: scheme, host and port. It goes there and nowhere else, and its reply is not signed.
    pub(super) link: Option<String>,
}

/// The header that names the platform key that is wanted for the reply, or was used to encrypt.
const SERIAL: HeaderName = HeaderName::from_static("wechatpay-serial");

impl Outgoing {
    /// A request without a target and a body, as yet.
    #[inline(never)]
    pub(super) fn new(
        name: CallName,
        method: Method,
        host: &'static Host,
        identity: Identity,
    ) -> Box<Self> {
        Box::new(Self {
            name,
            method,
            target: String::new(),
            headers: Headers::default(),
            body: Bytes::new(),
            form: None,
            host,
            identity,
            timeout: None,
            retry: None,
            began: Instant::now(),
            fetches_keys: false,
            link: None,
        })
    }

    /// Asks for a reply that is signed by a key, which fields may be encrypted with.
    ///
    /// # Errors
    /// Where no header can carry its name.
    pub(super) fn want(&mut self, key: &str) -> Result<(), Report> {
        let value = super::header::value(key)?;
        self.headers.push(SERIAL, value);
        Ok(())
    }

    /// The leave to read the reply without a signature, where the operation gives it.
    pub(super) fn unsigned(&self) -> Option<Unsigned> {
        match (&self.link, self.name.operation) {
            (Some(_), _) => Some(Unsigned::of_link()),
            (None, operation) => operation.and_then(Unsigned::of),
        }
    }
}
