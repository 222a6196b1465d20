//! What can be seen of a call from outside: a span and a report for each attempt.
//!
//! Spans follow OpenTelemetry's conventions for HTTP clients. Neither spans nor reports hold a body, a key, an authorization, the value of a
//! path variable or of a query parameter: the path is the one of the description.
//!
//! With the feature `metrics` attempts are counted (`wechatpay_attempts_total`) and timed (`wechatpay_attempt_duration_seconds`) through the
//! `metrics` facade, by method, path as described, host, status and end.

#[cfg(feature = "metrics")]
mod count;

use crate::call::Outgoing;
use crate::client::Client;
use crate::cut::cut;
use crate::error::{Error, ErrorKind, Outcome};
use crate::excerpt::Excerpt;
use crate::operation::{Identity, Operation};
use crate::verify::Read;
use core::fmt;
use core::time::Duration;
use http::HeaderValue;
use http::response::Parts;
use std::sync::Arc;
use std::time::Instant;
use tracing::Span;
use tracing::field::Empty;

/// How many characters of a server's code are logged.
const LONGEST_CODE: usize = 64;

/// One attempt of a call, when it has ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The HTTP method.
    pub method: &'static str,
    /// The path as described, variables in braces; of a request that is not described, the path itself.
    pub path: &'a str,
    /// The operation, where it is described.
    pub operation: Option<&'static Operation>,
    /// The `mchid` or `brand_id` that the request is signed for.
    pub identity: Option<&'a str>,
    /// Where it went: scheme, host and port.
    pub origin: &'a str,
    /// Which attempt of the call it was; the first is 1.
    pub number: u32,
    /// How long it took.
    pub duration: Duration,
    /// The status, where an answer came.
    pub status: Option<u16>,
    /// The `Request-ID` of the answer.
    pub request_id: Option<&'a str>,
    /// How it ended.
    pub end: AttemptEnd<'a>,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AttemptEnd<'a> {
    /// With a reply of success, verified where it is signed.
    Success,
    /// With an error.
    Failure(&'a Error),
    /// The application dropped the call before the attempt ended. Its outcome is unknown, unless nothing of the call was sent yet.
    Dropped(Outcome),
}

impl AttemptEnd<'_> {
    /// A short name for metrics: `success`, `dropped`, or the error's kind. What ends a call before an attempt of it (a request that is refused, a
    /// rate, keys that could not be fetched, hosts that are all left alone) is the end of none, so that those kinds are not met here.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Dropped(_) => "dropped",
            Self::Failure(error) => match error.kind() {
                ErrorKind::Configuration => "configuration",
                ErrorKind::Signing => "signing",
                ErrorKind::Validation => "validation",
                ErrorKind::RateLimited => "rate_limited",
                ErrorKind::Transport(failure) => failure.name(),
                ErrorKind::Verification(_) => "verification",
                ErrorKind::Server => "server",
                ErrorKind::Decoding => "decoding",
                ErrorKind::Drift => "drift",
                ErrorKind::Paging => "paging",
                ErrorKind::Download(_) => "download",
                ErrorKind::MissingField(_) => "missing_field",
                ErrorKind::PlatformKeys => "platform_keys",
            },
        }
    }
}

/// What a client calls when an attempt has ended.
pub(crate) type Observer = Arc<dyn Fn(&Attempt<'_>) + Send + Sync>;

/// Watches one attempt. Where the application drops the call in between, nobody is left to get an error, so the log and the observers are told.
pub(crate) struct Watch<'a> {
    client: &'a Client,
    outgoing: &'a Outgoing,
    origin: &'a str,
    number: u32,
    began: Instant,
    span: Span,
    /// Whether this attempt, or one before it, may have been carried out.
    unknown: bool,
    /// What is known of an answer whose head came.
    status: Option<u16>,
    request_id: Option<HeaderValue>,
    ended: bool,
}

