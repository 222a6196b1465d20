//! Example and default values: fitted to the type where that is plain, else left out, and noted either way.

use super::report::Notes;
use crate::model::{
    EnumSchema, Field, ListSchema, Literal, NumberSchema, ObjectSchema, Schema, SchemaKind,
    TextSchema,
};
use serde_json::Value;

/// An example of a type; `None` where it contradicts the type and cannot be converted plainly.
pub(super) fn example(kind: &SchemaKind, value: &Value, notes: &mut Notes) -> Option<Literal> {
    fitted(kind, value, "example", notes)
}

/// A default value of a type.
pub(super) fn default(kind: &SchemaKind, value: &Value, notes: &mut Notes) -> Option<Literal> {
    fitted(kind, value, "default", notes)
}

fn fitted(kind: &SchemaKind, value: &Value, what: &str, notes: &mut Notes) -> Option<Literal> {
    match fit(kind, value) {
        Ok(Fit::AsIs(literal)) => Some(literal),
        Ok(Fit::Converted(literal, why)) => {
            notes.repaired(format!("{what} {value}"), shown(&literal), why);
            Some(literal)
        }
        Err(why) => {
            notes.dropped(format!("{what} {value}"), why);
            None
        }
    }
}

enum Fit {
    AsIs(Literal),
    Converted(Literal, &'static str),
}

fn fit(kind: &SchemaKind, value: &Value) -> Result<Fit, String> {
    match kind {
        SchemaKind::Text(rules) => text(rules, value),
        SchemaKind::Integer(rules) => integer(rules, value),
        SchemaKind::Number(_) => number(value),
        SchemaKind::Boolean => boolean(value),
        SchemaKind::Enum(values) => one_of(values, value),
        SchemaKind::List(list) => items(list, value),
        SchemaKind::Json(inner) => json_text(inner, value),
        SchemaKind::UrlEncoded(_) => text(&TextSchema::default(), value),
        SchemaKind::Any => Ok(Fit::AsIs(literal(value))),
        SchemaKind::Object(_) | SchemaKind::Map(_) | SchemaKind::OneOf(_) | SchemaKind::Ref(_) => {
            match value {
                Value::Object(_) => Ok(Fit::AsIs(literal(value))),
                _ => Err("it is no object".into()),
            }
        }
    }
}

fn text(rules: &TextSchema, value: &Value) -> Result<Fit, String> {
    let (text, converted) = match value {
        Value::String(text) => (text.clone(), None),
        Value::Number(number) => (
            number.to_string(),
            Some("a text is described, a number is given"),
        ),
        Value::Bool(value) => (
            value.to_string(),
            Some("a text is described, a truth value is given"),
        ),
        _ => return Err("it is no text".into()),
    };
    let (text, converted) = match whole_time(rules, &text) {
        Some(whole) => (whole, Some("RFC 3339 wants seconds")),
        None => (text, converted),
    };
    check_text(rules, &text)?;
    Ok(match converted {
        None => Fit::AsIs(Literal::Text(text)),
        Some(why) => Fit::Converted(Literal::Text(text), why),
    })
}

/// A time without seconds, completed.
fn whole_time(rules: &TextSchema, text: &str) -> Option<String> {
    let short = rules.format.as_deref() == Some("rfc3339")
        && matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d", text);
    let (minutes, zone) = text.split_at_checked(16)?;
    short.then(|| format!("{minutes}:00{zone}"))
}

fn check_text(rules: &TextSchema, text: &str) -> Result<(), String> {
    let length = text.chars().count() as u64;
    if let Some(max) = rules.max.filter(|max| length > *max) {
        return Err(format!(
            "it has {length} characters, at most {max} are allowed"
        ));
    }
    if let Some(min) = rules.min.filter(|min| length < *min) {
        return Err(format!(
            "it has {length} characters, at least {min} are needed"
        ));
    }
    if let Some(pattern) = rules
        .pattern
        .as_ref()
        .filter(|pattern| !matches(pattern, text))
    {
        return Err(format!("it does not match {pattern}"));
    }
    match rules.format.as_deref().and_then(format_pattern) {
        Some((name, pattern)) if !matches(pattern, text) => Err(format!("it is no {name}")),
        _ => Ok(()),
    }
}

fn format_pattern(format: &str) -> Option<(&'static str, &'static str)> {
    match format {
        "rfc3339" => Some((
            "time by RFC 3339",
            r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)",
        )),
        "date" => Some(("date", r"\d{4}-\d\d-\d\d")),
        "yyyyMMddHHmmss" => Some(("time of 14 digits", r"\d{14}")),
        "numeric" => Some(("text of digits", r"\d+")),
        _ => None,
    }
}

