//! Answers damaged in the ways of real servers, and what a client must make of them.

use super::compare::{document, member};
use super::witness::{Drift, Kind};
use serde_json::{Map, Value};
use wechatpay_codegen::model::{Api, EnumSchema, Field, Literal, ObjectSchema, Schema, SchemaKind};
use wechatpay_sandbox::check_value::resolve;

/// A member that no description has.
const UNKNOWN_FIELD: &str = "conformance_unknown";
/// A value that no enumeration of texts lists.
const UNKNOWN_TEXT: &str = "CONFORMANCE_UNKNOWN";
/// A value that no enumeration of numbers lists.
const UNKNOWN_NUMBER: i64 = 987_654_321;

/// What was done to an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Damages {
    /// Where something was done to it.
    pub(crate) count: usize,
    /// What of it is a departure from the description.
    pub(crate) drift: Vec<Drift>,
}

/// Damages a body in one way, wherever it can be.
///
/// `expected` is the same body as the client reads it, its encrypted texts in plain; it becomes what the client must read.
pub(crate) fn damage(
    api: &Api,
    kind: Kind,
    schema: &Schema,
    body: &mut Value,
    expected: &mut Value,
) -> Damages {
    let mut damaging = Damaging {
        api,
        kind,
        done: Damages::default(),
    };
    damaging.value(schema, "", body, expected);
    damaging.done.drift.sort();
    damaging.done
}

struct Damaging<'a> {
    api: &'a Api,
    kind: Kind,
    done: Damages,
}

impl Damaging<'_> {
    /// Tells whether something was done to the value, or to what is in it.
    fn value(
        &mut self,
        schema: &Schema,
        path: &str,
        body: &mut Value,
        expected: &mut Value,
    ) -> bool {
        let Ok(schema) = resolve(self.api, schema) else {
            return false;
        };
        let before = self.done.count;
        match (&schema.kind, body, expected) {
            // An object without described members is JSON of any shape.
            (SchemaKind::Object(object), _, _) if object.fields.is_empty() => {}
            (SchemaKind::Object(object), Value::Object(body), Value::Object(expected)) => {
                self.object(object, path, body, expected);
            }
            (SchemaKind::List(list), Value::Array(body), Value::Array(expected)) => {
                for (index, (body, expected)) in body.iter_mut().zip(expected).enumerate() {
                    self.value(&list.items, &format!("{path}[{index}]"), body, expected);
                }
            }
            (SchemaKind::Map(values), Value::Object(body), Value::Object(expected)) => {
                for ((name, body), expected) in body.iter_mut().zip(expected.values_mut()) {
                    self.value(values, &member(path, name), body, expected);
                }
            }
            (SchemaKind::Json(inner), body, expected) => self.json(inner, path, body, expected),
            (SchemaKind::Integer(_) | SchemaKind::Number(_), body, _) => self.number(path, body),
            (SchemaKind::Enum(rules), body, expected) => {
                self.member_of(rules, path, body, expected)
            }
            _ => {}
        }
        self.done.count > before
    }

    fn object(
        &mut self,
        object: &ObjectSchema,
        path: &str,
        body: &mut Map<String, Value>,
        expected: &mut Map<String, Value>,
    ) {
        for field in &object.fields {
            let path = member(path, &field.name);
            if let (Some(inner), Some(read)) =
                (body.get_mut(&field.name), expected.get_mut(&field.name))
                && !self.value(&field.schema, &path, inner, read)
            {
                self.member(field, path, body, expected);
            }
        }
        if self.kind == Kind::UnknownFields {
            body.insert(UNKNOWN_FIELD.into(), Value::Bool(true));
            self.did(member(path, UNKNOWN_FIELD), Some("UnknownField"));
        }
    }

    /// Takes a member away, or makes it `null`, where nothing inside it was.
    fn member(
        &mut self,
        field: &Field,
        path: String,
        body: &mut Map<String, Value>,
        expected: &mut Map<String, Value>,
    ) {
        match self.kind {
            Kind::LeftOut if field.required => {
                body.remove(&field.name);
                expected.remove(&field.name);
                self.did(path, Some("Missing"));
            }
            Kind::Null => {
                body.insert(field.name.clone(), Value::Null);
                expected.remove(&field.name);
                let drifts = field.required && !self.is_nullable(&field.schema);
                self.did(path, drifts.then_some("Null"));
            }
            _ => {}
        }
    }

    fn is_nullable(&self, schema: &Schema) -> bool {
        schema.nullable || resolve(self.api, schema).is_ok_and(|schema| schema.nullable)
    }

    fn json(&mut self, inner: &Schema, path: &str, body: &mut Value, expected: &mut Value) {
        let held = |value: &Value| value.as_str().and_then(document);
        if let (Some(mut inside), Some(mut read)) = (held(body), held(expected))
            && self.value(inner, path, &mut inside, &mut read)
        {
            *body = inside.to_string().into();
            *expected = read.to_string().into();
        }
    }

    fn number(&mut self, path: &str, body: &mut Value) {
        if let (Kind::DigitTexts, Value::Number(number)) = (self.kind, &*body) {
            *body = number.to_string().into();
            self.did(path.to_owned(), Some("Lenient"));
        }
    }

    fn member_of(
        &mut self,
        rules: &EnumSchema,
        path: &str,
        body: &mut Value,
        expected: &mut Value,
    ) {
        let form = rules.values.first().map(|known| &known.value);
        match (self.kind, form, &*body) {
            (Kind::DigitTexts, Some(Literal::Integer(_)), Value::Number(number)) => {
                *body = number.to_string().into();
                self.did(path.to_owned(), Some("Lenient"));
            }
            // A closed enumeration cannot hold the value; in a list it would make the item go away, and every later one move.
            (Kind::UnknownValues, Some(form), _) if !(rules.closed && path.ends_with(']')) => {
                let unknown = match form {
                    Literal::Text(_) => UNKNOWN_TEXT.into(),
                    Literal::Integer(_) => UNKNOWN_NUMBER.into(),
                    _ => return,
                };
                *body = unknown;
                *expected = if rules.closed {
                    Value::Null
                } else {
                    body.clone()
                };
                self.did(path.to_owned(), Some("UnknownValue"));
            }
            _ => {}
        }
    }

    fn did(&mut self, path: String, drift: Option<&str>) {
        self.done.count += 1;
        if let Some(kind) = drift {
            let kind = kind.to_owned();
            self.done.drift.push(Drift { path, kind });
        }
    }
}

#[cfg(test)]
mod tests;
