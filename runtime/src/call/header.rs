//! Headers that come from outside.

use crate::check::{Rule, Violation};
use http::header::{
    ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HOST, TE,
    TRAILER, TRANSFER_ENCODING, UPGRADE, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue};

/// What the client or the connection writes by itself.
const RESERVED: [HeaderName; 12] = [
    ACCEPT_ENCODING,
    AUTHORIZATION,
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    EXPECT,
    HOST,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    USER_AGENT,
];

/// Puts a header in its place, or says why it cannot be sent.
pub(super) fn put(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Violation> {
    let refused = |rule| Violation::new(format!("header `{}`", name.escape_debug()), rule);
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused(Rule::HeaderName))?;
    if RESERVED.contains(&parsed) || parsed.as_str().starts_with("wechatpay-") {
        return Err(refused(Rule::ReservedHeader));
    }
    let value =
        HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused(Rule::HeaderValue))?;
    headers.insert(parsed, value);
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
}
