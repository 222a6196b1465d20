//! The signature of APIv2, as pages and plug-ins take it: HMAC-SHA256 over sorted pairs.

use crate::credentials::Apiv2Key;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use core::fmt::Write as _;
use zeroize::Zeroizing;

/// How a document says that it is signed by HMAC-SHA256.
pub(crate) const SIGN_TYPE: &str = "HMAC-SHA256";

/// Signs pairs of names and values: sorted by name, empty ones and `sign` left out, the key at the end. In upper-case hexadecimal.
#[inline]
pub(crate) fn hmac_sha256<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    key: &Apiv2Key,
) -> String {
    let mut pairs: Vec<_> = pairs
        .into_iter()
        .filter(|(name, value)| *name != "sign" && !value.is_empty())
        .collect();
    pairs.sort_unstable();
    let length: usize = pairs
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2)
        .sum();
    let mut text = Zeroizing::new(Vec::with_capacity(length + 40));
    for (name, value) in pairs {
        text.extend_from_slice(name.as_bytes());
        text.push(b'=');
        text.extend_from_slice(value.as_bytes());
        text.push(b'&');
    }
    text.extend_from_slice(b"key=");
    text.extend_from_slice(key.bytes());
    let tag = sign(&Key::new(HMAC_SHA256, key.bytes()), &text);
    tag.as_ref()
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a text does not fail.
            let _ = write!(hex, "{byte:02X}");
            hex
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors' directory: the environment's, else the project's own copy.
    fn vectors(file: &str) -> serde_json::Value {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors");
        let directory = std::env::var("WECHATPAY_VECTORS").unwrap_or_else(|_| own.to_owned());
        let text = std::fs::read_to_string(format!("{directory}/{file}")).expect(file);
        serde_json::from_str(&text).expect(file)
    }

    #[test]
    fn vectors_are_signed_alike() {
        let keys = vectors("keys/keys.json");
        let key = Apiv2Key::new(keys["apiv2_key"].as_str().expect("a key")).expect("a key");
        let cases = vectors("v2-sign.json");
        let cases = cases.as_array().expect("cases").iter();
        let mut signed = 0;
        for case in cases.filter(|case| case["sign_type"] == SIGN_TYPE) {
            let Some(params) = case["params"].as_object() else {
                continue;
            };
            let pairs = params
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str().expect("a text")));
            assert_eq!(hmac_sha256(pairs, &key), case["sign"], "{case}");
            signed += 1;
        }
        assert!(signed > 0, "no case is signed by {SIGN_TYPE}");
    }
}