impl<'a> Watch<'a> {
    pub(crate) fn begin(
        client: &'a Client,
        outgoing: &'a Outgoing,
        origin: &'a str,
        number: u32,
        unknown: bool,
    ) -> Self {
        let name = &outgoing.name;
        let (address, port) = address_and_port(origin);
        let number_of = |identity| match outgoing.identity == identity {
            true => client.identity_number(identity),
            false => None,
        };
        let span = tracing::info_span!(
            "wechatpay.attempt",
            otel.name = %format_args!("{} {}", name.method, name.path),
            otel.kind = "client",
            http.request.method = name.method,
            url.template = &*name.path,
            server.address = address,
            server.port = port,
            http.request.resend_count = (number > 1).then(|| number - 1),
            wechatpay.mchid = number_of(Identity::Merchant),
            wechatpay.brand_id = number_of(Identity::Brand),
            http.response.status_code = Empty,
            wechatpay.request_id = Empty,
            error.type = Empty,
            otel.status_code = Empty,
        );
        Self {
            client,
            outgoing,
            origin,
            number,
            began: Instant::now(),
            span,
            unknown,
            status: None,
            request_id: None,
            ended: false,
        }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// From here on the request may have arrived.
    pub(crate) fn on_its_way(&mut self) {
        self.unknown = true;
    }

    /// The head of an answer came. It is not verified yet.
    pub(crate) fn arrived(&mut self, head: &Parts) {
        let status = head.status.as_u16();
        self.status = Some(status);
        self.request_id = head.headers.get("request-id").cloned();
        self.record("http.response.status_code", &status);
        if let Some(id) = text(&self.request_id) {
            self.record("wechatpay.request_id", &id);
        }
    }

    /// The attempt has ended.
    pub(crate) fn end(mut self, made: &Result<Read, Error>) {
        self.ended = true;
        match made {
            Ok(read) => {
                self.tell(
                    Some(read.status),
                    read.header("request-id"),
                    AttemptEnd::Success,
                );
            }
            Err(error) => {
                let end = AttemptEnd::Failure(error);
                match (error.kind(), error.status()) {
                    (ErrorKind::Server, Some(status)) => self.failed(&status),
                    _ => self.failed(&end.name()),
                }
                self.tell(error.status(), error.request_id(), end);
                // What the server says besides its code may name users.
                tracing::debug!(
                    parent: &self.span,
                    kind = end.name(),
                    code = error.code_as_written().map(|code| tracing::field::display(Excerpt::of(code, LONGEST_CODE))),
                    outcome = %error.outcome(),
                    "an attempt failed"
                );
            }
        }
    }

    /// Says in the span that the attempt failed, and how.
    #[inline(never)]
    fn failed(&self, how: &dyn fmt::Display) {
        self.record("error.type", &tracing::field::display(how));
        self.record("otel.status_code", &"ERROR");
    }

    /// `Span::record` is much code wherever it is called.
    #[inline(never)]
    fn record(&self, field: &'static str, value: &dyn tracing::Value) {
        self.span.record(field, value);
    }

    #[inline(never)]
    fn tell(&self, status: Option<u16>, request_id: Option<&str>, end: AttemptEnd<'_>) {
        let observers = &self.client.inner().observers;
        if observers.is_empty() && cfg!(not(feature = "metrics")) {
            return;
        }
        let name = &self.outgoing.name;
        let attempt = Attempt {
            method: name.method,
            path: &name.path,
            operation: name.operation,
            identity: self.client.identity_number(self.outgoing.identity),
            origin: self.origin,
            number: self.number,
            duration: self.began.elapsed(),
            status,
            request_id,
            end,
        };
        #[cfg(feature = "metrics")]
        count::count(&attempt);
        for observer in observers {
            observer(&attempt);
        }
    }
}

/// A header, where it is there and is visible ASCII.
fn text(header: &Option<HeaderValue>) -> Option<&str> {
    header.as_ref()?.to_str().ok()
}

/// The host and the port of an origin, which spans tell apart. The number is put together by hand: origins are checked when a client is
/// built, and the standard library's way is much code for that.
fn address_and_port(origin: &str) -> (&str, u16) {
    let (scheme, place) = cut(origin, "://").unwrap_or(("https", origin));
    let digits = place.bytes().rev().take_while(u8::is_ascii_digit).count();
    let told = place.split_at_checked(place.len() - digits);
    match told.and_then(|(rest, port)| Some((rest.strip_suffix(':')?, port))) {
        Some((address, port)) => {
            let number =
                |sum: u16, digit: u8| sum.wrapping_mul(10).wrapping_add((digit & 15).into());
            (address, port.bytes().fold(0, number))
        }
        None => (place, if scheme == "http" { 80 } else { 443 }),
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        if self.unknown {
            tracing::warn!(
                parent: &self.span,
                method = self.outgoing.name.method,
                path = &*self.outgoing.name.path,
                outcome = %Outcome::Unknown,
                "a call was dropped while in flight: the outcome is unknown"
            );
        }
        let end = AttemptEnd::Dropped(match self.unknown {
            true => Outcome::Unknown,
            false => Outcome::NotSent,
        });
        self.failed(&end.name());
        self.tell(self.status, text(&self.request_id), end);
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ports_are_told_apart() {
        for (origin, expected) in [
            (
                "https://api.mch.weixin.qq.com",
                ("api.mch.weixin.qq.com", 443),
            ),
            ("http://localhost", ("localhost", 80)),
            ("http://127.0.0.1:8080", ("127.0.0.1", 8080)),
            ("https://[::1]", ("[::1]", 443)),
            ("https://[::1]:8443", ("[::1]", 8443)),
        ] {
            assert_eq!(address_and_port(origin), expected, "{origin}");
        }
    }
}
