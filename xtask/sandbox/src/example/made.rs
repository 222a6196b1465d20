//! Values without an example, and literals as values.

use crate::check_value::Checker;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Number, Value, json};
use wechatpay_codegen::model::{Literal, NumberSchema, Schema, SchemaKind, TextSchema};

/// How many characters a text is made of at most, whatever its bounds.
const MAX_MADE: u64 = 64;

/// A value made from the rules of a scalar.
pub(super) fn value(checker: &Checker<'_>, schema: &Schema) -> Value {
    match &schema.kind {
        SchemaKind::Text(rules) => text(checker, schema, rules),
        SchemaKind::Integer(rules) | SchemaKind::Number(rules) => number(rules).into(),
        SchemaKind::Boolean => Value::Bool(true),
        SchemaKind::Enum(rules) => {
            let first = rules.values.first();
            first.map_or(Value::Null, |known| from_literal(&known.value))
        }
        _ => Value::Object(Map::new()),
    }
}

/// The first of some likely texts that is as the schema says. A pattern that none of them fits is left unmet: it is an answer, and
/// clients take answers that are not as described.
fn text(checker: &Checker<'_>, schema: &Schema, rules: &TextSchema) -> Value {
    let known = match rules.format.as_deref() {
        Some("rfc3339") => "2018-06-08T10:34:56+08:00",
        Some("date") => "2018-06-08",
        Some("yyyyMMddHHmmss") => "20180608103456",
        Some("mm/yy") => "06/18",
        Some("url" | "media_url" | "MediaUrl") => "https://example.com/",
        Some("base64") => "c2FuZGJveA==",
        Some("json_object_like" | "jsonObjectLike") => "{}",
        Some("json_array_like" | "jsonArrayLike") => "[]",
        Some("numeric") => "1",
        _ => "sandbox",
    };
    let least = rules.min.unwrap_or(1).max(1);
    let most = rules.max.unwrap_or(MAX_MADE).min(MAX_MADE).max(least);
    let repeated = |letter: &'static str| {
        (least..=most).map(move |count| letter.repeat(usize::try_from(count).unwrap_or(1)))
    };
    let candidates = std::iter::once(known.to_owned())
        .chain(repeated("1"))
        .chain(repeated("a"))
        .chain(repeated("A"));
    let mut fitting = candidates
        .map(Value::String)
        .filter(|value| checker.check(schema, value, "").is_ok());
    fitting.next().unwrap_or_else(|| known.into())
}

fn number(rules: &NumberSchema) -> i64 {
    let least = rules.min.unwrap_or(1).max(1);
    rules
        .max
        .map_or(least, |max| least.min(max))
        .max(rules.min.unwrap_or(i64::MIN))
}

/// A literal as a value, whatever its type.
pub(super) fn from_literal(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(truth) => Value::Bool(*truth),
        Literal::Integer(number) => (*number).into(),
        Literal::Number(number) => Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Literal::Text(text) => Value::String(text.clone()),
        Literal::List(items) => items.iter().map(from_literal).collect(),
        Literal::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), from_literal(value)))
            .collect(),
    }
}

/// A literal as a value of a kind: examples write numbers as texts at times, and texts as numbers.
pub(super) fn coerced(kind: &SchemaKind, literal: &Literal) -> Value {
    let value = from_literal(literal);
    match (kind, &value) {
        (SchemaKind::Text(_), Value::Number(number)) => json!(number.to_string()),
        (SchemaKind::Integer(_) | SchemaKind::Number(_), Value::String(text)) => {
            let number = text.parse::<i64>().map(Value::from);
            number.unwrap_or(value)
        }
        _ => value,
    }
}

/// An object as `name=value` pairs.
pub(super) fn url_encoded(value: &Value) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let members = value.as_object().into_iter().flatten();
    let pairs: Vec<_> = members
        .map(|(name, value)| {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            format!("{}={}", encode(name), encode(&text))
        })
        .collect();
    pairs.join("&")
}
