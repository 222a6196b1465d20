//! How an error is told.

use super::{Error, ErrorKind, Outcome, Report};
use crate::excerpt::Excerpt;
use crate::operation::{Method, Repeatable};
use core::fmt;

/// How many characters of an identifier from outside are shown.
const LONGEST_ID: usize = 128;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tell(f)?;
        match self.0.outcome {
            Outcome::Unknown => write!(f, "; {}", advice(&self.0)),
            Outcome::NotSent | Outcome::Answered => Ok(()),
        }
    }
}

impl Error {
    /// What failed, without what its outcome is: for the error of another call, which has an outcome of its own.
    pub(crate) fn tell(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = &self.0;
        if let Some(call) = &report.call {
            write!(f, "{} {}: ", call.method, call.path)?;
        }
        f.write_str(&report.message)?;
        if let Some(answer) = &report.answer {
            write!(f, " (status {}", answer.status)?;
            if let Some(id) = self.request_id() {
                write!(f, ", Request-ID {}", Excerpt::of(id, LONGEST_ID))?;
            }
            if !answer.verified && report.kind == ErrorKind::Server {
                f.write_str(", not verified")?;
            }
            f.write_str(")")?;
        }
        if report.attempts > 1 {
            write!(f, ", after {} attempts", report.attempts)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = &self.0;
        let mut shown = f.debug_struct("Error");
        shown
            .field("kind", &report.kind)
            .field("outcome", &report.outcome)
            .field("message", &report.message);
        if let Some(call) = &report.call {
            shown.field("call", &format_args!("{} {}", call.method, call.path));
        }
        if let Some(answer) = &report.answer {
            let request_id = self.request_id().map(|id| Excerpt::of(id, LONGEST_ID));
            shown
                .field("status", &answer.status)
                .field("verified", &answer.verified)
                .field("request_id", &request_id)
                .field("raw_body", &format_args!("{} bytes", answer.body.len()));
        }
        if let Some(code) = self.code_as_written() {
            shown.field("code", &Excerpt::of(code, LONGEST_ID));
        }
        if let Some(source) = &report.source {
            shown.field("source", source);
        }
        shown.finish_non_exhaustive()
    }
}

/// What to do when nobody knows whether a request was carried out.
fn advice(report: &Report) -> String {
    let Some(call) = &report.call else {
        return "sent, outcome unknown".to_owned();
    };
    if call.method == Method::Get.as_str() {
        return "sent, outcome unknown; it reads only, and may be sent again".to_owned();
    }
    match (call.repeatable, call.number()) {
        (Repeatable::By(field), _) => format!(
            "sent, outcome unknown: query by `{field}`, or send the same request with the same `{field}` again, never with another"
        ),
        (Repeatable::Key, _) => "sent, outcome unknown: query before anything else; only with the same `Idempotency-Key`, which the error tells, may it be sent again".to_owned(),
        (Repeatable::Never, Some((name, _))) => {
            format!("sent, outcome unknown: query by `{name}` before anything else; do not send it again unseen")
        }
        (Repeatable::Never, None) => {
            "sent, outcome unknown: query before anything else; do not send it again unseen".to_owned()
        }
    }
}
