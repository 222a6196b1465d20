//! Texts as YAML scalars: bare where every reader takes them for the same text, else quoted.

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On a line of its own, or after `key:`.
    Block,
    /// Between `[` and `]`, or `{` and `}`.
    Flow,
}

/// A text as it is written at a place.
pub(super) fn text(text: &str, place: Place) -> String {
    if is_plain(text, place) {
        text.to_owned()
    } else if text.chars().any(needs_escape) {
        double_quoted(text)
    } else if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// A number with a fraction, so that readers of YAML 1.1 take it for one too.
pub(super) fn number(value: f64) -> String {
    if value.is_nan() {
        return ".nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf" } else { "-.inf" }.into();
    }
    let text = format!("{value:?}");
    match text.split_once('e') {
        None => text,
        Some((mantissa, exponent)) => {
            let fraction = if mantissa.contains('.') { "" } else { ".0" };
            let sign = if exponent.starts_with('-') { "" } else { "+" };
            format!("{mantissa}{fraction}e{sign}{exponent}")
        }
    }
}

fn is_plain(text: &str, place: Place) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    !(text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace)
        || text.chars().any(needs_escape)
        || is_indicator(first)
        || text.contains(": ")
        || text.ends_with(':')
        || text.contains(" #")
        || (place == Place::Flow && (text.contains(is_flow_indicator) || text.ends_with(" -")))
        || is_another_type(text))
}

/// Characters that begin something else than a bare scalar, in at least one reader.
fn is_indicator(first: char) -> bool {
    matches!(
        first,
        '-' | '?'
            | ':'
            | ','
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '*'
            | '!'
            | '|'
            | '>'
            | '\''
            | '"'
            | '%'
            | '@'
            | '`'
            | '='
            | '~'
            | '<'
    )
}

fn is_flow_indicator(c: char) -> bool {
    matches!(c, ',' | '[' | ']' | '{' | '}' | '?')
}

/// Whether a reader of YAML 1.2 or 1.1 takes the bare text for something else: a number, a truth value, nothing, a date.
fn is_another_type(text: &str) -> bool {
    is_word_of_another_type(&text.to_ascii_lowercase()) || looks_like_number_or_date(text)
}

fn is_word_of_another_type(lower: &str) -> bool {
    matches!(
        lower,
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "nan" | "inf"
    )
}

fn looks_like_number_or_date(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return false;
    }
    let based = |prefix: &str, base| {
        unsigned
            .strip_prefix(prefix)
            .is_some_and(|digits| digits.chars().all(|c| c.is_digit(base) || c == '_'))
    };
    let number_or_date = unsigned
        .chars()
        .all(|c| c.is_ascii_digit() || "_.:+-eETtZz ".contains(c));
    let special = matches!(unsigned.to_ascii_lowercase().as_str(), ".inf" | ".nan");
    number_or_date || special || based("0x", 16) || based("0o", 8) || based("0b", 2)
}

/// Characters that only a double-quoted scalar can hold, as an escape.
fn needs_escape(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
        || ('\u{200b}'..='\u{200f}').contains(&c)
        || ('\u{202a}'..='\u{202e}').contains(&c)
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_texts_stand_bare() {
        for plain in [
            "Order_Paid",
            "1234323JKHDFE1243252",
            "商户服务订单号",
            "https://pay.weixin.qq.com/a.shtml",
            "Tell WeChat Pay that an order was settled outside it.",
            "V1.0",
            "2.0版本",
        ] {
            assert_eq!(text(plain, Place::Block), plain);
        }
    }

    #[test]
    fn what_reads_as_another_type_is_quoted() {
        for odd in [
            "",
            " a",
            "a ",
            "2024.06.18",
            "1900000109",
            "yes",
            "No",
            "null",
            "~",
            "0x1F",
            "1_000",
            "12:30:45",
            "2015-05-20T13:29:35+08:00",
            "2017-08-07 01:02:03",
            "1e3",
            ".5",
            "a: b",
            "a #b",
            "- a",
            "=",
            "<<",
            "@a",
            ".inf",
            "+1",
            "0o17",
            "y",
        ] {
            let written = text(odd, Place::Block);
            assert!(written.starts_with(['"', '\'']), "{odd} → {written}");
        }
        assert_eq!(text("a, b", Place::Block), "a, b");
        assert_eq!(text("a, b", Place::Flow), "\"a, b\"");
        assert_eq!(text("a -", Place::Flow), "\"a -\"");
        assert_eq!(text(r#"{"a": 1}"#, Place::Block), r#"'{"a": 1}'"#);
        assert_eq!(text("a\nb", Place::Block), "\"a\\nb\"");
    }

    fn read(yaml: &str) -> serde_yaml::Value {
        serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error} in {yaml}"))
    }

    fn same_everywhere(value: &str) {
        let expected = serde_yaml::Value::String(value.into());
        let (block, flow) = (text(value, Place::Block), text(value, Place::Flow));
        assert_eq!(read(&format!("key: {block}\n"))["key"], expected);
        assert_eq!(read(&format!("- {block}\n- b\n"))[0], expected);
        assert_eq!(
            read(&format!("key: {{ a: {flow}, b: 1 }}\n"))["key"]["a"],
            expected
        );
        assert_eq!(
            read(&format!("key: [{flow}, {flow}]\n"))["key"][1],
            expected
        );
        assert_eq!(
            read(&format!("key: {{ {flow}: 1 }}\n"))["key"][value],
            read("1")
        );
        assert_eq!(read(&format!("{block}: 1\n"))[value], read("1"));
    }

    proptest! {
        #[test]
        fn any_text_reads_back(value in any::<String>().prop_filter("keys are short", |v| v.chars().count() < 200)) {
            same_everywhere(&value);
        }

        #[test]
        fn texts_of_yaml_signs_read_back(value in "[-?:,\\[\\]{}#&*!|>'\"%@`=~< \\.0-9a-cxoXeETZ_+/\\\\\n\t]{0,12}") {
            same_everywhere(&value);
        }

        #[test]
        fn any_number_reads_back(value in any::<f64>()) {
            let back = read(&number(value));
            let back = back.as_f64().expect("a number");
            prop_assert!(back == value || (back.is_nan() && value.is_nan()));
        }
    }
}
