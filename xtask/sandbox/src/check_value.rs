//! Whether a value is as its schema says.

mod from_text;
mod number;
mod object;
mod text;

pub use from_text::from_text;

use crate::seal;
use rsa::PrivateKey;
use serde_json::Value;
use wechatpay_codegen::model::{
    Alternative, Api, Body, EnumSchema, ListSchema, Literal, Schema, SchemaKind,
};

/// Why a value does not pass.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The value is not as described.
    Violation(Violation),
    /// The description itself can't be followed: a shape that is not there, a pattern that does not compile.
    Description(String),
}

/// Where a value is not as described.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The place, as a JSON pointer.
    pub field: String,
    /// What stands there, if anything does.
    pub value: Option<Value>,
    /// What is wrong with it.
    pub issue: String,
}

impl Problem {
    fn at(field: &str, value: &Value, issue: impl Into<String>) -> Self {
        Self::Violation(Violation {
            field: field.into(),
            value: Some(value.clone()),
            issue: issue.into(),
        })
    }

    /// The same problem with the value as it was sent: a decrypted one is not for showing.
    fn showing(self, sent: &Value) -> Self {
        match self {
            Self::Violation(violation) => Self::Violation(Violation {
                value: Some(sent.clone()),
                ..violation
            }),
            description => description,
        }
    }
}

/// How fields marked `sensitive` stand in a value.
#[derive(Clone, Copy)]
pub enum Secrets<'a> {
    /// As plain text: in examples, before they are encrypted.
    Plain,
    /// Encrypted for the holder of this key.
    EncryptedFor(&'a PrivateKey),
    /// Encrypted, but for nobody that the request named.
    ForNobodyNamed,
}

/// Checks values against schemas of one API.
#[derive(Clone, Copy)]
pub struct Checker<'a> {
    api: &'a Api,
    secrets: Secrets<'a>,
}

/// A body as a schema.
pub fn schema_of(body: &Body) -> Schema {
    Schema::new(match body {
        Body::Object(object) => SchemaKind::Object(object.clone()),
        Body::Ref(id) => SchemaKind::Ref(id.clone()),
    })
}

/// Follows references to shared shapes up to a schema that is none.
///
/// # Errors
///
/// A shape that is not there, or that refers to itself.
pub fn resolve<'a>(api: &'a Api, schema: &'a Schema) -> Result<&'a Schema, Problem> {
    let mut schema = schema;
    for _ in 0..=api.shapes.len() {
        let SchemaKind::Ref(id) = &schema.kind else {
            return Ok(schema);
        };
        let shape = api.shapes.get(id);
        schema = &shape
            .ok_or_else(|| Problem::Description(format!("there is no shape {id}")))?
            .schema;
    }
    let issue = "a shape is nothing but a reference to itself";
    Err(Problem::Description(issue.into()))
}

impl<'a> Checker<'a> {
    /// A checker.
    pub fn new(api: &'a Api, secrets: Secrets<'a>) -> Self {
        Self { api, secrets }
    }

