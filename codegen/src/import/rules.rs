//! The rules of texts and numbers: formats and patterns repaired, bounds carried over.

use super::example;
use super::facts::{FactNode, FactType};
use super::report::Notes;
use crate::model::{NumberSchema, Schema, SchemaKind, TextSchema};
use serde_json::Value;

/// The rules of a text.
pub(super) fn text(node: &FactNode, notes: &mut Notes) -> TextSchema {
    TextSchema {
        min: node.min_length,
        max: node.max_length,
        pattern: node
            .pattern
            .as_deref()
            .and_then(|pattern| bare_pattern(pattern, notes)),
        format: node
            .format
            .as_deref()
            .map(|format| text_format(format, notes)),
    }
}

/// A number: whole, unless the format or the example has a fraction.
pub(super) fn number(node: &FactNode, notes: &mut Notes) -> SchemaKind {
    let format = node.format.as_deref();
    let fraction = format == Some("float") || node.example.as_ref().is_some_and(has_fraction);
    let rules = NumberSchema {
        min: node.minimum,
        max: node.maximum,
        format: format.and_then(|format| number_format(format, node, notes)),
    };
    if fraction {
        SchemaKind::Number(rules)
    } else {
        SchemaKind::Integer(rules)
    }
}

/// Notes what a node says that a schema of this kind cannot hold.
pub(super) fn note_unused(kind: &SchemaKind, node: &FactNode, notes: &mut Notes) {
    let text = matches!(kind, SchemaKind::Text(_));
    let list = node.kind == Some(FactType::Array);
    let number = matches!(kind, SchemaKind::Integer(_) | SchemaKind::Number(_));
    let inside = matches!(kind, SchemaKind::Json(_) | SchemaKind::UrlEncoded(_));
    let what = match kind {
        SchemaKind::Enum(_) => "the values of an enumeration say it",
        SchemaKind::Json(_) | SchemaKind::UrlEncoded(_) => "the text is made from what it holds",
        _ => "a value of this type has no such rule",
    };
    let mut unused = |name: &str, value: Option<String>, used: bool| {
        if let Some(value) = value.filter(|_| !used) {
            notes.dropped(format!("{name} {value}"), what);
        }
    };
    unused("minLength", node.min_length.map(|n| n.to_string()), text);
    unused(
        "maxLength",
        node.max_length.map(|n| n.to_string()),
        text || list,
    );
    unused("pattern", node.pattern.clone(), text);
    unused("minimum", node.minimum.map(|n| n.to_string()), number);
    unused("maximum", node.maximum.map(|n| n.to_string()), number);
    unused("format", node.format.clone(), text || number || inside);
    unused("key", node.key.clone(), list);
    unused(
        "enum",
        node.values
            .as_ref()
            .map(|values| Value::from(values.clone()).to_string()),
        !list,
    );
}

/// Says by which format a time is written where the example shows that it is not the one described.
pub(super) fn time_format_from_example(schema: &mut Schema, node: &FactNode, notes: &mut Notes) {
    let SchemaKind::Text(rules) = &mut schema.kind else {
        return;
    };
    let example = node.example.as_ref().and_then(Value::as_str).unwrap_or("");
    if rules.format.as_deref() == Some("rfc3339") && example::matches(r"\d{14}", example) {
        rules.format = Some("yyyyMMddHHmmss".into());
        notes.repaired(
            format!("format rfc3339 with the example {example}"),
            "yyyyMMddHHmmss",
            "the example tells better",
        );
    }
}

/// A pattern without JavaScript's slashes; `None` where it is none that can be used.
fn bare_pattern(pattern: &str, notes: &mut Notes) -> Option<String> {
    let bare = pattern
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'))
        .unwrap_or(pattern);
    match regex_lite::Regex::new(bare) {
        Ok(_) => Some(bare.to_owned()),
        Err(error) => {
            notes.dropped(
                format!("pattern {pattern}"),
                format!("it is no regular expression: {error}"),
            );
            None
        }
    }
}

fn text_format(format: &str, notes: &mut Notes) -> String {
    let ours = match format {
        "MediaId" => return "media_id".into(),
        "MediaUrl" => return "media_url".into(),
        "integer" | "int32" | "int64" | "uint32" | "uint64" => "numeric",
        other => return other.to_owned(),
    };
    notes.repaired(
        format!("a text of format {format}"),
        ours,
        "digits in a text are numeric",
    );
    ours.into()
}

fn number_format(format: &str, node: &FactNode, notes: &mut Notes) -> Option<String> {
    let ours = match format {
        "integer" if node.kind == Some(FactType::Number) => return None,
        "integer" | "float" => None,
        "int32" | "int64" | "uint32" | "uint64" => Some(wide_enough(format, node)),
        "unit32" | "uint" => Some(wide_enough("uint32", node)),
        other => {
            notes.dropped(format!("format {other}"), "a number has no such format");
            return None;
        }
    };
    if ours != Some(format) {
        notes.repaired(
            format!("format {format}"),
            ours.unwrap_or("none"),
            "a format names the width of a whole number, and the values must fit",
        );
    }
    ours.map(str::to_owned)
}

/// The width, or the next one where the example or the bound does not fit.
fn wide_enough<'a>(format: &'a str, node: &FactNode) -> &'a str {
    let (most, wider) = match format {
        "int32" => (i64::from(i32::MAX), "int64"),
        "uint32" => (i64::from(u32::MAX), "uint64"),
        _ => return format,
    };
    let example = node.example.as_ref().and_then(Value::as_i64);
    let fits = example
        .into_iter()
        .chain(node.maximum)
        .all(|value| value <= most);
    if fits { format } else { wider }
}

fn has_fraction(example: &Value) -> bool {
    match example {
        Value::Number(number) => number.is_f64(),
        Value::String(text) => example::matches(r"-?\d+\.\d+", text),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(json: &str) -> FactNode {
        serde_json::from_str(json).expect("a node")
    }

    #[test]
    fn numbers_are_whole_unless_shown_otherwise() {
        let kind = |json| number(&node(json), &mut Notes::of("x"));
        assert!(matches!(
            kind(r#"{"type":"number","example":4}"#),
            SchemaKind::Integer(_)
        ));
        assert!(matches!(
            kind(r#"{"type":"number","example":1.5}"#),
            SchemaKind::Number(_)
        ));
        assert!(matches!(
            kind(r#"{"type":"number","format":"float"}"#),
            SchemaKind::Number(_)
        ));
        let SchemaKind::Integer(rules) = kind(r#"{"type":"integer","format":"unit32"}"#) else {
            panic!("an integer");
        };
        assert_eq!(rules.format.as_deref(), Some("uint32"));
    }

    #[test]
    fn patterns_lose_their_slashes_and_bad_ones_go() {
        let pattern = |text: &str| bare_pattern(text, &mut Notes::of("x"));
        assert_eq!(pattern(r"/\d{8}|\d{14}/").as_deref(), Some(r"\d{8}|\d{14}"));
        assert_eq!(pattern(r"/[a-zA-Z0-9\|-_\*]{1,128}/"), None);
    }
}
