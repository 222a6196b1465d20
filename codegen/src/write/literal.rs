//! Values of the description as YAML.

use super::scalar;
use super::yaml::Node;
use crate::model::Literal;

/// A value.
pub(super) fn literal(value: &Literal) -> Node {
    match value {
        Literal::Null => Node::word("null"),
        Literal::Boolean(value) => Node::word(value),
        Literal::Integer(value) => Node::word(value),
        Literal::Number(value) => Node::Word(scalar::number(*value)),
        Literal::Text(text) => Node::text(text),
        Literal::List(items) => Node::List(items.iter().map(literal).collect()),
        Literal::Object(members) => Node::Map(
            members
                .iter()
                .map(|(name, value)| (name.as_str().into(), literal(value)))
                .collect(),
        ),
    }
}
