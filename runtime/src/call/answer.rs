//! Errors that an attempt ends with: no answer, an answer that cannot be trusted, a refusal.

use super::keys;
use super::outgoing::Outgoing;
use crate::check::{Rule, Violation};
use crate::client::Client;
use crate::error::{
    Answer, CallName, Error, ErrorKind, Outcome, Report, ServerError, TransportFailure,
};
use crate::excerpt::Excerpt;
use crate::transport::Failure;
use crate::verify::{self, Unverified, VerificationFailure};
use crate::write::Unsendable;
use core::time::Duration;

/// No whole answer came.
pub(crate) fn broken_off(failure: Failure, answer: Option<Answer>, name: &CallName) -> Error {
    let (kind, outcome) = (failure.kind(), failure.outcome());
    let mut report = Report::new(ErrorKind::Transport(kind), outcome, told(kind)).call(name);
    report.answer = answer;
    if let Some(source) = failure.into_source() {
        report = report.source(source);
    }
    report.into()
}

fn told(failure: TransportFailure) -> String {
    match failure {
        TransportFailure::TooLarge => {
            format!("{failure}; `max_reply_bytes` sets how much that is")
        }
        other => other.to_string(),
    }
}

/// The file of an upload cannot be read, or is not what it was. Where its upload had begun it never ended, so that nothing was carried out.
pub(super) fn unsendable(error: Unsendable, field: &'static str, name: &CallName) -> Error {
    let (rule, source) = match error {
        Unsendable::Unreadable(error) => (Rule::Unreadable, Some(error)),
        Unsendable::Changed => (Rule::Changed, None),
    };
    let report = Report::validation(vec![Violation::new(field, rule)]).call(name);
    match source {
        Some(error) => report.source(error).into(),
        None => report.into(),
    }
}

/// A reply of success that cannot be trusted.
pub(super) fn untrusted(failure: VerificationFailure, reply: Unverified, name: &CallName) -> Error {
    tracing::warn!(
        method = name.method,
        path = name.path,
        status = reply.status(),
        %failure,
        "a reply could not be verified"
    );
    let text = format!("the reply cannot be trusted: {failure}");
    let kind = ErrorKind::Verification(failure.clone());
    let report = Report::new(kind, Outcome::Unknown, text);
    let report = report.call(name).answer(reply.into_answer());
    report.source(failure).into()
}

/// A reply other than success: the server's error, verified where it is signed.
pub(super) async fn refused(
    client: &Client,
    outgoing: &Outgoing,
    reply: Unverified,
    limit: Duration,
) -> Error {
    let (status, name) = (reply.status(), &outgoing.name);
    let signed = verify::is_signed(reply.headers());
    // Who fetches keys cannot wait for a fetch.
    let has_keys = client.platform_key_store(outgoing.host.name).is_some();
    let (answer, failure) = if signed && has_keys && !outgoing.fetches_keys {
        match keys::verify(client, outgoing.host, reply, limit).await {
            Ok(verified) => (verified.into_read().into(), None),
            Err(rejected) => {
                let (failure, reply) = rejected.into_parts();
                (reply.into_answer(), Some(failure))
            }
        }
    } else {
        (reply.into_answer(), None)
    };
    let server = ServerError::read(&answer.body);
    let outcome = match failure {
        Some(_) => Outcome::Unknown,
        None => outcome_of(status, &server, answer.verified),
    };
    let mut report = Report::new(ErrorKind::Server, outcome, said(&server)).call(name);
    report.server = Some(server);
    report.answer = Some(answer);
    if let Some(failure) = failure {
        report
            .message
            .push_str(&format!("; its signature was refused: {failure}"));
        report = report.source(failure);
    }
    report.into()
}

/// An error of the client's side says that nothing was done, where WeChat Pay itself says so: by its signature, or, where it
/// cannot tell who asks, by its code. Anything else may hide a payment: what failed inside the server, and what a gateway
/// answered in its place after it may have passed the request on.
fn outcome_of(status: u16, server: &ServerError, verified: bool) -> Outcome {
    let own_words = verified || server.code.is_some();
    let refused = (400..500).contains(&status) && !server.failed_inside();
    if own_words && refused {
        Outcome::Answered
    } else {
        Outcome::Unknown
    }
}

fn said(server: &ServerError) -> String {
    let code = server.code.as_deref().map(|code| Excerpt::of(code, 64));
    let message = server.message.as_deref();
    let message = message.map(|message| Excerpt::of(message, 1_000));
    match (code, message) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => "an error without a code".to_owned(),
    }
}
