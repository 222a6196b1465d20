//! The short form of a type: `string`, `integer[]`, `Fee`, `pay.Amount[]`.

use crate::diagnostic::{Diagnostic, Span};
use crate::model::ShapeId;

/// A type without its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeExpression {
    pub(crate) base: BaseType,
    /// How many `[]` follow.
    pub(crate) lists: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BaseType {
    Text,
    Integer,
    Number,
    Boolean,
    Any,
    Object,
    Shape(ShapeId),
}

const NAMES: [&str; 6] = ["string", "integer", "number", "boolean", "any", "object"];

impl TypeExpression {
    /// Reads a type. `product` is the one that a shape's name without a product belongs to.
    pub(crate) fn parse(text: &str, span: Span, product: &str) -> Result<Self, Box<Diagnostic>> {
        let base = text.trim_end_matches("[]");
        let lists = (text.len() - base.len()) / 2;
        let base = match base {
            "string" => BaseType::Text,
            "integer" => BaseType::Integer,
            "number" => BaseType::Number,
            "boolean" => BaseType::Boolean,
            "any" => BaseType::Any,
            "object" => BaseType::Object,
            _ => BaseType::Shape(
                shape_id(base, product).ok_or_else(|| Box::new(unknown(base, span)))?,
            ),
        };
        Ok(Self { base, lists })
    }
}

/// A shape's name: `Fee`, `pay.Fee`.
fn shape_id(text: &str, product: &str) -> Option<ShapeId> {
    let (product, name) = text.split_once('.').unwrap_or((product, text));
    let begins_upper = name.chars().next().is_some_and(|c| c.is_ascii_uppercase());
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric());
    let is_product = product
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    (begins_upper && is_name && is_product).then(|| ShapeId {
        product: product.to_owned(),
        name: name.to_owned(),
    })
}

fn unknown(text: &str, span: Span) -> Diagnostic {
    let problem = Diagnostic::error("unknown-type", span, format!("unknown type `{text}`"));
    let problem = match text {
        "int" | "int32" | "int64" | "long" | "uint64" | "uint32" => problem.replace_with("integer"),
        "str" | "text" | "String" => problem.replace_with("string"),
        "float" | "double" | "decimal" => problem.replace_with("number"),
        "bool" => problem.replace_with("boolean"),
        "array" | "list" => {
            problem.help("a list is written as the type of its items and `[]`: `string[]`")
        }
        "map" => problem.help("a map is written by the type of its values: `{ map: string }`"),
        "null" => problem.help("a value that may be null says so: `{ nullable: true }`"),
        "file" => {
            problem.help("a file is sent by `upload`, and received by `responses: { 200: file }`")
        }
        "date" | "datetime" | "date-time" | "timestamp" | "time" => {
            problem.help("a date is a text with a format: `{ format: rfc3339 }`")
        }
        _ => problem.near_miss(text, NAMES),
    };
    problem
        .help("the types are `string`, `integer`, `number`, `boolean`, `any`, and the names of shared shapes, which begin with a capital: `Fee`, `pay.Fee`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn parse(text: &str) -> Result<TypeExpression, Box<Diagnostic>> {
        let file = Sources::default().add("a.yaml".into(), text.into());
        TypeExpression::parse(text, Span::start_of(file), "pay")
    }

    fn shape(product: &str, name: &str) -> BaseType {
        BaseType::Shape(ShapeId {
            product: product.into(),
            name: name.into(),
        })
    }

    #[test]
    fn types_are_read() {
        let types = [
            ("string", BaseType::Text, 0),
            ("integer[]", BaseType::Integer, 1),
            ("Fee", shape("pay", "Fee"), 0),
            ("payscore.Fee[][]", shape("payscore", "Fee"), 2),
        ];
        for (text, base, lists) in types {
            assert_eq!(
                parse(text).ok(),
                Some(TypeExpression { base, lists }),
                "{text}"
            );
        }
    }

    #[test]
    fn other_languages_types_are_understood() {
        for (text, meant) in [("int", "integer"), ("bool", "boolean"), ("strng", "string")] {
            let problem = parse(text).expect_err(text);
            assert_eq!(problem.replacement(), Some(meant));
        }
        assert!(parse("pay.").is_err());
        assert!(parse("").is_err());
    }
}
