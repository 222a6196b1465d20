//! Errors that an attempt ends with: no answer, an answer that cannot be trusted, a refusal.

use super::outgoing::Outgoing;
use crate::client::Client;
use crate::error::{
    Answer, CallName, ClockSkew, Error, ErrorKind, Outcome, Report, ServerError, TransportFailure,
};
use crate::excerpt::Excerpt;
use crate::transport::Failure;
use crate::verify::{self, Unverified, VerificationFailure};
use http::header::DATE;

/// No whole answer came.
#[cold]
#[inline(never)]
pub(crate) fn broken_off(failure: Failure, answer: Option<Answer>, name: &CallName) -> Error {
    let (kind, outcome) = match (failure.kind(), &answer) {
        // What was answered was sent, whatever a transport says of it.
        (TransportFailure::Connect | TransportFailure::Unsendable, Some(_)) => {
            (TransportFailure::Interrupted, Outcome::Unknown)
        }
        (kind, _) => (kind, failure.outcome()),
    };
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
        other => crate::excerpt::told(&other),
    }
}

/// A reply of success that cannot be trusted.
#[cold]
#[inline(never)]
pub(super) fn untrusted(failure: VerificationFailure, reply: Unverified, name: &CallName) -> Error {
    tracing::warn!(
        method = name.method,
        path = &*name.path,
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

/// Whether a reply other than success can be verified. Who fetches keys cannot wait for a fetch.
pub(super) fn is_signed(client: &Client, outgoing: &Outgoing, reply: &Unverified) -> bool {
    let has_keys = client.platform_key_store(outgoing.host.name).is_some();
    has_keys && !outgoing.fetches_keys && verify::is_signed(reply.headers())
}

/// A reply other than success: the server's error, and why it could not be verified, if it could not.
#[cold]
#[inline(never)]
pub(super) fn refused(
    client: &Client,
    name: &CallName,
    answer: Answer,
    failure: Option<VerificationFailure>,
) -> Error {
    let status = answer.status;
    let server = ServerError::read(&answer.body);
    let outcome = match failure {
        Some(_) => Outcome::Unknown,
        None => outcome_of(status, &server, answer.verified),
    };
    let mut report = Report::new(ErrorKind::Server, outcome, said(&server)).call(name);
    report.clock_skew = clock_skew(client, &answer);
    if let Some(skew) = report.clock_skew {
        report.message.push_str(&format!("; {skew}, set it"));
    }
    report.server = Some(server);
    report.answer = Some(answer);
    if let Some(failure) = failure {
        if let VerificationFailure::ClockSkew { sent, now } = failure {
            report.clock_skew = Some(ClockSkew::between(now, sent));
        }
        report
            .message
            .push_str(&format!("; its signature was refused: {failure}"));
        report = report.source(failure);
    }
    report.into()
}

/// Whether the server refused the request's timestamp: what its `Date` says is then too far from the clock here.
fn clock_skew(client: &Client, answer: &Answer) -> Option<ClockSkew> {
    if answer.status != 401 {
        return None;
    }
    let date = answer.header(DATE.as_str())?;
    ClockSkew::of_date(client.now(), date).filter(ClockSkew::is_too_much)
}

/// An error of the client's side says that nothing was done, where WeChat Pay itself says so: by its signature, or, where it
/// does not sign, by its code. Anything else may hide a payment: what failed inside the server, and what a gateway answered in
/// its place after it may have passed the request on, as 408 says that it did.
fn outcome_of(status: u16, server: &ServerError, verified: bool) -> Outcome {
    let own_words = verified || (status != 408 && server.has_own_code(status));
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
        (Some(one), None) | (None, Some(one)) => crate::excerpt::told(&one),
        (None, None) => "an error without a code".to_owned(),
    }
}
