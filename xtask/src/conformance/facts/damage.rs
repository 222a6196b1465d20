//! Answers that differ from what is described, as WeChat Pay's do at times; what a client is to make of them; and what it is to
//! tell of.

use super::compare::member;
use super::kind::{Kind, plain};
use super::node::Node;
use crate::conformance::witness::{Drift, Kind as CaseKind};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A member that nobody describes, and a value that nobody lists.
const UNKNOWN_FIELD: &str = "conformance_unknown";
const UNKNOWN_TEXT: &str = "CONFORMANCE_UNKNOWN";
const UNKNOWN_NUMBER: i64 = 987_654_321;

/// Which members are taken out of a document: no case can take out both a whole and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Plain values, at every depth.
    Values,
    /// Objects, lists and texts that hold JSON, the outermost.
    Wholes,
}

/// A damaged answer.
#[derive(Debug)]
pub(super) struct Damaged {
    /// What is sent, in plain.
    pub(super) sent: Value,
    /// What a client is to read from it.
    pub(super) expected: Value,
    /// What it is to tell of.
    pub(super) drift: BTreeSet<Drift>,
}

/// Damages an answer. Without anything to damage it is as it was.
pub(super) fn damaged(node: &Node, answer: &Value, how: CaseKind, reach: Reach) -> Damaged {
    let mut damage = Damage {
        how,
        reach,
        drift: BTreeSet::new(),
    };
    let (sent, expected) = damage.value(node, answer, "");
    Damaged {
        sent,
        expected,
        drift: damage.drift,
    }
}

struct Damage {
    how: CaseKind,
    reach: Reach,
    drift: BTreeSet<Drift>,
}

/// What is sent, and what is to be read.
type Pair = (Value, Value);

impl Damage {
    fn value(&mut self, node: &Node, value: &Value, place: &str) -> Pair {
        match (node.stands_for(), value) {
            (Kind::Object(fields), Value::Object(members)) => {
                self.object(|name| fields.get(name), members, place)
            }
            (Kind::List(item), Value::Array(items)) => self.list(item, items, place),
            (Kind::JsonText(Some(inner)), Value::String(text)) => {
                let held = serde_json::from_str(text).unwrap_or_default();
                let (sent, expected) = self.value(inner, &held, place);
                (sent.to_string().into(), expected.to_string().into())
            }
            (Kind::Whole | Kind::Fraction, Value::Number(number))
                if self.how == CaseKind::DigitTexts =>
            {
                self.note(place, "Lenient");
                (number.to_string().into(), value.clone())
            }
            (Kind::Listed(values), value) => self.listed(&values, value, place),
            _ => (value.clone(), value.clone()),
        }
    }

