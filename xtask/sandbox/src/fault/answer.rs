//! Answers that stand in the place of the described one.

use crate::log::Verdict;
use crate::play::Exchange;
use http::StatusCode;
use serde_json::json;
use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

/// An answer that stands in the place of the described one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFault {
    /// An error of WeChat Pay's, signed: a status with a code.
    Error {
        /// The status.
        status: u16,
        /// `FREQUENCY_LIMITED`, `SYSTEM_ERROR`, `PARAM_ERROR` …
        code: Cow<'static, str>,
        /// When to come again, where the answer says it.
        retry_after: Option<RetryAfter>,
    },
    /// 500 with neither code nor signature.
    WithoutCode,
    /// A page of a gateway, not signed: 502, 503 …
    Page {
        /// The status.
        status: u16,
        /// When to come again, where the answer says it.
        retry_after: Option<RetryAfter>,
    },
    /// The described answer cut in its middle, and signed as it then is: nobody can read it.
    Garbled,
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
    /// An error with a code and no `Retry-After`.
    pub const fn error(status: u16, code: &'static str) -> Self {
        Self::Error {
            status,
            code: Cow::Borrowed(code),
            retry_after: None,
        }
    }

    /// A page of a gateway without `Retry-After`.
    pub const fn page(status: u16) -> Self {
        Self::Page {
            status,
            retry_after: None,
        }
    }

    /// The same error or page, which says when to come again.
    #[must_use]
    pub fn with_retry_after(mut self, after: RetryAfter) -> Self {
        if let Self::Error { retry_after, .. } | Self::Page { retry_after, .. } = &mut self {
            *retry_after = Some(after);
        }
        self
    }

    /// What is answered in place of a success at a time in Unix seconds, and whether it is to be signed as that was.
    pub(crate) fn apply(&self, exchange: &mut Exchange, now: i64) -> Signing {
        let (status, media_type, body, retry_after) = match self {
            Self::Padded { bytes } => {
                exchange.body.resize(exchange.body.len() + bytes, b' ');
                return Signing::AsBefore;
            }
            Self::Garbled => {
                exchange.body.truncate(exchange.body.len() / 2);
                return Signing::AsBefore;
            }
            Self::Error {
                status,
                code,
                retry_after,
            } => {
                let body = json!({ "code": code, "message": "沙箱按要求出错" });
                (*status, JSON, body.to_string(), *retry_after)
            }
            Self::WithoutCode => {
                let body = json!({ "message": "系统错误" });
                (500, JSON, body.to_string(), None)
            }
            Self::Page {
                status,
                retry_after,
            } => (*status, HTML, page(*status), *retry_after),
        };
        exchange.verdict = Verdict::Faulty(status);
        exchange.body = body.into_bytes();
        exchange.headers.retain(|(name, _)| *name != CONTENT_TYPE);
        exchange.headers.push((CONTENT_TYPE, media_type.to_owned()));
        let header = retry_after.map(|after| ("Retry-After", after.text(now)));
        exchange.headers.extend(header);
        match self {
            Self::Error { .. } => Signing::Signed,
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

fn page(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok();
    let reason = reason.and_then(|status| status.canonical_reason());
    let title = format!("{status} {}", reason.unwrap_or_default());
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
