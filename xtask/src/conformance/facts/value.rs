//! Values of nodes: the example of the facts where it keeps the node's own rules, else one that is made by them.

use super::kind::{Kind, plain, whole};
use super::node::Node;
use super::text;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How much of a document is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// What must be there, and `null` where it may stand for that.
    Required,
    /// Each field.
    Full,
}

/// Makes the value of a node.
///
/// # Errors
/// What of the facts is not known here, or which rules no value was found for.
pub(super) fn value(name: &str, node: &Node, extent: Extent) -> Result<Value, String> {
    let made = match node.stands_for() {
        Kind::Text => of_text(name, node)?.into(),
        Kind::Whole => of_whole(name, node)?.into(),
        Kind::Fraction => of_fraction(node).into(),
        Kind::Truth => of_truth(node).into(),
        Kind::Listed(values) => listed(node, &values),
        Kind::Object(fields) => object(fields, extent)?,
        Kind::List(item) => list(name, node, item, extent)?,
        Kind::Any => json!({"made": ["任意", 1, true, {"deep": null}]}),
        Kind::JsonText(Some(inner)) => value(name, inner, extent)?.to_string().into(),
        Kind::JsonText(None) => r#"["made"]"#.into(),
        Kind::Unknown(key) => return Err(format!("{name}: `{key}` is not known here")),
    };
    Ok(made)
}

/// Makes the members of an object.
///
/// # Errors
/// Those of [`value`].
pub(super) fn object(fields: &BTreeMap<String, Node>, extent: Extent) -> Result<Value, String> {
    let mut members = Map::new();
    for (name, node) in fields {
        if let Some(value) = member(name, node, extent)? {
            members.insert(name.clone(), value);
        }
    }
    Ok(members.into())
}

/// Makes the value of a member, if it is to be there.
///
/// # Errors
/// Those of [`value`].
pub(super) fn member(name: &str, node: &Node, extent: Extent) -> Result<Option<Value>, String> {
    match extent {
        Extent::Required if !node.must_be_there() => Ok(None),
        Extent::Required if node.nullable => Ok(Some(Value::Null)),
        _ => value(name, node, extent).map(Some),
    }
}

fn of_text(name: &str, node: &Node) -> Result<String, String> {
    let example = node
        .example
        .as_ref()
        .filter(|example| !example.is_object() && !example.is_array());
    match example
        .map(plain)
        .filter(|text| text::keeps_rules(node, text))
    {
        Some(text) => Ok(text),
        None => text::made(name, node),
    }
}

/// A whole number; where none is shown, fields of different names get different ones, so that none is taken for another.
fn of_whole(name: &str, node: &Node) -> Result<i64, String> {
    let least = node.minimum.unwrap_or(i64::MIN);
    let most = node.maximum.unwrap_or(i64::MAX);
    if least > most {
        return Err(format!(
            "{name}: no number is at least {least} and at most {most}"
        ));
    }
    let shown = node.example.as_ref().and_then(whole);
    let made = || {
        100 + name
            .bytes()
            .fold(7_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 9_000)
    };
    Ok(
        match shown.filter(|number| (least..=most).contains(number)) {
            Some(number) => number,
            None => made().clamp(least, most),
        },
    )
}

fn of_fraction(node: &Node) -> f64 {
    let shown = node
        .example
        .as_ref()
        .and_then(|example| plain(example).parse::<f64>().ok());
    shown.filter(|number| number.is_finite()).unwrap_or(0.25)
}

fn of_truth(node: &Node) -> bool {
    node.example
        .as_ref()
        .is_none_or(|example| plain(example).to_lowercase() != "false")
}

/// The value that the example shows, as the enumeration writes it; else its first.
fn listed(node: &Node, values: &[Value]) -> Value {
    let shown = node.example.as_ref().map(plain);
    let known = values.iter().find(|value| Some(plain(value)) == shown);
    known.or(values.first()).cloned().unwrap_or_default()
}

fn list(name: &str, node: &Node, item: Option<&Node>, extent: Extent) -> Result<Value, String> {
    let Some(item) = item else {
        return Ok(json!(["made", 1]));
    };
    let most = node.most_items().unwrap_or(u64::MAX);
    let least = node.min_items.unwrap_or(1).max(1);
    let mut items = shown_items(node, item);
    items.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    if items.is_empty() {
        items.push(value(name, item, extent)?);
    }
    let first = items.first().cloned().unwrap_or_default();
    while (items.len() as u64) < least {
        items.push(first.clone());
    }
    Ok(items.into())
}

