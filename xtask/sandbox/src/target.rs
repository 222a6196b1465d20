//! The request's target: path and query as sent, and what they mean once decoded.

use percent_encoding::percent_decode_str;

/// Splits a target into its path and its query, neither of them decoded.
pub fn split(target: &str) -> (&str, Option<&str>) {
    match target.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (target, None),
    }
}

/// Decodes a segment of a path.
///
/// # Errors
///
/// What is wrong: the bytes are no UTF-8, or a `%` is not followed by two hexadecimal digits.
pub fn decode_segment(raw: &str) -> Result<String, &'static str> {
    if !escapes_are_whole(raw) {
        return Err("a % is not followed by two hexadecimal digits");
    }
    percent_decode_str(raw)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| "once decoded, it is no UTF-8")
}

/// Decodes a query or a form into its pairs, in their order. A `+` is a space, as HTML forms write it.
///
/// # Errors
///
/// The pair that can't be decoded, and what is wrong with it.
pub fn decode_pairs(query: &str) -> Result<Vec<(String, String)>, (String, &'static str)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| decode_pair(pair).map_err(|issue| (pair.to_owned(), issue)))
        .collect()
}

fn decode_pair(pair: &str) -> Result<(String, String), &'static str> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let decode = |text: &str| decode_segment(&text.replace('+', " "));
    Ok((decode(name)?, decode(value)?))
}

fn escapes_are_whole(raw: &str) -> bool {
    raw.split('%').skip(1).all(|after| {
        let mut digits = after.bytes().take(2);
        digits.len() == 2 && digits.all(|digit| digit.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_decoded_once() {
        assert_eq!(
            decode_segment("a%2Fb%20c%3F+%2525"),
            Ok("a/b c?+%25".into())
        );
        assert_eq!(decode_segment("%E5%8D%95"), Ok("单".into()));
        assert!(decode_segment("%E5").is_err());
        assert!(decode_segment("100%").is_err());
        assert!(decode_segment("%zz").is_err());
    }

    #[test]
    fn pairs_keep_their_order_and_repeat() {
        let pairs = decode_pairs("b=1&a=x%26y+z&b=&c").expect("pairs");
        let expected = [("b", "1"), ("a", "x&y z"), ("b", ""), ("c", "")];
        assert_eq!(
            pairs,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert!(decode_pairs("a=%").is_err());
    }
}
