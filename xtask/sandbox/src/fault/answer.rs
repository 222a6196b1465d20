//! Answers that stand in the place of the described one.

use crate::log::Verdict;
use crate::play::Exchange;
use serde_json::json;
use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

/// An answer that stands in the place of the described one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFault {
    /// 429, signed: too much was asked for.
    TooMany {
        /// `FREQUENCY_LIMITED`, `RATELIMIT_EXCEEDED` …
        code: Cow<'static, str>,
        /// When to come again, where the answer says it.
        retry_after: Option<RetryAfter>,
    },
    /// 500 with `SYSTEM_ERROR`, signed.
    SystemError,
    /// 500 with neither code nor signature.
    WithoutCode,
    /// 502, a page of a gateway, not signed.
    BadGateway,
    /// 503 of a gateway, not signed.
    Unavailable {
        /// When to come again, where the answer says it.
        retry_after: Option<RetryAfter>,
    },
    /// The described answer with so many blanks at its end, which are signed too.
    Padded {
        /// How many bytes longer it is.
        bytes: usize,
    },
}

/// How `Retry-After` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// As a number of seconds.
    Seconds(u64),
    /// As a date, so many seconds after the sandbox's clock.
    Date(u64),
}

impl AnswerFault {
    /// A 429 with a code and no `Retry-After`.
    pub fn too_many(code: &'static str) -> Self {
        Self::TooMany {
            code: code.into(),
            retry_after: None,
        }
    }

    /// What is answered in place of a success at a time in Unix seconds, and whether it is to be signed as that was.
    pub(crate) fn apply(&self, exchange: &mut Exchange, now: i64) -> Signing {
        let retry_after = match self {
            Self::TooMany { retry_after, .. } | Self::Unavailable { retry_after } => *retry_after,
            _ => None,
        };
        let (status, media_type, body) = match self {
            Self::Padded { bytes } => {
                exchange.body.resize(exchange.body.len() + bytes, b' ');
                return Signing::AsBefore;
            }
            Self::TooMany { code, .. } => (429, JSON, error(code, "频率限制")),
            Self::SystemError => (500, JSON, error("SYSTEM_ERROR", "系统错误")),
            Self::WithoutCode => (500, JSON, json!({ "message": "系统错误" }).to_string()),
            Self::BadGateway => (502, HTML, page("502 Bad Gateway")),
            Self::Unavailable { .. } => (503, HTML, page("503 Service Unavailable")),
        };
        exchange.verdict = Verdict::Faulty(status);
        exchange.body = body.into_bytes();
        exchange.headers.retain(|(name, _)| *name != CONTENT_TYPE);
        exchange.headers.push((CONTENT_TYPE, media_type.to_owned()));
        let header = retry_after.map(|after| ("Retry-After", after.text(now)));
        exchange.headers.extend(header);
        match self {
            Self::TooMany { .. } | Self::SystemError => Signing::Signed,
            _ => Signing::Unsigned,
        }
    }
}

/// Whether an answer is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signing {
    AsBefore,
    Signed,
    Unsigned,
}

const CONTENT_TYPE: &str = "Content-Type";
const JSON: &str = "application/json; charset=utf-8";
const HTML: &str = "text/html";

impl RetryAfter {
    fn text(self, now: i64) -> String {
        match self {
            Self::Seconds(seconds) => seconds.to_string(),
            Self::Date(seconds) => {
                let now = Duration::from_secs(now.max(0).cast_unsigned());
                httpdate::fmt_http_date(UNIX_EPOCH + now + Duration::from_secs(seconds))
            }
        }
    }
}

fn error(code: &str, message: &str) -> String {
    json!({ "code": code, "message": message }).to_string()
}

fn page(title: &str) -> String {
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body><center><h1>{title}</h1></center></body>\r\n</html>\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_http_writes_it() {
        assert_eq!(RetryAfter::Seconds(7).text(0), "7");
        let date = RetryAfter::Date(37).text(784_111_740);
        assert_eq!(date, "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