/// The items that a list's own example shows, where they are plain values that keep the item's rules.
fn shown_items(node: &Node, item: &Node) -> Vec<Value> {
    let shown = match &node.example {
        Some(Value::Array(items)) => items.clone(),
        Some(Value::String(text)) => match serde_json::from_str(text) {
            Ok(Value::Array(items)) => items,
            _ => text
                .split([',', '，'])
                .map(|part| part.trim().into())
                .collect(),
        },
        _ => Vec::new(),
    };
    let kept: Option<Vec<Value>> = shown.iter().map(|value| as_item(item, value)).collect();
    kept.unwrap_or_default()
}

fn as_item(item: &Node, value: &Value) -> Option<Value> {
    match item.stands_for() {
        Kind::Text => {
            let text = value
                .as_str()
                .filter(|text| text::keeps_rules(item, text))?;
            Some(text.into())
        }
        Kind::Whole => whole(value).map(Value::from),
        Kind::Listed(values) => values
            .into_iter()
            .find(|known| plain(known) == plain(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(json: Value, extent: Extent) -> Value {
        let node: Node = serde_json::from_value(json).expect("a node");
        value("x", &node, extent).expect("a value")
    }

    #[test]
    fn an_example_counts_where_it_keeps_the_rules() {
        for (node, expected) in [
            (json!({"type": "string", "example": "订单"}), json!("订单")),
            (json!({"type": "string", "example": 56}), json!("56")),
            (json!({"type": "integer", "example": "56"}), json!(56)),
            (
                json!({"type": "number", "format": "float", "example": 1.5}),
                json!(1.5),
            ),
            (
                json!({"type": "number", "example": 9, "maximum": 5, "minimum": 5}),
                json!(5),
            ),
            (json!({"type": "boolean", "example": "False"}), json!(false)),
            (
                json!({"type": "string", "enum": ["A", "B"], "example": "B"}),
                json!("B"),
            ),
            (
                json!({"type": "string", "enum": ["A", "B"], "example": "C"}),
                json!("A"),
            ),
            (
                json!({"type": "number", "enum": [1, 2], "example": "2"}),
                json!(2),
            ),
            (
                json!({"type": "array", "items": {"type": "string"}, "example": "a,b"}),
                json!(["a", "b"]),
            ),
            (
                json!({"type": "array", "items": {"type": "string"}, "example": "[\"a,b\"]"}),
                json!(["a,b"]),
            ),
            (
                json!({"type": "array", "items": {"type": "string", "example": "i"}, "minItems": 2}),
                json!(["i", "i"]),
            ),
        ] {
            assert_eq!(made(node.clone(), Extent::Full), expected, "{node}");
        }
    }

    #[test]
    fn only_what_must_be_there_is_there() {
        let node = json!({"type": "object", "fields": {
            "a": {"type": "string", "example": "1", "required": true},
            "b": {"type": "string", "example": "2"},
            "c": {"type": "string", "example": "3", "required": true, "nullable": true},
            "d": {"type": "string", "example": "4", "required": true, "unconfirmed": true},
            "e": {"type": "string", "json": {"type": "object", "fields": {"f": {"type": "integer", "example": 5}}}},
        }});
        assert_eq!(
            made(node.clone(), Extent::Required),
            json!({"a": "1", "c": null})
        );
        let full = json!({"a": "1", "b": "2", "c": "3", "d": "4", "e": "{\"f\":5}"});
        assert_eq!(made(node, Extent::Full), full);
    }

    #[test]
    fn numbers_of_different_fields_differ() {
        let node: Node = serde_json::from_value(json!({"type": "integer"})).expect("a node");
        assert_ne!(of_whole("total", &node), of_whole("payer_total", &node));
    }

    #[test]
    fn what_is_not_known_is_an_error() {
        let node: Node =
            serde_json::from_value(json!({"oneOf": [{"type": "object", "fields": {}}]}))
                .expect("a node");
        assert!(value("x", &node, Extent::Full).is_err());
    }
}
