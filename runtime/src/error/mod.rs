//! The one error of the SDK.

mod answer;
mod clock_skew;
mod code;
mod display;
mod download;
mod kind;
mod retryable;
mod server;

use crate::check::Violation;
use crate::drift::Drift;
use crate::excerpt::{listed, told};
use crate::operation::{Method, Operation, Repeatable};
use crate::outlined::Outlined;
use crate::reply::Reply;
use crate::value::MissingField;
use crate::verify::VerificationFailure;
use core::fmt;
use core::ops::{Deref, DerefMut};
use http::HeaderMap;
use std::borrow::Cow;
use std::sync::Arc;

pub(crate) use answer::Answer;
pub use clock_skew::ClockSkew;
pub use code::ErrorCode;
pub use download::DownloadFailure;
pub use kind::{ErrorKind, Outcome, TransportFailure};
pub use retryable::Retryable;
pub(crate) use retryable::{Failed, retryable};
pub(crate) use server::ServerError;

/// What went wrong, and what is known of the request: whether it was surely not sent, answered, or has an unknown outcome.
///
/// Nothing that the server said is lost: the status, the headers' `Request-ID` and the raw body are kept. Neither `Display`
/// nor `Debug` shows keys, authorizations, or bodies.
pub struct Error(Report);

/// An error while it is put together.
pub(crate) struct Report(Outlined<Told>);

/// All that an error carries.
pub(crate) struct Told {
    pub(crate) kind: ErrorKind,
    pub(crate) outcome: Outcome,
    pub(crate) message: String,
    pub(crate) argument: Option<String>,
    pub(crate) call: Option<CallName>,
    pub(crate) answer: Option<Answer>,
    pub(crate) server: Option<ServerError>,
    pub(crate) clock_skew: Option<ClockSkew>,
    pub(crate) violations: Vec<Violation>,
    pub(crate) attempts: u32,
    pub(crate) drift: Vec<Drift>,
    pub(crate) source: Option<Source>,
}

type Source = Box<dyn core::error::Error + Send + Sync>;

/// Which call it was, without the values of its variables.
#[derive(Debug)]
pub(crate) struct CallName {
    pub(crate) method: &'static str,
    pub(crate) path: Cow<'static, str>,
    pub(crate) operation: Option<&'static Operation>,
    /// By what this request may be sent again: what the operation says, as far as the request has it.
    pub(crate) repeatable: Repeatable,
    /// By what a write is known: its `Idempotency-Key` where it is repeatable by that, else the merchant's number.
    pub(crate) known: Option<Arc<str>>,
}

impl Clone for CallName {
    #[inline(never)]
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            known: self.known.clone(),
            ..*self
        }
    }
}

impl CallName {
    /// The merchant's number of what is written, with its name.
    fn number(&self) -> Option<(&'static str, &str)> {
        match self.repeatable {
            Repeatable::Key => None,
            Repeatable::By(_) | Repeatable::Never => {
                Some((self.operation?.known_by()?, self.known.as_deref()?))
            }
        }
    }
}

/// What is put together is small, and the functions that do it are called and not copied: errors are made in very many places.
impl Report {
    pub(crate) fn new(kind: ErrorKind, outcome: Outcome, message: impl Into<String>) -> Self {
        Self::of(kind, outcome, message.into())
    }

    #[cold]
    #[inline(never)]
    fn of(kind: ErrorKind, outcome: Outcome, message: String) -> Self {
        Self(Outlined::new(Told {
            kind,
            outcome,
            message,
            argument: None,
            call: None,
            answer: None,
            server: None,
            clock_skew: None,
            violations: Vec::new(),
            attempts: 0,
            drift: Vec::new(),
            source: None,
        }))
    }

    /// Of a kind, with a constant text: nothing was sent.
    #[cold]
    #[inline(never)]
    pub(crate) fn not_sent(kind: ErrorKind, message: &'static str) -> Self {
        Self::of(kind, Outcome::NotSent, message.to_owned())
    }

