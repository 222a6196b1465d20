//! The values of an enumeration.

use super::Reader;
use super::keys::Keys;
use super::literal::literal;
use super::node::{Node, Value};
use super::type_expression::BaseType;
use crate::diagnostic::Diagnostic;
use crate::model::{EnumSchema, EnumValue, Literal, SchemaKind};

impl Reader<'_> {
    /// The values under `enum`, at `pointer`; `declared` is the `type`, if there is one.
    pub(crate) fn enumeration(
        &mut self,
        node: &Node,
        declared: Option<&BaseType>,
        closed: bool,
        pointer: &str,
    ) -> SchemaKind {
        let Value::List(items) = &node.value else {
            let at = format!("{pointer}#enum");
            self.wrong_kind(
                node,
                &at,
                "a list of values",
                "enum: [SUCCESS, { value: FAIL, label: 失败 }]",
            );
            return SchemaKind::Any;
        };
        let mut values = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let at = format!("{pointer}#enum.{index}");
            self.place(at.clone(), item.span);
            if let Some(value) = self.enum_value(item, &at) {
                self.agree(&value, declared, item);
                values.push(value);
            }
        }
        if values.is_empty() && !items.is_empty() {
            return SchemaKind::Any;
        }
        SchemaKind::Enum(EnumSchema { values, closed })
    }

    fn enum_value(&mut self, node: &Node, pointer: &str) -> Option<EnumValue> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(EnumValue {
                value: self.scalar(node, pointer)?,
                name: None,
                label: None,
            });
        }
        let known = ["value", "name", "label"];
        let keys = Keys::of(self, node, pointer, "a value of an enumeration", &known)?;
        let Some(value) = keys.get("value") else {
            let problem = Diagnostic::error(
                "missing-key",
                node.span,
                "a value of an enumeration without `value`",
            )
            .help("for example `{ value: FAIL, label: 失败 }`");
            self.report(problem);
            return None;
        };
        Some(EnumValue {
            value: self.scalar(value, &format!("{pointer}#value"))?,
            name: self.text(&keys, "name", pointer, "name: LongTerm"),
            label: self.text(&keys, "label", pointer, "label: 长期"),
        })
    }

    fn scalar(&mut self, node: &Node, pointer: &str) -> Option<Literal> {
        match node.value {
            Value::Text(_) | Value::Integer(_) | Value::Number(_) | Value::Boolean(_) => {
                literal(node)
            }
            _ => {
                self.wrong_kind(
                    node,
                    pointer,
                    "a text, a number, `true` or `false`",
                    "enum: [SUCCESS, FAIL]",
                );
                None
            }
        }
    }

    /// Reports a value that is of another type than the enumeration says it is.
    fn agree(&mut self, value: &EnumValue, declared: Option<&BaseType>, node: &Node) {
        let fits = match (declared, &value.value) {
            (Some(BaseType::Text), literal) => matches!(literal, Literal::Text(_)),
            (Some(BaseType::Integer), literal) => matches!(literal, Literal::Integer(_)),
            (Some(BaseType::Number), literal) => {
                matches!(literal, Literal::Integer(_) | Literal::Number(_))
            }
            (Some(BaseType::Boolean), literal) => matches!(literal, Literal::Boolean(_)),
            _ => true,
        };
        if !fits {
            let problem = Diagnostic::error("enum-type", node.span, "this value is not of the enumeration's `type`")
                .help("values in quotes are texts, those without are what YAML takes them for; leave `type` out, it follows from the values");
            self.report(problem);
        }
    }
}