/// Whether the whole of a text matches a pattern. A pattern that is none matches nothing.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|regex| regex.is_match(text))
}

fn integer(rules: &NumberSchema, value: &Value) -> Result<Fit, String> {
    let (number, converted) = match value {
        Value::Number(number) => (number.as_i64().ok_or("it is no whole number")?, false),
        Value::String(text) => (
            text.trim().parse().map_err(|_| "it is no whole number")?,
            true,
        ),
        _ => return Err("it is no number".into()),
    };
    if rules.min.is_some_and(|min| number < min) || rules.max.is_some_and(|max| number > max) {
        return Err("it is out of bounds".into());
    }
    Ok(if converted {
        Fit::Converted(
            Literal::Integer(number),
            "a number is described, a text is given",
        )
    } else {
        Fit::AsIs(Literal::Integer(number))
    })
}

fn number(value: &Value) -> Result<Fit, String> {
    match value {
        Value::Number(number) => Ok(Fit::AsIs(Literal::Number(
            number.as_f64().ok_or("it is too large")?,
        ))),
        Value::String(text) => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Fit::Converted(
                Literal::Number(number),
                "a number is described, a text is given",
            )),
            _ => Err("it is no number".into()),
        },
        _ => Err("it is no number".into()),
    }
}

fn boolean(value: &Value) -> Result<Fit, String> {
    const WHY: &str = "a truth value is described, a text is given";
    match value {
        Value::Bool(value) => Ok(Fit::AsIs(Literal::Boolean(*value))),
        Value::String(text) => match text.to_lowercase().as_str() {
            "true" => Ok(Fit::Converted(Literal::Boolean(true), WHY)),
            "false" => Ok(Fit::Converted(Literal::Boolean(false), WHY)),
            _ => Err("it is no truth value".into()),
        },
        _ => Err("it is no truth value".into()),
    }
}

fn one_of(values: &EnumSchema, value: &Value) -> Result<Fit, String> {
    let known = |literal: &Literal| values.values.iter().any(|known| known.value == *literal);
    let given = literal(value);
    if known(&given) {
        return Ok(Fit::AsIs(given));
    }
    let shown = shown(&given);
    let same_text = values
        .values
        .iter()
        .map(|known| &known.value)
        .find(|known| self::shown(known) == shown);
    match same_text {
        Some(known) => Ok(Fit::Converted(
            known.clone(),
            "the values are of another type",
        )),
        None => Err("it is none of the known values".into()),
    }
}

fn items(list: &ListSchema, value: &Value) -> Result<Fit, String> {
    const WHY: &str = "a list is described, a text is given";
    match value {
        Value::Array(values) => all_items(list, values).map(|(items, why)| match why {
            None => Fit::AsIs(Literal::List(items)),
            Some(why) => Fit::Converted(Literal::List(items), why),
        }),
        Value::String(text) => {
            let values = match serde_json::from_str(text) {
                Ok(Value::Array(values)) => values,
                _ => text
                    .split([',', '，'])
                    .map(|part| Value::from(part.trim()))
                    .collect(),
            };
            let (items, _) = all_items(list, &values)?;
            Ok(Fit::Converted(Literal::List(items), WHY))
        }
        _ => Err("it is no list".into()),
    }
}

