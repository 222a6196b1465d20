//! Headers that come from outside.

use crate::check::{Rule, Violation};
use crate::error::{ErrorKind, Report};
use crate::excerpt::Excerpt;
use http::{HeaderMap, HeaderName, HeaderValue};

/// How many characters of a name are shown.
const LONGEST_NAME: usize = 128;

/// What the client or the connection writes by itself.
const RESERVED: [&str; 12] = [
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Headers before they are sent: a list is far less code than a map. Of several with the same name the last one counts.
#[derive(Default)]
pub(super) struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    #[inline(never)]
    pub(super) fn push(&mut self, name: HeaderName, value: HeaderValue) {
        self.0.push((name, value));
    }

    /// The header that counts.
    #[inline(never)]
    pub(super) fn get(&self, name: &HeaderName) -> Option<&HeaderValue> {
        let mut headers = self.0.iter().rev();
        let found = headers.find(|(other, _)| other == name)?;
        Some(&found.1)
    }

    /// Whether a header is there, and says something.
    #[inline(never)]
    pub(super) fn has(&self, name: &HeaderName) -> bool {
        self.get(name).is_some_and(|value| !value.is_empty())
    }

    /// Sets them all, in their order.
    pub(super) fn set(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            set(headers, name.clone(), value.clone());
        }
    }
}

/// Puts a header in its place, or says why it cannot be sent.
pub(super) fn put(headers: &mut Headers, name: &str, value: &str) -> Result<(), Violation> {
    insert(headers, name, value, is_reserved)
}

/// The same for a header that an operation describes: one may ask for a compressed file, which is handed on as it comes.
pub(super) fn put_described(
    headers: &mut Headers,
    name: &str,
    value: &str,
) -> Result<(), Violation> {
    insert(headers, name, value, |name| {
        name != "accept-encoding" && is_reserved(name)
    })
}

/// A value of the client's own.
///
/// # Errors
/// Where no header can carry it.
#[inline(never)]
pub(super) fn value(text: &str) -> Result<HeaderValue, Report> {
    HeaderValue::from_str(text).map_err(|error| {
        let text = "a number or serial number has characters that a header cannot carry";
        Report::not_sent(ErrorKind::Configuration, text).source(error)
    })
}

/// Sets a header. The map's own function is large, and is compiled anew wherever it is called.
#[inline(never)]
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.insert(name, value);
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || name.starts_with("wechatpay-")
}

fn insert(
    headers: &mut Headers,
    name: &str,
    value: &str,
    is_reserved: fn(&str) -> bool,
) -> Result<(), Violation> {
    let refused = |rule| {
        let name = Excerpt::of(name, LONGEST_NAME);
        Violation::new(format!("header `{name}`"), rule)
    };
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused(Rule::HeaderName))?;
    if is_reserved(parsed.as_str()) {
        return Err(refused(Rule::ReservedHeader));
    }
    let value =
        HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused(Rule::HeaderValue))?;
    headers.push(parsed, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_reserved_names_are_refused_by_name() {
        let put = |name, value| put(&mut Headers::default(), name, value);
        assert!(put("X-Trace", "abc 订单").is_ok());
        for (name, value, rule) in [
            ("X-Trace", "a\r\nb", Rule::HeaderValue),
            ("X-Trace", "a\nb", Rule::HeaderValue),
            ("X Trace", "a", Rule::HeaderName),
            ("", "a", Rule::HeaderName),
            ("authorization", "a", Rule::ReservedHeader),
            ("Wechatpay-Serial", "a", Rule::ReservedHeader),
        ] {
            let violation = put(name, value).expect_err(name);
            assert_eq!(violation.rule, rule);
            assert!(violation.place.contains(name));
        }
    }

    #[test]
    fn an_operation_may_ask_for_a_compressed_file_and_an_application_may_not() {
        let mut headers = Headers::default();
        assert!(put_described(&mut headers, "Accept-Encoding", "gzip").is_ok());
        assert!(headers.has(&http::header::ACCEPT_ENCODING));
        for name in ["Authorization", "Content-Type", "Wechatpay-Serial"] {
            assert!(put_described(&mut headers, name, "a").is_err(), "{name}");
        }
        assert!(put(&mut headers, "Accept-Encoding", "gzip").is_err());
    }
}
