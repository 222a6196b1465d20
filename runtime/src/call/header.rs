//! Headers that come from outside.

use crate::check::{Rule, Violation};
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

/// Puts a header in its place, or says why it cannot be sent.
pub(super) fn put(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Violation> {
    insert(headers, name, value, is_reserved)
}

/// The same for a header that an operation describes: one may ask for a compressed file, which is handed on as it comes.
pub(super) fn put_described(
    headers: &mut HeaderMap,
    name: &str,
    value: &str,
) -> Result<(), Violation> {
    insert(headers, name, value, |name| {
        name != "accept-encoding" && is_reserved(name)
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
    headers: &mut HeaderMap,
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
    set(headers, parsed, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_reserved_names_are_refused_by_name() {
        let put = |name, value| put(&mut HeaderMap::new(), name, value);
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
        let mut headers = HeaderMap::new();
        assert!(put_described(&mut headers, "Accept-Encoding", "gzip").is_ok());
        assert!(headers.contains_key("accept-encoding"));
        for name in ["Authorization", "Content-Type", "Wechatpay-Serial"] {
            assert!(put_described(&mut headers, name, "a").is_err(), "{name}");
        }
        assert!(put(&mut headers, "Accept-Encoding", "gzip").is_err());
    }
}
