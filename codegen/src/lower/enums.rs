//! Enumerations.

use super::docs;
use super::items::{Docs, EnumItem, Form, Variant};
use crate::model::{EnumSchema, EnumValue, Literal};
use crate::naming;
use std::collections::BTreeSet;

/// The variant of an open enumeration that keeps what is not known.
pub(crate) const UNRECOGNIZED: &str = "Unrecognized";

/// Makes an enumeration, or tells what is wrong with its values.
pub(super) fn item(name: String, docs: Docs, schema: &EnumSchema) -> Result<EnumItem, String> {
    let mut names = BTreeSet::new();
    if !schema.closed {
        names.insert(UNRECOGNIZED.to_owned());
    }
    let mut variants = Vec::new();
    for value in &schema.values {
        let variant = variant(value)?;
        if !names.insert(variant.name.clone()) {
            return Err(format!(
                "the value `{}` would be the variant `{}`, which is taken: give it a `name`",
                variant.value, variant.name
            ));
        }
        variants.push(variant);
    }
    Ok(EnumItem {
        name,
        docs,
        variants,
        closed: schema.closed,
        form: form(schema)?,
    })
}

fn variant(value: &EnumValue) -> Result<Variant, String> {
    let text = text(&value.value).ok_or("a value must be a text, a whole number, true or false")?;
    Ok(Variant {
        name: variant_name(value).ok_or_else(|| {
            format!("no variant can be named after the value `{text}`: give it a `name`")
        })?,
        docs: docs::variant(value.label.as_deref(), &text),
        value: text,
    })
}

/// The name of the variant of a value.
pub(super) fn variant_name(value: &EnumValue) -> Option<String> {
    match &value.name {
        Some(name) => Some(name.clone()),
        None => naming::variant_name(&text(&value.value)?),
    }
}

/// A value as it is written on the wire, without quotes.
pub(super) fn text(value: &Literal) -> Option<String> {
    match value {
        Literal::Text(text) => Some(text.clone()),
        Literal::Integer(number) => Some(number.to_string()),
        Literal::Boolean(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn form(schema: &EnumSchema) -> Result<Form, String> {
    let mut forms = schema.values.iter().map(|value| match &value.value {
        Literal::Integer(_) => Form::Integer,
        Literal::Boolean(_) => Form::Boolean,
        _ => Form::Text,
    });
    let first = forms.next().ok_or("an enumeration needs values")?;
    if forms.any(|form| form != first) {
        return Err("the values must all be of one type".to_owned());
    }
    Ok(first)
}
