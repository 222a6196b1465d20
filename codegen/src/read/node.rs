//! YAML as it was written: every node knows its place.

use crate::diagnostic::Span;

/// A value of a YAML document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Where it stands; of a value of several lines, the first.
    pub(crate) span: Span,
    pub(crate) value: Value,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
    /// It could not be read, and that is reported already.
    Unreadable,
}

/// A key of a map with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    /// Whether the key is a whole number without quotes: a status.
    pub(crate) numeric: bool,
    pub(crate) value: Node,
}

impl Node {
    /// What it is, for a message: `a list`.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Boolean(_) => "`true` or `false`",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
            Value::Unreadable => "something that cannot be read",
        }
    }

    pub(crate) fn is_scalar(&self) -> bool {
        !matches!(self.value, Value::List(_) | Value::Map(_))
    }
}

impl Entry {
    /// The place to point to when the value is wrong: the value where it is short, else the key.
    pub(crate) fn place(&self) -> Span {
        if self.value.is_scalar() && !self.value.span.is_empty() {
            self.value.span
        } else {
            self.key_span
        }
    }
}