    /// Checks a value that stands at `field`, a JSON pointer; gives it back with its sensitive texts decrypted.
    ///
    /// The `format` of a text is not checked: formats tell what a text stands for, and the server's rules for them are not known.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn check(&self, schema: &Schema, value: &Value, field: &str) -> Result<Value, Problem> {
        let nullable = schema.nullable;
        let sensitive = schema.sensitive;
        let schema = resolve(self.api, schema)?;
        if value.is_null() && (nullable || schema.nullable) {
            return Ok(Value::Null);
        }
        match value {
            Value::String(text) if (sensitive || schema.sensitive) && !text.is_empty() => {
                let plain = Value::String(self.decrypt(text, field)?);
                let checked = self.check_kind(&schema.kind, &plain, field);
                checked.map_err(|problem| problem.showing(value))
            }
            _ => self.check_kind(&schema.kind, value, field),
        }
    }

    fn check_kind(&self, kind: &SchemaKind, value: &Value, field: &str) -> Result<Value, Problem> {
        match kind {
            SchemaKind::Text(rules) => text::check(rules, value, field),
            SchemaKind::Integer(rules) => number::check_integer(rules, value, field),
            SchemaKind::Number(rules) => number::check_number(rules, value, field),
            SchemaKind::Boolean => match value {
                Value::Bool(_) => Ok(value.clone()),
                _ => Err(wrong_type(field, value, "a boolean")),
            },
            SchemaKind::Enum(rules) => check_enum(rules, value, field),
            SchemaKind::Object(object) => self.check_object(object, value, field),
            SchemaKind::List(list) => self.check_list(list, value, field),
            SchemaKind::Map(values) => self.check_map(values, value, field),
            SchemaKind::OneOf(alternatives) => self.check_one_of(alternatives, value, field),
            SchemaKind::Json(inner) => self.check_json(inner, value, field),
            SchemaKind::UrlEncoded(object) => self.check_url_encoded(object, value, field),
            SchemaKind::Any => Ok(value.clone()),
            SchemaKind::Ref(id) => Err(Problem::Description(format!("shape {id} does not end"))),
        }
    }

    fn decrypt(&self, ciphertext: &str, field: &str) -> Result<String, Problem> {
        let refuse = |issue: String| Problem::at(field, &ciphertext.into(), issue);
        match self.secrets {
            Secrets::Plain => Ok(ciphertext.to_owned()),
            Secrets::EncryptedFor(key) => seal::decrypt_field(key, ciphertext).map_err(|error| {
                refuse(format!(
                    "{error}; it must be encrypted with the key that the header Wechatpay-Serial names"
                ))
            }),
            Secrets::ForNobodyNamed => Err(refuse(
                "it is encrypted, but the header Wechatpay-Serial does not say with which key".into(),
            )),
        }
    }

    fn check_list(&self, list: &ListSchema, value: &Value, field: &str) -> Result<Value, Problem> {
        let Value::Array(items) = value else {
            return Err(wrong_type(field, value, "a list"));
        };
        let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
        if let Some(min) = list.min_items.filter(|min| count < *min) {
            return Err(Problem::at(
                field,
                value,
                format!("it has {count} items; at least {min} are needed"),
            ));
        }
        if let Some(max) = list.max_items.filter(|max| count > *max) {
            return Err(Problem::at(
                field,
                value,
                format!("it has {count} items; at most {max} are allowed"),
            ));
        }
        let items = items.iter().enumerate();
        items
            .map(|(index, item)| self.check(&list.items, item, &format!("{field}/{index}")))
            .collect()
    }

    fn check_map(&self, values: &Schema, value: &Value, field: &str) -> Result<Value, Problem> {
        let Value::Object(members) = value else {
            return Err(wrong_type(field, value, "an object"));
        };
        let members = members.iter();
        let checked = members.map(|(name, member)| {
            let plain = self.check(values, member, &pointer(field, name))?;
            Ok((name.clone(), plain))
        });
        checked.collect::<Result<_, _>>().map(Value::Object)
    }

    fn check_one_of(
        &self,
        alternatives: &[Alternative],
        value: &Value,
        field: &str,
    ) -> Result<Value, Problem> {
        let mut reasons = Vec::new();
        for alternative in alternatives {
            match self.check_object(&alternative.object, value, field) {
                Err(Problem::Violation(violation)) => reasons.push(format!(
                    "no {}, since at {} {}",
                    alternative.name, violation.field, violation.issue
                )),
                other => return other,
            }
        }
        let issue = format!("it is none of the alternatives: {}", reasons.join("; "));
        Err(Problem::at(field, value, issue))
    }

    fn check_json(&self, inner: &Schema, value: &Value, field: &str) -> Result<Value, Problem> {
        let Value::String(text) = value else {
            return Err(wrong_type(field, value, "a text that holds JSON"));
        };
        let held: Value = serde_json::from_str(text).map_err(|error| {
            Problem::at(field, value, format!("it must hold JSON, but {error}"))
        })?;
        let plain = self.check(inner, &held, field)?;
        Ok(match plain == held {
            true => value.clone(),
            false => Value::String(plain.to_string()),
        })
    }
}

/// Whether an enumeration knows a value.
pub fn is_listed(rules: &EnumSchema, value: &Value) -> bool {
    let mut known = rules.values.iter();
    known.any(|known| is_literal(value, &known.value))
}

fn check_enum(rules: &EnumSchema, value: &Value, field: &str) -> Result<Value, Problem> {
    if is_listed(rules, value) {
        return Ok(value.clone());
    }
    let known = rules.values.first().map(|known| &known.value);
    let expected = match known {
        Some(Literal::Integer(_) | Literal::Number(_)) => "a number",
        Some(Literal::Boolean(_)) => "a boolean",
        _ => "a text",
    };
    let same_type = match value {
        Value::Number(_) => expected == "a number",
        Value::Bool(_) => expected == "a boolean",
        Value::String(_) => expected == "a text",
        _ => false,
    };
    match (same_type, rules.closed) {
        (false, _) => Err(wrong_type(field, value, expected)),
        (true, false) => Ok(value.clone()),
        (true, true) => {
            let values: Vec<_> = rules
                .values
                .iter()
                .map(|known| show(&known.value))
                .collect();
            let issue = format!("it must be one of {}", values.join(", "));
            Err(Problem::at(field, value, issue))
        }
    }
}

fn is_literal(value: &Value, literal: &Literal) -> bool {
    match literal {
        Literal::Text(text) => value.as_str() == Some(text),
        Literal::Integer(number) => value.as_i64() == Some(*number),
        Literal::Number(number) => value.as_f64() == Some(*number),
        Literal::Boolean(truth) => value.as_bool() == Some(*truth),
        Literal::Null => value.is_null(),
        Literal::List(_) | Literal::Object(_) => false,
    }
}

fn show(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Boolean(truth) => truth.to_string(),
        Literal::Null | Literal::List(_) | Literal::Object(_) => String::new(),
    }
}

fn wrong_type(field: &str, value: &Value, expected: &str) -> Problem {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Problem::at(
        field,
        value,
        format!("it must be {expected}, and is {found}"),
    )
}

/// The pointer to a member; `~` and `/` in its name are escaped as RFC 6901 has it.
fn pointer(field: &str, name: &str) -> String {
    format!("{field}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn missing(field: String, issue: &str) -> Problem {
    Problem::Violation(Violation {
        field,
        value: None,
        issue: issue.into(),
    })
}

#[cfg(test)]
mod tests;
