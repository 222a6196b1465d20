//! Percent-encoding of what stands in a target.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the characters that RFC 3986 calls unreserved: whatever parses the target leaves the rest as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Writes a text as one segment of a path, or as a name or value of a query.
pub(crate) fn encode_into(target: &mut String, text: &str) {
    target.extend(utf8_percent_encode(text, ENCODED));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself_and_stays_one_segment(text in any::<String>()) {
            let mut encoded = String::new();
            encode_into(&mut encoded, &text);
            let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8_lossy();
            prop_assert_eq!(decoded, text.as_str());
            prop_assert!(!encoded.contains(|c: char| "/?#& ='\"\\".contains(c) || !c.is_ascii()));
        }
    }
}
