//! Sensitive texts of an answer, encrypted for whoever asked.

use crate::Error;
use crate::check_value::{Checker, Secrets, resolve};
use crate::seal::encrypt_field;
use rsa::PublicKey;
use serde_json::Value;
use wechatpay_codegen::model::{Api, ObjectSchema, Schema, SchemaKind};

/// Encrypts the sensitive texts of a value; an empty one stays empty.
///
/// # Errors
///
/// A text is too long for the key.
pub fn encrypt_sensitive(
    api: &Api,
    key: &PublicKey,
    schema: &Schema,
    value: Value,
) -> Result<Value, Error> {
    Encryption { api, key }.value(schema, value)
}

struct Encryption<'a> {
    api: &'a Api,
    key: &'a PublicKey,
}

impl Encryption<'_> {
    fn value(&self, schema: &Schema, value: Value) -> Result<Value, Error> {
        let Ok(resolved) = resolve(self.api, schema) else {
            return Ok(value);
        };
        match (&resolved.kind, value) {
            (_, Value::String(text)) if schema.sensitive || resolved.sensitive => self.text(text),
            (SchemaKind::Object(object), value) => self.object(object, value),
            (SchemaKind::List(list), Value::Array(items)) => {
                let items = items.into_iter();
                items.map(|item| self.value(&list.items, item)).collect()
            }
            (SchemaKind::Map(values), Value::Object(members)) => {
                let members = members.into_iter();
                let encrypted =
                    members.map(|(name, member)| Ok((name, self.value(values, member)?)));
                encrypted.collect::<Result<_, _>>().map(Value::Object)
            }
            (SchemaKind::Json(inner), Value::String(text)) => self.json(inner, text),
            (SchemaKind::OneOf(alternatives), value) => {
                let checker = Checker::new(self.api, Secrets::Plain);
                let mut fitting = alternatives
                    .iter()
                    .filter(|one| checker.check_object(&one.object, &value, "").is_ok());
                match fitting.next() {
                    Some(alternative) => self.object(&alternative.object, value),
                    None => Ok(value),
                }
            }
            (_, value) => Ok(value),
        }
    }

    fn object(&self, object: &ObjectSchema, mut value: Value) -> Result<Value, Error> {
        for field in &object.fields {
            if let Some(member) = value.get_mut(&field.name) {
                *member = self.value(&field.schema, member.take())?;
            }
        }
        Ok(value)
    }

    /// A text that holds no secrets stays as it is.
    fn json(&self, inner: &Schema, text: String) -> Result<Value, Error> {
        let Ok(held) = serde_json::from_str::<Value>(&text) else {
            return Ok(Value::String(text));
        };
        let encrypted = self.value(inner, held.clone())?;
        Ok(Value::String(match encrypted == held {
            true => text,
            false => encrypted.to_string(),
        }))
    }

    fn text(&self, text: String) -> Result<Value, Error> {
        if text.is_empty() {
            return Ok(Value::String(text));
        }
        encrypt_field(self.key, &text).map(Value::String)
    }
}
