//! Values of the description, as text.

use crate::model::Literal;

/// A value as it is shown within a line of documentation; `null` is not shown.
pub(super) fn inline(value: &Literal) -> Option<String> {
    match value {
        Literal::Null => None,
        Literal::Text(text) => Some(text.clone()),
        other => Some(json(other)),
    }
}

/// A value as JSON.
fn json(value: &Literal) -> String {
    to_json(value).to_string()
}

fn to_json(value: &Literal) -> serde_json::Value {
    match value {
        Literal::Null => serde_json::Value::Null,
        Literal::Boolean(flag) => (*flag).into(),
        Literal::Integer(number) => (*number).into(),
        Literal::Number(number) => (*number).into(),
        Literal::Text(text) => text.as_str().into(),
        Literal::List(items) => items.iter().map(to_json).collect(),
        Literal::Object(members) => members
            .iter()
            .map(|(key, value)| (key.clone(), to_json(value)))
            .collect(),
    }
}

/// A text as Rust source, on one line.
pub(super) fn rust_text(text: &str) -> String {
    // The debug form of a text is a Rust literal; what prints is kept as it is, Chinese among it.
    format!("{text:?}")
}
