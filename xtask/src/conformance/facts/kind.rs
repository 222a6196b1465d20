//! What a node of the facts stands for, once their known flaws are repaired. The rules are those that the facts' README tells;
//! each is written down here for the second time, so that a slip of the importer shows.

use super::node::{Node, Type};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a value is.
pub(super) enum Kind<'n> {
    /// A text.
    Text,
    /// A whole number: `integer`, and every `number` whose format and example have no fraction.
    Whole,
    /// A number that may have a fraction.
    Fraction,
    /// `true` or `false`.
    Truth,
    /// One of some known values, all texts, all whole numbers, or all truth values.
    Listed(Vec<Value>),
    /// An object.
    Object(&'n BTreeMap<String, Node>),
    /// A list; nothing is said of what is in it where there is no node.
    List(Option<&'n Node>),
    /// JSON of which nothing is said.
    Any,
    /// A text that holds JSON.
    JsonText(Option<&'n Node>),
    /// What no operation of APIv3 has had yet, by its key.
    Unknown(&'static str),
}

impl Node {
    /// What the node stands for.
    pub(super) fn stands_for(&self) -> Kind<'_> {
        let unknown = [
            (self.additional.is_some(), "additional"),
            (self.one_of.is_some(), "oneOf"),
            (self.one_of_members, "prop-one-of"),
            (self.urlencode.is_some(), "urlencode"),
        ];
        if let Some((_, key)) = unknown.into_iter().find(|(there, _)| *there) {
            return Kind::Unknown(key);
        }
        let kind = self.kind.unwrap_or(Type::Object);
        if kind != Type::Array
            && let Some(values) = self.values.as_deref().filter(|values| !values.is_empty())
        {
            return Kind::Listed(of_one_type(kind, values));
        }
        match kind {
            Type::String => self.text(),
            Type::Integer => Kind::Whole,
            Type::Number if self.has_fraction() => Kind::Fraction,
            Type::Number => Kind::Whole,
            Type::Boolean => Kind::Truth,
            Type::Object => self.members(),
            Type::Array => Kind::List(self.items.as_deref()),
            Type::File => Kind::Unknown("a file inside a document"),
        }
    }

    /// Any JSON may stand in an object of which no member is told.
    fn members(&self) -> Kind<'_> {
        let fields = self.fields.as_ref();
        fields
            .filter(|fields| !fields.is_empty())
            .map_or(Kind::Any, Kind::Object)
    }

    fn text(&self) -> Kind<'_> {
        let holds_json = matches!(
            self.format.as_deref(),
            Some("jsonObjectLike" | "jsonArrayLike")
        );
        if self.json.is_some() || holds_json {
            Kind::JsonText(self.json.as_deref())
        } else {
            Kind::Text
        }
    }

    fn has_fraction(&self) -> bool {
        let shown = match &self.example {
            Some(Value::Number(number)) => number.is_f64(),
            Some(Value::String(text)) => text.contains('.'),
            _ => false,
        };
        self.format.as_deref() == Some("float") || shown
    }

    /// The most items that a list may have. A list has no characters: its `maxLength` speaks of items.
    pub(super) fn most_items(&self) -> Option<u64> {
        self.max_items.or(self.max_length)
    }

    /// What was repaired in the node, in words, where it is not plain from its type.
    pub(super) fn repairs(&self) -> Vec<String> {
        let mut repairs = Vec::new();
        if let (Kind::Listed(values), Some(given)) = (self.stands_for(), &self.values)
            && values.first().is_some_and(Value::is_string)
            && self.kind != Some(Type::String)
        {
            repairs.push(format!(
                "the values {} are texts, whatever the type says",
                Value::from(given.clone())
            ));
        }
        if let (Some(Type::Array), Some(most), None) = (self.kind, self.max_length, self.max_items)
        {
            repairs.push(format!("maxLength {most} of a list counts its items"));
        }
        if let Some(pattern) = &self.pattern
            && super::text::expression(pattern).is_none()
        {
            repairs.push(format!(
                "the pattern {pattern} is no regular expression, and was not kept"
            ));
        }
        if self.required && self.unconfirmed {
            repairs.push("required and unconfirmed: taken as optional".to_owned());
        }
        repairs
    }
}

/// The values in the described type, if all of them can be; else as texts. Each stands once.
fn of_one_type(kind: Type, values: &[Value]) -> Vec<Value> {
    let typed: Option<Vec<Value>> = match kind {
        Type::Integer | Type::Number => values
            .iter()
            .map(|value| whole(value).map(Value::from))
            .collect(),
        Type::Boolean => values
            .iter()
            .map(|value| value.is_boolean().then(|| value.clone()))
            .collect(),
        _ => values
            .iter()
            .map(|value| value.is_string().then(|| value.clone()))
            .collect(),
    };
    let mut once: Vec<Value> = Vec::new();
    for value in typed.unwrap_or_else(|| values.iter().map(|value| plain(value).into()).collect()) {
        if !once.contains(&value) {
            once.push(value);
        }
    }
    once
}

/// The whole number that a value is, or that its text is.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_i64(),
    }
}

/// A value as a text without quotes.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn node(json: Value) -> Node {
        serde_json::from_value(json).expect("a node")
    }

    #[test]
    fn numbers_are_whole_unless_shown_otherwise() {
        for whole in [
            json!({"type": "integer"}),
            json!({"type": "number", "format": "integer"}),
            json!({"type": "number", "example": 4}),
        ] {
            assert!(matches!(node(whole).stands_for(), Kind::Whole));
        }
        for fraction in [
            json!({"type": "number", "example": 1.5}),
            json!({"type": "number", "format": "float"}),
        ] {
            assert!(matches!(node(fraction).stands_for(), Kind::Fraction));
        }
    }

    #[test]
    fn an_object_without_members_holds_any_json() {
        for any in [
            json!({"type": "object"}),
            json!({"type": "object", "fields": {}}),
        ] {
            assert!(matches!(node(any).stands_for(), Kind::Any));
        }
    }

    #[test]
    fn values_are_of_one_type_and_stand_once() {
        let values = |json| match node(json).stands_for() {
            Kind::Listed(values) => Value::from(values),
            _ => Value::Null,
        };
        assert_eq!(
            values(json!({"type": "number", "enum": ["1", 2]})),
            json!([1, 2])
        );
        assert_eq!(
            values(json!({"type": "number", "enum": ["A", 2]})),
            json!(["A", "2"])
        );
        assert_eq!(
            values(json!({"type": "string", "enum": ["A", "A"]})),
            json!(["A"])
        );
    }

    #[test]
    fn what_was_repaired_is_told() {
        assert_eq!(
            node(json!({"type": "array", "maxLength": 5}))
                .repairs()
                .len(),
            1
        );
        assert_eq!(
            node(json!({"type": "string", "pattern": "/[|-_*]/"}))
                .repairs()
                .len(),
            1
        );
        assert_eq!(
            node(json!({"type": "number", "enum": ["A"]}))
                .repairs()
                .len(),
            1
        );
        assert!(
            node(json!({"type": "number", "enum": ["1"], "maxLength": 3}))
                .repairs()
                .is_empty()
        );
    }
}
