//! Two documents, member for member.

use super::kind::Kind;
use super::node::Node;
use serde_json::Value;

/// What stands for a value that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// Nothing does: what is sent is sent as it was given.
    Exact,
    /// `null` and an empty list do: what was read is written so.
    Lenient,
}

/// Where a document differs from the expected one. Numbers are compared by their value, JSON in a text by what it says.
pub(super) fn differences(
    node: &Node,
    expected: &Value,
    found: &Value,
    absence: Absence,
) -> Vec<String> {
    let mut comparison = Comparison {
        absence,
        differences: Vec::new(),
    };
    comparison.value(Some(node), expected, found, "");
    comparison.differences
}

struct Comparison {
    absence: Absence,
    differences: Vec<String>,
}

impl Comparison {
    fn value(&mut self, node: Option<&Node>, expected: &Value, found: &Value, place: &str) {
        let kind = node.map(Node::stands_for);
        match (kind, expected, found) {
            (Some(Kind::Object(fields)), Value::Object(_), Value::Object(_)) => {
                self.members(|name| fields.get(name), expected, found, place);
            }
            (Some(Kind::List(item)), Value::Array(_), Value::Array(_)) => {
                self.items(item, expected, found, place);
            }
            (Some(Kind::JsonText(inner)), Value::String(text), found) => {
                let held = parsed(text);
                let found = found.as_str().map_or_else(|| found.clone(), parsed);
                self.value(inner, &held, &found, place);
            }
            (_, Value::Object(_), Value::Object(_)) => {
                self.members(|_| None, expected, found, place);
            }
            (_, Value::Array(_), Value::Array(_)) => self.items(None, expected, found, place),
            _ if same(expected, found) => {}
            _ => self.differ(
                place,
                &format!("expected {}, found {}", short(expected), short(found)),
            ),
        }
    }

    fn members<'n>(
        &mut self,
        node_of: impl Fn(&str) -> Option<&'n Node>,
        expected: &Value,
        found: &Value,
        place: &str,
    ) {
        for (name, value) in expected.as_object().into_iter().flatten() {
            let place = member(place, name);
            match found.get(name) {
                Some(found) => self.value(node_of(name), value, found, &place),
                None if self.is_absent(value) => {}
                None => self.differ(&place, "it was lost"),
            }
        }
        for (name, value) in found.as_object().into_iter().flatten() {
            if expected.get(name).is_none() && !self.is_absent(value) {
                let place = member(place, name);
                self.differ(&place, &format!("it was added: {}", short(value)));
            }
        }
    }

    fn items(&mut self, item: Option<&Node>, expected: &Value, found: &Value, place: &str) {
        let (expected, found) = (expected.as_array(), found.as_array());
        let count = |items: Option<&Vec<Value>>| items.map_or(0, Vec::len);
        if count(expected) != count(found) {
            let text = format!("expected {} items, found {}", count(expected), count(found));
            self.differ(place, &text);
        }
        let pairs = expected
            .into_iter()
            .flatten()
            .zip(found.into_iter().flatten());
        for (index, (expected, found)) in pairs.enumerate() {
            self.value(item, expected, found, &format!("{place}[{index}]"));
        }
    }

    fn is_absent(&self, value: &Value) -> bool {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        self.absence == Absence::Lenient && empty
    }

    fn differ(&mut self, place: &str, how: &str) {
        let place = if place.is_empty() {
            "the document"
        } else {
            place
        };
        self.differences.push(format!("{place}: {how}"));
    }
}

/// The path of a member.
pub(super) fn member(place: &str, name: &str) -> String {
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || (one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}

/// A value as a message shows it.
pub(super) fn short(value: &Value) -> String {
    const MOST: usize = 80;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn differ(expected: Value, found: Value, absence: Absence) -> Vec<String> {
        let node: Node = serde_json::from_value(json!({"type": "object", "fields": {
            "total": {"type": "integer"},
            "goods": {"type": "array", "items": {"type": "object", "fields": {"id": {"type": "string"}}}},
            "detail": {"type": "string", "json": {"type": "object", "fields": {"a": {"type": "integer"}}}},
        }}))
        .expect("a node");
        differences(&node, &expected, &found, absence)
    }

    #[test]
    fn what_is_equal_by_its_meaning_is_equal() {
        let expected =
            json!({"total": 1, "detail": "{\"a\": 1, \"b\": [2]}", "goods": [{"id": "1"}]});
        for found in [
            expected.clone(),
            json!({"total": 1.0, "detail": "{\"b\":[2],\"a\":1}", "goods": [{"id": "1"}]}),
            json!({"total": 1, "detail": {"b": [2], "a": 1}, "goods": [{"id": "1"}]}),
        ] {
            assert_eq!(
                differ(expected.clone(), found, Absence::Exact),
                Vec::<String>::new()
            );
        }
    }

    #[test]
    fn each_difference_is_told_with_its_place() {
        let expected = json!({"total": 1, "goods": [{"id": "1"}], "detail": "{\"a\":1}"});
        let found =
            json!({"total": "1", "goods": [{}, {"id": "2"}], "detail": "{\"a\":2}", "more": true});
        assert_eq!(
            differ(expected, found, Absence::Exact),
            [
                "total: expected 1, found \"1\"",
                "goods: expected 1 items, found 2",
                "goods[0].id: it was lost",
                "detail.a: expected 1, found 2",
                "more: it was added: true",
            ]
        );
    }

    #[test]
    fn null_and_an_empty_list_stand_for_nothing_only_where_they_may() {
        let (expected, found) = (json!({}), json!({"total": null, "goods": []}));
        assert_eq!(
            differ(expected.clone(), found.clone(), Absence::Lenient),
            Vec::<String>::new()
        );
        assert_eq!(differ(expected, found, Absence::Exact).len(), 2);
        assert_eq!(
            differ(
                json!({"total": 1}),
                json!({"total": null}),
                Absence::Lenient
            )
            .len(),
            1
        );
    }
}
