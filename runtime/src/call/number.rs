//! By what a write is known to WeChat Pay: the merchant's number, and the key by which it is done once.

use super::header;
use super::outgoing::Outgoing;
use super::prepare::Described;
use crate::error::{ErrorKind, Report};
use crate::operation::Method;
use crate::value::View;
use http::HeaderName;
use std::sync::Arc;

/// The header that keeps a write from being done twice.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl Described<'_> {
    /// The merchant's number of what is written. One that is empty numbers nothing.
    #[inline(never)]
    pub(super) fn number(&self) -> Option<Arc<str>> {
        let name = match self.operation.method {
            Method::Get => None,
            _ => self.operation.known_by(),
        }?;
        let mut variables = self.operation.variables.iter();
        let value = match variables.position(|field| field.name == name) {
            Some(index) => self.variables.get(index).copied(),
            None => self.member(name),
        };
        value.filter(|value| !value.is_empty()).map(Arc::from)
    }

    /// A member of the request: a text, as all numbers of merchants are.
    fn member(&self, name: &str) -> Option<&str> {
        let request = self.request?;
        let mut fields = request.shape().fields.iter();
        let index = fields.position(|field| field.name == name)?;
        match request.get(index)? {
            View::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Has a request done once. Operations that are repeatable by their key name it, so that programs without any do not carry it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Once(fn(&Described<'_>, &mut Outgoing) -> Result<(), Report>);

impl Once {
    pub(crate) const fn new() -> Self {
        Self(once)
    }

    /// Puts the key into a request.
    pub(super) fn put_key(
        self,
        call: &Described<'_>,
        outgoing: &mut Outgoing,
    ) -> Result<(), Report> {
        (self.0)(call, outgoing)
    }
}

/// Sends the key that was given, or one that is drawn. Errors tell it.
fn once(call: &Described<'_>, outgoing: &mut Outgoing) -> Result<(), Report> {
    let given = outgoing.headers.get(&IDEMPOTENCY_KEY);
    let given = given.and_then(|value| str::from_utf8(value.as_bytes()).ok());
    let key = match given.map(str::trim_ascii) {
        Some(key) if !key.is_empty() => Arc::from(key),
        _ => {
            let key = call.client.nonce().map_err(|error| {
                let text = "no idempotency key could be drawn";
                Report::not_sent(ErrorKind::Configuration, text).source(error)
            })?;
            let value = header::value(&key)?;
            outgoing.headers.push(IDEMPOTENCY_KEY, value);
            Arc::from(key)
        }
    };
    outgoing.name.known = Some(key);
    Ok(())
}
