//! By what a write is known to WeChat Pay, for its error.

use super::outgoing::Outgoing;
use crate::error::Error;
use crate::operation::{Method, Operation};
use crate::value::{Object, View};
use http::HeaderName;

/// The header that keeps a write from being done twice.
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What an operation was called with.
#[derive(Clone, Default)]
pub(super) struct Given<'a> {
    pub(super) variables: Vec<&'a str>,
    pub(super) request: Option<&'a dyn Object>,
}

impl Given<'_> {
    /// The value of a path variable or a member of the request. One that is empty numbers nothing.
    pub(super) fn number(&self, operation: &Operation, name: &str) -> Option<String> {
        let names = operation.variables.iter().map(|field| field.name);
        let mut variables = names.zip(&self.variables);
        let value = match variables.find(|(variable, _)| *variable == name) {
            Some((_, value)) => (*value).to_owned(),
            None => self.member(name)?,
        };
        (!value.trim().is_empty()).then_some(value)
    }

    fn member(&self, name: &str) -> Option<String> {
        let request = self.request?;
        let mut fields = request.shape().fields.iter();
        let index = fields.position(|field| field.name == name)?;
        match request.get(index)? {
            View::Text(text) => Some(text.to_owned()),
            View::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// An error of a request that was ready to be sent, with the number of what it writes and the key that it had.
    #[cold]
    #[inline(never)]
    pub(super) fn known(&self, error: Error, operation: &Operation, outgoing: &Outgoing) -> Error {
        if operation.method == Method::Get {
            return error;
        }
        let name = operation.known_by();
        let number = name.and_then(|name| Some((name, self.number(operation, name)?)));
        let key = outgoing.headers.get(&IDEMPOTENCY_KEY);
        let key = key.and_then(|key| Some(key.to_str().ok()?.to_owned()));
        error.known_by(number, key)
    }
}
