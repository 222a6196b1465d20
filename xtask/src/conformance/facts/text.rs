//! Texts: which keep a node's rules, and how one is made that does.

use super::node::Node;
use regex_lite::Regex;

/// The bytes that RSA-OAEP with a key of 2,048 bits encrypts.
const MOST_ENCRYPTED: usize = 214;

/// Texts of the formats, and what a text of each must look like.
const FORMATS: &[(&str, &str, &str)] = &[
    (
        "rfc3339",
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
        "2018-06-08T10:34:56+08:00",
    ),
    ("date", r"\d{4}-\d\d-\d\d", "2019-06-18"),
    ("yyyyMMddHHmmss", r"\d{14}", "20091225091010"),
    ("mm/yy", r"\d\d/\d\d", "01/29"),
    ("numeric", r"\d+", "1230"),
    ("integer", r"\d+", "1231"),
    ("int32", r"\d+", "1232"),
    ("int64", r"\d+", "1233"),
    ("uint32", r"\d+", "1234"),
    ("uint64", r"\d+", "1235"),
    ("base64", r"[A-Za-z0-9+/]+={0,2}", "5b6u5L+h5pSv5LuY"),
    ("url", r"\S+", "https://example.com/a?b=c&d=%E5%BE%AE"),
    ("MediaUrl", r"\S+", "https://qpic.cn/made"),
    ("MediaId", r"\S+", "H1ihR9JUtVj-J7CJqBUY5ZOrG_Je75H"),
    ("rfc2397", r"data:.+", "data:image/png;base64,iVBORw0KGgo="),
];

/// Texts tried where there is a pattern.
const TRIED: &[&str] = &[
    "A1",
    "12",
    "123456",
    "20091225",
    "20091225091010",
    "a",
    "1",
    "A1b2C3d4",
];

/// The expression of a pattern, which the whole text must match; `None` where it is none. JavaScript's slashes go.
pub(super) fn expression(pattern: &str) -> Option<Regex> {
    let bare = pattern
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'))
        .unwrap_or(pattern);
    whole(bare)
}

fn whole(expression: &str) -> Option<Regex> {
    Regex::new(&format!("^(?:{expression})$")).ok()
}

/// Whether a text keeps the rules of a node. What is encrypted is given in plain, so that neither ciphertext nor base64 is
/// a text of it.
pub(super) fn keeps_rules(node: &Node, text: &str) -> bool {
    let length = text.chars().count() as u64;
    let long = node.max_length.is_some_and(|most| length > most);
    let short = node.min_length.is_some_and(|least| length < least);
    let encrypted = node.sensitive && (is_ciphertext(text) || text.len() > MOST_ENCRYPTED);
    let pattern = node.pattern.as_deref().and_then(expression);
    let looks = node.format.as_deref().filter(|_| !node.sensitive);
    let looks = FORMATS
        .iter()
        .find(|(name, ..)| Some(*name) == looks)
        .and_then(|(_, looks, _)| whole(looks));
    let matches =
        |expression: &Option<Regex>| expression.as_ref().is_none_or(|it| it.is_match(text));
    !text.is_empty() && !long && !short && !encrypted && matches(&pattern) && matches(&looks)
}

fn is_ciphertext(text: &str) -> bool {
    text.len() >= 32 && whole("[A-Za-z0-9+/]+={0,2}").is_some_and(|it| it.is_match(text))
}

/// A text that keeps the rules of a node, with what a URL or a form must take care of where the rules allow it.
///
/// # Errors
/// None was found.
pub(super) fn made(name: &str, node: &Node) -> Result<String, String> {
    let of_format = FORMATS
        .iter()
        .filter(|(format, ..)| Some(*format) == node.format.as_deref() && !node.sensitive)
        .map(|(.., text)| (*text).to_owned());
    let free = format!("{name} &=+%20/\"单");
    let tried = TRIED.iter().map(|text| (*text).to_owned());
    of_format
        .chain([free])
        .chain(tried)
        .flat_map(|text| [fitted(&text, node), text])
        .find(|text| keeps_rules(node, text))
        .ok_or_else(|| format!("no text was found that keeps the rules of {name}"))
}

/// A text cut or filled up to the bounds.
fn fitted(text: &str, node: &Node) -> String {
    let most = node.max_length.map_or(usize::MAX, |most| {
        usize::try_from(most).unwrap_or(usize::MAX)
    });
    let least = node
        .min_length
        .map_or(0, |least| usize::try_from(least).unwrap_or(usize::MAX));
    let length = text.chars().count();
    let missing = least.saturating_sub(length).min(10_000);
    text.chars()
        .take(most)
        .chain(std::iter::repeat_n('0', missing))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn node(json: Value) -> Node {
        serde_json::from_value(json).expect("a node")
    }

    #[test]
    fn made_texts_keep_the_rules() {
        for rules in [
            json!({"type": "string"}),
            json!({"type": "string", "maxLength": 3}),
            json!({"type": "string", "minLength": 128}),
            json!({"type": "string", "minLength": 8, "maxLength": 15}),
            json!({"type": "string", "format": "rfc3339"}),
            json!({"type": "string", "format": "numeric", "maxLength": 2}),
            json!({"type": "string", "pattern": r"/\d{8}|\d{14}/"}),
            json!({"type": "string", "pattern": "/[a-zA-Z0-9]{1,128}/"}),
            json!({"type": "string", "sensitive": true, "format": "base64"}),
        ] {
            let node = node(rules.clone());
            let text = made("out_trade_no", &node).unwrap_or_else(|why| panic!("{rules}: {why}"));
            assert!(keeps_rules(&node, &text), "{rules}: {text}");
        }
    }

    #[test]
    fn rules_that_nothing_keeps_are_an_error() {
        let node = node(json!({"type": "string", "pattern": "x{7}y", "maxLength": 3}));
        assert!(made("a", &node).is_err());
    }

    #[test]
    fn a_pattern_is_for_the_whole_text() {
        let expression = expression(r"/\d{8}|\d{14}/").expect("an expression");
        assert!(expression.is_match("20091225"));
        assert!(!expression.is_match("20091225x"));
        assert!(super::expression(r"/[a-zA-Z0-9\|-_\*]{1,128}/").is_none());
    }

    #[test]
    fn ciphertext_is_no_plain_text() {
        let secret = node(json!({"type": "string", "sensitive": true, "format": "base64"}));
        assert!(keeps_rules(&secret, "张三"));
        assert!(!keeps_rules(
            &secret,
            &"pVd1HJ6v/69bDnuC4EL5Kz4jBHLiCa8MRtelw==".repeat(2)[..38]
        ));
    }
}
