//! Enumerations: values of one type, each once, and names for those of which none can be derived.

use super::example::shown;
use super::facts::FactType;
use super::report::Notes;
use crate::model::{EnumSchema, EnumValue, Literal};
use crate::naming;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name of the variant that holds values not described.
const CATCH_ALL: &str = "Unrecognized";

/// The enumeration of some values of a described type. `None` where there are no values.
pub(super) fn enumeration(
    kind: FactType,
    values: &[Value],
    notes: &mut Notes,
) -> Option<EnumSchema> {
    let mut literals: Vec<Literal> = Vec::new();
    for value in typed(kind, values, notes) {
        if literals.contains(&value) {
            notes.repaired(
                format!("the value {} twice", shown(&value)),
                "once",
                "an enumeration's values differ",
            );
        } else {
            literals.push(value);
        }
    }
    (!literals.is_empty()).then(|| EnumSchema {
        values: named(literals, notes),
        closed: false,
    })
}

/// The values in the described type, if all of them can be; else in their own, if all have one; else as texts.
fn typed(kind: FactType, values: &[Value], notes: &mut Notes) -> Vec<Literal> {
    let described: Option<Vec<Literal>> = match kind {
        FactType::Integer | FactType::Number => values.iter().map(whole_number).collect(),
        FactType::Boolean => values
            .iter()
            .map(|value| value.as_bool().map(Literal::Boolean))
            .collect(),
        _ => values
            .iter()
            .map(|value| value.as_str().map(|text| Literal::Text(text.to_owned())))
            .collect(),
    };
    described.unwrap_or_else(|| {
        notes.repaired(
            format!(
                "values {} of another type than the field",
                Value::from(values.to_vec())
            ),
            "texts",
            "the values tell better than the type",
        );
        values
            .iter()
            .map(|value| Literal::Text(as_text(value)))
            .collect()
    })
}

fn whole_number(value: &Value) -> Option<Literal> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    }
    .map(Literal::Integer)
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Gives a name to each value whose own is none, is taken, or is that of the catch-all.
fn named(literals: Vec<Literal>, notes: &mut Notes) -> Vec<EnumValue> {
    let mut taken = BTreeSet::from([CATCH_ALL.to_owned()]);
    let mut values = Vec::new();
    for (index, value) in literals.into_iter().enumerate() {
        let text = shown(&value);
        let own = naming::variant_name(&text).filter(|name| !taken.contains(name));
        let name = match own {
            Some(own) => {
                taken.insert(own);
                None
            }
            None => Some(proposal(&text, index, &mut taken, notes)),
        };
        values.push(EnumValue {
            value,
            name,
            label: None,
        });
    }
    values
}

fn proposal(text: &str, index: usize, taken: &mut BTreeSet<String>, notes: &mut Notes) -> String {
    let base = match naming::variant_name(text) {
        Some(own) if is_upper(text) => upper_name(&own),
        Some(own) => format!("{own}Value"),
        None if text.is_empty() => "Empty".into(),
        None => format!("Value{}", index + 1),
    };
    let numbered = (2..).map(|number| format!("{base}{number}"));
    let name = std::iter::once(base.clone())
        .chain(numbered)
        .find(|name| taken.insert(name.clone()))
        .unwrap_or(base);
    notes.proposed(
        format!("the value {text}"),
        &name,
        "no name of its own can be derived",
    );
    name
}

fn is_upper(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_uppercase()) && !text.chars().any(|c| c.is_ascii_lowercase())
}

/// `Color010` → `ColorUpper010`.
fn upper_name(name: &str) -> String {
    let end = name
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(name.len());
    let (letters, digits) = name.split_at(end);
    format!("{letters}Upper{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(kind: FactType, values: Value) -> Vec<(Literal, Option<String>)> {
        let values = values.as_array().cloned().unwrap_or_default();
        let found = enumeration(kind, &values, &mut Notes::of("x.yaml")).expect("values");
        found
            .values
            .into_iter()
            .map(|value| (value.value, value.name))
            .collect()
    }

    #[test]
    fn values_without_a_name_get_one() {
        let text = |text: &str| Literal::Text(text.into());
        assert_eq!(
            names(
                FactType::String,
                json!(["Color010", "COLOR010", "一级", "UNRECOGNIZED"])
            ),
            [
                (text("Color010"), None),
                (text("COLOR010"), Some("ColorUpper010".into())),
                (text("一级"), Some("Value3".into())),
                (text("UNRECOGNIZED"), Some("UnrecognizedUpper".into())),
            ]
        );
    }

    #[test]
    fn values_are_of_one_type() {
        assert_eq!(
            names(FactType::Integer, json!([0, "-1"]))[1].0,
            Literal::Integer(-1)
        );
        assert_eq!(
            names(FactType::Number, json!(["A", 1]))[1].0,
            Literal::Text("1".into())
        );
        assert_eq!(
            names(FactType::String, json!([true, true])),
            [(Literal::Text("true".into()), None)]
        );
    }
}
