//! One call: from an operation, its variables and its request to a typed reply.

mod answer;
mod attempt;
pub(crate) mod certificates;
mod decode;
mod exchange;
#[cfg(feature = "files")]
mod file;
mod header;
mod keys;
mod number;
mod opening;
mod options;
mod outgoing;
mod paging;
mod prepare;
mod raw;
mod sending;
mod slowly;
mod target;

use crate::client::Client;
use crate::operation::Operation;
use crate::reply::Reply;
use crate::retry::RetryPolicy;
use crate::value::{Object, Value};
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use options::Options;

#[cfg(feature = "files")]
pub(crate) use answer::broken_off;
#[cfg(feature = "files")]
pub(crate) use file::{LinkedFile, open_link};
pub(crate) use number::Once;
pub(crate) use opening::OpenRemotely;
pub(crate) use outgoing::Outgoing;
pub use paging::{Items, Pages};
pub use raw::{RawReply, RawRequest};
pub use sending::Sending;
pub(crate) use slowly::{Slowly, slowly};

/// A call of an operation, which is sent when it is awaited.
///
/// Options hang on it before that. Dropping the future before it was polled sends nothing. Dropping it while it is in flight
/// leaves an unknown outcome: the request may have arrived, and may be carried out. Query before sending it again.
#[must_use = "a call is sent when it is awaited"]
pub struct Call<'a, R> {
    client: &'a Client,
    operation: &'static Operation,
    variables: Vec<&'a str>,
    request: Option<&'a dyn Object>,
    options: Options,
    reply: PhantomData<fn() -> R>,
}

impl<'a, R: Value> Call<'a, R> {
    /// A call of an operation with its path variables, in the path's order, and its request.
    pub fn new(
        client: &'a Client,
        operation: &'static Operation,
        variables: &[&'a str],
        request: Option<&'a dyn Object>,
    ) -> Self {
        Self {
            client,
            operation,
            variables: variables.to_vec(),
            request,
            options: Options::default(),
            reply: PhantomData,
        }
    }

    /// How long this call may take with all its attempts and the waits between them.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sends a further header. One that the client writes by itself, or a value that a header cannot carry, is an error when the
    /// call is awaited, before anything is sent.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// How often and how patiently this call is tried again, in place of the client's policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Makes a reply that differs from its description an error.
    pub fn strict(mut self) -> Self {
        self.options.strict = true;
        self
    }

    /// Sends the request even where it breaks rules of its description, for the day a rule is wrong. What cannot be sent at all is
    /// refused all the same.
    pub fn unchecked(mut self) -> Self {
        self.options.unchecked = true;
        self
    }
}

impl<'a, R: Value + 'a> IntoFuture for Call<'a, R> {
    type Output = Result<Reply<R>, crate::Error>;
    type IntoFuture = Sending<'a, R>;

    fn into_future(self) -> Sending<'a, R> {
        Sending::new(prepare::Described {
            client: self.client,
            operation: self.operation,
            variables: self.variables,
            request: self.request,
            options: self.options,
        })
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.operation.method.as_str())
            .field("path", &self.operation.path)
            .finish_non_exhaustive()
    }
}
