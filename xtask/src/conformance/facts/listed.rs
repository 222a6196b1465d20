//! Answers that bring every value of an enumeration in its turn: one that got lost on the way into the description is unknown to
//! the client.

use super::kind::Kind;
use super::node::Node;
use serde_json::Value;

/// How many answers are needed for each listed value to stand in one.
pub(super) fn turns(node: &Node) -> usize {
    let inside = node.children().into_iter().map(|(_, child)| turns(child));
    let own = match node.stands_for() {
        Kind::Listed(values) => values.len(),
        _ => 1,
    };
    inside.fold(own, usize::max)
}

/// The answer with the listed values of a turn.
pub(super) fn turned(node: &Node, value: &Value, turn: usize) -> Value {
    match (node.stands_for(), value) {
        (Kind::Listed(values), value) => {
            let index = turn.checked_rem(values.len()).unwrap_or_default();
            values.get(index).unwrap_or(value).clone()
        }
        (Kind::Object(fields), Value::Object(members)) => members
            .iter()
            .map(|(name, value)| {
                let turned = fields.get(name).map(|node| turned(node, value, turn));
                (name.clone(), turned.unwrap_or_else(|| value.clone()))
            })
            .collect(),
        (Kind::List(Some(item)), Value::Array(items)) => items
            .iter()
            .map(|value| turned(item, value, turn))
            .collect(),
        (Kind::JsonText(Some(inner)), Value::String(text)) => match serde_json::from_str(text) {
            Ok(held) => turned(inner, &held, turn).to_string().into(),
            Err(_) => value.clone(),
        },
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_value_has_its_turn() {
        let node: Node = serde_json::from_value(json!({"type": "object", "fields": {
            "id": {"type": "string"},
            "states": {"type": "array", "items": {"type": "string", "enum": ["A", "B", "C"]}},
            "held": {"type": "string", "json": {"type": "object", "fields": {"level": {"type": "integer", "enum": [1, 2]}}}},
        }}))
        .expect("a node");
        let answer = json!({"id": "1", "states": ["B"], "held": "{\"level\":1}"});
        assert_eq!(turns(&node), 3);
        let turned = |turn| turned(&node, &answer, turn);
        assert_eq!(
            turned(0),
            json!({"id": "1", "states": ["A"], "held": "{\"level\":1}"})
        );
        assert_eq!(
            turned(1),
            json!({"id": "1", "states": ["B"], "held": "{\"level\":2}"})
        );
        assert_eq!(
            turned(2),
            json!({"id": "1", "states": ["C"], "held": "{\"level\":1}"})
        );
    }
}