    fn object<'n>(
        &mut self,
        node_of: impl Fn(&str) -> Option<&'n Node>,
        members: &Map<String, Value>,
        place: &str,
    ) -> Pair {
        let (mut sent, mut expected) = (Map::new(), Map::new());
        if self.how == CaseKind::UnknownFields {
            self.note(&member(place, UNKNOWN_FIELD), "UnknownField");
            sent.insert(UNKNOWN_FIELD.to_owned(), json!({"a": [null, 1, "单"]}));
        }
        for (name, value) in members {
            let place = member(place, name);
            let Some(node) = node_of(name) else { continue };
            match self.how {
                CaseKind::LeftOut if node.must_be_there() && self.reaches(node) => {
                    self.note(&place, "Missing");
                }
                CaseKind::Null if self.reaches(node) => {
                    if node.must_be_there() && !node.nullable {
                        self.note(&place, "Null");
                    }
                    sent.insert(name.clone(), Value::Null);
                }
                _ => {
                    let (as_sent, as_read) = self.value(node, value, &place);
                    sent.insert(name.clone(), as_sent);
                    expected.insert(name.clone(), as_read);
                }
            }
        }
        (sent.into(), expected.into())
    }

    fn list(&mut self, item: Option<&Node>, items: &[Value], place: &str) -> Pair {
        let Some(item) = item else {
            return (items.to_vec().into(), items.to_vec().into());
        };
        let pairs = items
            .iter()
            .enumerate()
            .map(|(index, value)| self.value(item, value, &format!("{place}[{index}]")));
        let (mut sent, expected): (Vec<_>, Vec<_>) = pairs.unzip();
        if self.how == CaseKind::Null && self.reaches(item) {
            self.note(&format!("{place}[{}]", sent.len()), "Null");
            sent.push(Value::Null);
        }
        (sent.into(), expected.into())
    }

    fn listed(&mut self, values: &[Value], value: &Value, place: &str) -> Pair {
        let unknown = match value {
            Value::String(_) => Value::from(UNKNOWN_TEXT),
            Value::Number(_) => UNKNOWN_NUMBER.into(),
            other => other.clone(),
        };
        match self.how {
            CaseKind::UnknownValues if !values.contains(&unknown) => {
                self.note(place, "UnknownValue");
                (unknown.clone(), unknown)
            }
            CaseKind::DigitTexts if value.is_number() => {
                self.note(place, "Lenient");
                (plain(value).into(), value.clone())
            }
            _ => (value.clone(), value.clone()),
        }
    }

    fn reaches(&self, node: &Node) -> bool {
        let whole = matches!(
            node.stands_for(),
            Kind::Object(_) | Kind::List(_) | Kind::JsonText(_)
        );
        whole == (self.reach == Reach::Wholes)
    }

    fn note(&mut self, path: &str, kind: &str) {
        self.drift.insert(Drift {
            path: path.to_owned(),
            kind: kind.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node() -> Node {
        serde_json::from_value(json!({"type": "object", "fields": {
            "id": {"type": "string", "required": true},
            "state": {"type": "string", "enum": ["A"]},
            "level": {"type": "integer", "enum": [1, 2]},
            "amount": {"type": "object", "required": true, "fields": {"total": {"type": "integer", "required": true}}},
            "codes": {"type": "array", "items": {"type": "string"}},
            "held": {"type": "string", "json": {"type": "object", "fields": {"n": {"type": "integer", "required": true}}}},
        }}))
        .expect("a node")
    }

    fn answer() -> Value {
        json!({"id": "1", "state": "A", "level": 1, "amount": {"total": 5}, "codes": ["c"], "held": "{\"n\":7}"})
    }

    fn damage(how: CaseKind, reach: Reach) -> (Value, Value, Vec<String>) {
        let damaged = damaged(&node(), &answer(), how, reach);
        let drift = damaged
            .drift
            .into_iter()
            .map(|drift| format!("{} {}", drift.path, drift.kind));
        (damaged.sent, damaged.expected, drift.collect())
    }

    #[test]
    fn required_members_are_left_out() {
        let (sent, expected, drift) = damage(CaseKind::LeftOut, Reach::Values);
        let left = json!({"state": "A", "level": 1, "amount": {}, "codes": ["c"], "held": "{}"});
        assert_eq!((&sent, &expected), (&left, &left));
        assert_eq!(
            drift,
            ["amount.total Missing", "held.n Missing", "id Missing"]
        );
        let (sent, _, drift) = damage(CaseKind::LeftOut, Reach::Wholes);
        assert_eq!(sent.get("amount"), None);
        assert_eq!(drift, ["amount Missing"]);
    }

    #[test]
    fn null_is_told_of_where_a_value_is_required() {
        let (sent, expected, drift) = damage(CaseKind::Null, Reach::Values);
        assert_eq!(
            sent,
            json!({"id": null, "state": null, "level": null, "amount": {"total": null}, "codes": ["c", null], "held": "{\"n\":null}"})
        );
        assert_eq!(
            expected,
            json!({"amount": {}, "codes": ["c"], "held": "{}"})
        );
        assert_eq!(
            drift,
            [
                "amount.total Null",
                "codes[1] Null",
                "held.n Null",
                "id Null"
            ]
        );
        let (_, expected, drift) = damage(CaseKind::Null, Reach::Wholes);
        assert_eq!(expected, json!({"id": "1", "state": "A", "level": 1}));
        assert_eq!(drift, ["amount Null"]);
    }

    #[test]
    fn numbers_in_texts_are_taken() {
        let (sent, expected, drift) = damage(CaseKind::DigitTexts, Reach::Values);
        assert_eq!(sent["level"], "1");
        assert_eq!(sent["held"], "{\"n\":\"7\"}");
        assert_eq!(expected, answer());
        assert_eq!(
            drift,
            ["amount.total Lenient", "held.n Lenient", "level Lenient"]
        );
    }

    #[test]
    fn unknown_values_are_kept_and_unknown_fields_are_not() {
        let (sent, expected, drift) = damage(CaseKind::UnknownValues, Reach::Values);
        assert_eq!(sent, expected);
        assert_eq!(
            (&sent["state"], &sent["level"]),
            (&json!(UNKNOWN_TEXT), &json!(UNKNOWN_NUMBER))
        );
        assert_eq!(drift, ["level UnknownValue", "state UnknownValue"]);
        let (sent, expected, drift) = damage(CaseKind::UnknownFields, Reach::Values);
        assert!(sent["amount"].get(UNKNOWN_FIELD).is_some());
        assert_eq!(expected, answer());
        assert_eq!(
            drift,
            [
                "amount.conformance_unknown UnknownField",
                "conformance_unknown UnknownField",
                "held.conformance_unknown UnknownField"
            ]
        );
    }
}
