//! Values written in the description: examples, defaults, the values of enumerations.

use super::node::{Node, Value};
use crate::model::Literal;

/// The value of a node. `None`: a part of it could not be read, and that is reported already.
pub(crate) fn literal(node: &Node) -> Option<Literal> {
    Some(match &node.value {
        Value::Null => Literal::Null,
        Value::Boolean(value) => Literal::Boolean(*value),
        Value::Integer(value) => Literal::Integer(*value),
        Value::Number(value) => Literal::Number(*value),
        Value::Text(text) => Literal::Text(text.clone()),
        Value::List(items) => Literal::List(items.iter().map(literal).collect::<Option<_>>()?),
        Value::Map(entries) => Literal::Object(
            entries
                .iter()
                .map(|entry| Some((entry.key.clone(), literal(&entry.value)?)))
                .collect::<Option<_>>()?,
        ),
        Value::Unreadable => return None,
    })
}