    /// What was given wrongly to a builder, by the argument's name.
    #[cold]
    #[inline(never)]
    pub(crate) fn configuration(argument: &str, message: &dyn fmt::Display) -> Self {
        let text = format!("`{argument}`: {message}");
        let mut report = Self::of(ErrorKind::Configuration, Outcome::NotSent, text);
        report.argument = Some(argument.to_owned());
        report
    }

    /// What is wrong with a request before it is sent.
    #[cold]
    #[inline(never)]
    pub(crate) fn validation(violations: Vec<Violation>) -> Self {
        let mut items = violations.iter().map(|one| one as &dyn fmt::Display);
        let text = format!("the request was refused: {}", listed(&mut items, "; "));
        let mut report = Self::of(ErrorKind::Validation, Outcome::NotSent, text);
        report.violations = violations;
        report
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn call(mut self, call: &CallName) -> Self {
        self.call = Some(call.clone());
        self
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn answer(mut self, answer: Answer) -> Self {
        self.answer = Some(answer);
        self
    }

    pub(crate) fn source(self, source: impl Into<Source>) -> Self {
        self.caused(source.into())
    }

    #[cold]
    #[inline(never)]
    fn caused(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }
}

impl Deref for Report {
    type Target = Told;
    fn deref(&self) -> &Told {
        &self.0
    }
}

impl DerefMut for Report {
    fn deref_mut(&mut self) -> &mut Told {
        &mut self.0
    }
}

impl From<Report> for Error {
    fn from(report: Report) -> Self {
        Self(report)
    }
}

impl From<MissingField> for Error {
    /// An error of its own kind, so that `?` works on the accessors of required fields. The call was answered.
    fn from(missing: MissingField) -> Self {
        Report::new(
            ErrorKind::MissingField(missing),
            Outcome::Answered,
            told(&missing),
        )
        .into()
    }
}

impl Error {
    /// The same error, of what was done with a reply of success: the request was answered.
    #[doc(hidden)]
    #[must_use]
    pub fn after<R>(mut self, reply: &Reply<R>) -> Self {
        self.0.outcome = Outcome::Answered;
        self.0.answer = Some(reply.answer());
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// What is known of the request.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Whether, and how, the same request may be sent again: by what failed, and by what the description says of the operation.
    /// Where it is not described, only a `GET` is known to be safe.
    pub fn retryable(&self) -> Retryable {
        let Some(call) = &self.0.call else {
            return Retryable::Never;
        };
        let failed = Failed {
            kind: self.kind(),
            outcome: self.outcome(),
            status: self.status(),
            code: self.code_as_written(),
            distrust: self.0.source.as_ref().and_then(|it| it.downcast_ref()),
        };
        retryable(call.method == Method::Get.as_str(), call.repeatable, failed)
    }

    /// Whether the same request, with the same numbers, the same body and the same [`Error::idempotency_key`] (if it has one) may be
    /// sent again: [`Error::retryable`] tells how.
    pub fn is_retryable(&self) -> bool {
        self.retryable() != Retryable::Never
    }

    /// How many attempts were made: how often the request left, or was about to and could not be signed or put together. Zero where the call
    /// ended before the first: its request was refused, its keys were not there, no host was to be tried, or its time was over.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The same, of a call.
    pub(crate) fn of_call(mut self, call: &CallName) -> Self {
        self.0.call = Some(call.clone());
        self
    }

    pub(crate) fn after_attempts(mut self, attempts: u32, unknown: bool) -> Self {
        self.0.attempts = attempts;
        if unknown {
            self.0.outcome = Outcome::Unknown;
        }
        self
    }

    /// The merchant's number of what a write does, with its name: by that it is queried where nobody knows whether it was done, and
    /// by no other. `None` for reads, for what was refused before it could be sent, for operations that have none, and for requests
    /// that are not described.
    ///
    /// ```
    /// use wechatpay_runtime::{Error, Outcome};
    ///
    /// fn note(error: &Error) {
    ///     if let (Outcome::Unknown, Some((name, value))) = (error.outcome(), error.number()) {
    ///         println!("to be queried: {name} = {value}");
    ///     }
    /// }
    /// ```
    pub fn number(&self) -> Option<(&'static str, &str)> {
        self.0.call.as_ref()?.number()
    }

    /// The `Idempotency-Key` that a write was sent with, given or drawn: only with the same, as a header of the call, is another call
    /// the same request.
    pub fn idempotency_key(&self) -> Option<&str> {
        let call = self.0.call.as_ref()?;
        match call.repeatable {
            Repeatable::Key => call.known.as_deref(),
            Repeatable::By(_) | Repeatable::Never => None,
        }
    }

    /// The headers of the reply, where there was a reply.
    pub fn headers(&self) -> Option<&HeaderMap> {
        Some(&self.0.answer.as_ref()?.headers)
    }

    /// The argument of the builder that was given wrongly, for an error of configuration.
    pub fn argument(&self) -> Option<&str> {
        self.0.argument.as_deref()
    }

    /// The operation that was called; `None` for a request that is not described, and for errors outside any call.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.call.as_ref()?.operation
    }

    /// The reply's status, where there was a reply.
    pub fn status(&self) -> Option<u16> {
        Some(self.0.answer.as_ref()?.status)
    }

    /// The server's error code: `PARAM_ERROR`, `ORDER_NOT_EXIST` …
    ///
    /// ```
    /// use wechatpay_runtime::{Error, ErrorCode, Outcome};
    ///
    /// fn was_never_placed(error: &Error) -> bool {
    ///     // What cannot be trusted, or came after an attempt that may have placed it, is no answer.
    ///     error.outcome() == Outcome::Answered && error.code() == Some(&ErrorCode::OrderNotExist)
    /// }
    /// ```
    pub fn code(&self) -> Option<&ErrorCode> {
        self.0.server.as_ref()?.known()
    }

    /// The code in the spelling that the server used.
    pub(crate) fn code_as_written(&self) -> Option<&str> {
        self.0.server.as_ref()?.code.as_deref()
    }

    /// What to check, where the server's code is one of those that are met most: [`ErrorCode::advice`].
    pub fn advice(&self) -> Option<&'static str> {
        self.code()?.advice()
    }

    /// How far the clock here is from WeChat Pay's, where that is why the call failed: the reply's timestamp was refused, or
    /// the request's was, as its status of 401 and its header `Date` tell. It is never applied to anything.
    pub fn clock_skew(&self) -> Option<ClockSkew> {
        match self.kind() {
            ErrorKind::Verification(VerificationFailure::ClockSkew { sent, now }) => {
                Some(ClockSkew::between(*now, *sent))
            }
            _ => self.0.clock_skew,
        }
    }

    /// The server's message, in its own words.
    pub fn message(&self) -> Option<&str> {
        self.0.server.as_ref()?.message.as_deref()
    }

    /// The server's details: the field, its value, the issue …
    pub fn detail(&self) -> Option<&serde_json::Value> {
        self.0.server.as_ref()?.detail(self.raw_body()?)
    }

    /// A header of the reply.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.answer.as_ref()?.header(name)
    }

    /// The `Request-ID`, by which WeChat Pay's support finds the exchange.
    pub fn request_id(&self) -> Option<&str> {
        self.header("request-id")
    }

    /// The reply's body exactly as received, as far as it was read. It is not to be trusted unless [`Error::is_verified`].
    pub fn raw_body(&self) -> Option<&[u8]> {
        Some(&self.0.answer.as_ref()?.body)
    }

    /// Whether the reply's signature was verified.
    pub fn is_verified(&self) -> bool {
        self.0.answer.as_ref().is_some_and(|answer| answer.verified)
    }

    /// The rules that the request breaks, for an error of validation.
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// Where the reply differs from its description, for an error of strictness.
    pub fn drift(&self) -> &[Drift] {
        &self.0.drift
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