fn all_items(
    list: &ListSchema,
    values: &[Value],
) -> Result<(Vec<Literal>, Option<&'static str>), String> {
    let mut converted = None;
    let mut items = Vec::new();
    for value in values {
        match fit(&list.items.kind, value)? {
            Fit::AsIs(item) => items.push(item),
            Fit::Converted(item, why) => {
                converted = Some(why);
                items.push(item);
            }
        }
    }
    let count = items.len() as u64;
    if list.min_items.is_some_and(|min| count < min.into())
        || list.max_items.is_some_and(|max| count > max.into())
    {
        return Err(format!(
            "it has {count} items, which the bounds do not allow"
        ));
    }
    Ok((items, converted))
}

fn json_text(inner: &Schema, value: &Value) -> Result<Fit, String> {
    let held = match value {
        Value::String(text) => serde_json::from_str(text).map_err(|_| "it is no JSON")?,
        value => value.clone(),
    };
    if let Some(contradiction) = contradiction(&inner.kind, &held) {
        return Err(contradiction);
    }
    Ok(match value {
        Value::String(text) => Fit::AsIs(Literal::Text(text.clone())),
        value => Fit::Converted(
            Literal::Text(value.to_string()),
            "the JSON stands in a text on the wire",
        ),
    })
}

/// What in a document is not as described. Members that nobody described are no contradiction.
fn contradiction(kind: &SchemaKind, value: &Value) -> Option<String> {
    match (kind, value) {
        (SchemaKind::Object(object), Value::Object(members)) => {
            members.iter().find_map(|(name, value)| {
                let field = object.fields.iter().find(|field| field.name == *name)?;
                contradiction(&field.schema.kind, value).map(|why| format!("{name}: {why}"))
            })
        }
        (SchemaKind::List(list), Value::Array(items)) => items
            .iter()
            .find_map(|item| contradiction(&list.items.kind, item)),
        (SchemaKind::OneOf(alternatives), Value::Object(members)) => {
            let fits = alternatives
                .iter()
                .any(|one| is_complete(&one.object, members));
            (!fits).then(|| "it is none of the alternatives".into())
        }
        (SchemaKind::Any, _) => None,
        (kind, value) => match fit(kind, value) {
            Ok(Fit::AsIs(_)) => None,
            Ok(Fit::Converted(_, why)) => Some(why.into()),
            Err(why) => Some(why),
        },
    }
}

/// Whether an object has all that is required, nothing that is not described, and nothing that contradicts its description.
fn is_complete(object: &ObjectSchema, members: &serde_json::Map<String, Value>) -> bool {
    let described = |name: &String| object.fields.iter().any(|field| field.name == *name);
    let required = object.fields.iter().filter(|field| field.required);
    let kind = SchemaKind::Object(object.clone());
    members.keys().all(described)
        && required
            .map(|field| &field.name)
            .all(|name| members.contains_key(name))
        && contradiction(&kind, &Value::Object(members.clone())).is_none()
}

/// A JSON value as it is.
pub(super) fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Boolean(*value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Literal::Integer(whole),
            None => Literal::Number(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Literal::Text(text.clone()),
        Value::Array(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Object(members) => Literal::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), literal(value)))
                .collect(),
        ),
    }
}

/// A field in a sentence of the report: its name, label and example.
pub(super) fn told(field: &Field) -> String {
    let label = field.schema.label.as_deref().unwrap_or_default();
    let example = field.schema.example.as_ref().map(shown).unwrap_or_default();
    format!("{} {label} {example}", field.name)
        .trim_end()
        .to_owned()
}

/// A value in a sentence of the report.
pub(super) fn shown(value: &Literal) -> String {
    match value {
        Literal::Null => "null".into(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Text(text) => text.clone(),
        Literal::List(items) => format!(
            "[{}]",
            items.iter().map(shown).collect::<Vec<_>>().join(", ")
        ),
        Literal::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{name}: {}", shown(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}
