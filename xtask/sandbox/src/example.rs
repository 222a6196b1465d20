//! Values that are as their schema says: the described examples, and where there are none, values made from the rules.

mod made;
mod sealed;

pub use sealed::SealedCertificate;

use crate::check_value::{Checker, Problem, Secrets, resolve};
use crate::seal::AEAD_AES_256_GCM;
use serde_json::{Map, Value};
use wechatpay_codegen::model::{
    Alternative, Api, Field, ListSchema, Literal, ObjectSchema, Schema, SchemaKind, ShapeId,
};

/// Makes example values for schemas of one API.
#[derive(Clone, Copy)]
pub struct Examples<'a> {
    api: &'a Api,
    checker: Checker<'a>,
    certificates: &'a [SealedCertificate],
    fields: Fields,
}

/// Which members an example has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fields {
    /// Only those that must be there.
    Required,
    /// Those that more than one witness knows, as answers have them.
    #[default]
    Confirmed,
    /// All of them.
    All,
}

/// Why there is no example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoExample {
    /// The description does not allow one, or the sandbox can't make one.
    Impossible(String),
    /// It would hold a platform certificate, and there is none to hand out.
    NoCertificate,
}

/// Where a value stands among others.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// The example that an outer value gives.
    hint: Option<&'p Literal>,
    /// The certificate that a sealed resource here holds.
    certificate: Option<&'p SealedCertificate>,
    /// The shapes that lead here, the nearest first.
    inside: Option<&'p Inside<'p>>,
}

/// A shape and those around it.
struct Inside<'p> {
    shape: &'p ShapeId,
    outer: Option<&'p Inside<'p>>,
}

impl<'a> Examples<'a> {
    /// Examples for an API. The certificates, the oldest first, are what sealed resources hold.
    pub fn new(api: &'a Api, certificates: &'a [SealedCertificate]) -> Self {
        Self {
            api,
            checker: Checker::new(api, Secrets::Plain),
            certificates,
            fields: Fields::default(),
        }
    }

    /// The same with other members.
    pub fn with(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// An example with its sensitive texts in plain.
    ///
    /// # Errors
    ///
    /// Why there can be none: a shape that is not there or holds itself without end, a seal of another algorithm, no certificate.
    pub fn value(&self, schema: &Schema) -> Result<Value, NoExample> {
        let place = Place {
            hint: None,
            certificate: self.certificates.last(),
            inside: None,
        };
        self.value_at(schema, place)?
            .ok_or_else(|| impossible("its answer holds itself without end"))
    }

    /// `None`: the value would hold itself without end.
    fn value_at(&self, schema: &Schema, place: Place<'_>) -> Result<Option<Value>, NoExample> {
        let hint = place.hint.or(schema.example.as_ref());
        let place = Place { hint, ..place };
        match &schema.kind {
            SchemaKind::Ref(id) => self.shape(id, place),
            SchemaKind::Object(object) => self.object(object, place),
            SchemaKind::List(list) => self.list(list, place).map(Some),
            SchemaKind::Map(values) => self.map(values, place),
            SchemaKind::OneOf(alternatives) => self.one_of(alternatives, place),
            SchemaKind::Json(inner) => {
                let inner = self.value_at(
                    inner,
                    Place {
                        hint: None,
                        ..place
                    },
                )?;
                Ok(inner.map(|value| Value::String(value.to_string())))
            }
            SchemaKind::UrlEncoded(object) => {
                let inner = self.object(
                    object,
                    Place {
                        hint: None,
                        ..place
                    },
                )?;
                Ok(inner.map(|value| Value::String(made::url_encoded(&value))))
            }
            _ => Ok(Some(self.scalar(schema, hint))),
        }
    }

    fn shape(&self, id: &ShapeId, place: Place<'_>) -> Result<Option<Value>, NoExample> {
        let outer = std::iter::successors(place.inside, |inside| inside.outer);
        if outer.into_iter().any(|inside| inside.shape == id) {
            return Ok(None);
        }
        let shape = self.api.shapes.get(id);
        let shape = shape.ok_or_else(|| impossible(format!("there is no shape {id}")))?;
        let inside = Inside {
            shape: id,
            outer: place.inside,
        };
        let place = Place {
            inside: Some(&inside),
            ..place
        };
        self.value_at(&shape.schema, place)
    }

    fn object(&self, object: &ObjectSchema, place: Place<'_>) -> Result<Option<Value>, NoExample> {
        match (object.envelope.as_deref(), place.certificate) {
            (None, _) => {}
            (Some(AEAD_AES_256_GCM), Some(certificate)) => return Ok(Some(certificate.envelope())),
            (Some(AEAD_AES_256_GCM), None) => return Err(NoExample::NoCertificate),
            (Some(algorithm), _) => {
                return Err(impossible(format!("it can't seal by {algorithm}")));
            }
        }
        let mut members = Map::new();
        for field in &object.fields {
            if !self.belongs(object, field, place.hint) {
                continue;
            }
            let hint = place.hint.and_then(|hint| member(hint, &field.name));
            match self.value_at(&field.schema, Place { hint, ..place })? {
                Some(value) => {
                    members.insert(field.name.clone(), value);
                }
                None if field.required => return Ok(None),
                None => {}
            }
        }
        if let Some(certificate) = place.certificate.filter(|_| self.holds_a_seal(object)) {
            certificate.describe(&mut members);
        }
        Ok(Some(Value::Object(members)))
    }

    /// Of a group of which exactly one is set, that which the example sets is taken, else the first.
    fn belongs(&self, object: &ObjectSchema, field: &Field, hint: Option<&Literal>) -> bool {
        let given = |name: &String| hint.is_some_and(|hint| member(hint, name).is_some());
        let mut groups = object
            .exactly_one
            .iter()
            .filter(|group| group.contains(&field.name));
        let chosen = groups.all(|group| {
            let chosen = group.iter().find(|name| given(name)).or(group.first());
            chosen == Some(&field.name)
        });
        let wanted = match self.fields {
            Fields::Required => object
                .exactly_one
                .iter()
                .flatten()
                .any(|name| *name == field.name),
            Fields::Confirmed => !field.schema.unconfirmed,
            Fields::All => true,
        };
        chosen && (field.required || wanted)
    }

    fn holds_a_seal(&self, object: &ObjectSchema) -> bool {
        object.fields.iter().any(|field| {
            let schema = resolve(self.api, &field.schema).map(|schema| &schema.kind);
            matches!(schema, Ok(SchemaKind::Object(inner)) if inner.envelope.is_some())
        })
    }

    fn list(&self, list: &ListSchema, place: Place<'_>) -> Result<Value, NoExample> {
        let item = |hint, certificate| {
            let place = Place {
                hint,
                certificate,
                ..place
            };
            self.value_at(&list.items, place)
        };
        let resolved = resolve(self.api, &list.items).map_err(reason)?;
        let sealed =
            matches!(&resolved.kind, SchemaKind::Object(object) if self.holds_a_seal(object));
        let items: Vec<_> = match place.hint {
            _ if sealed && self.certificates.is_empty() => return Err(NoExample::NoCertificate),
            _ if sealed => {
                let certificates = self.certificates.iter();
                certificates
                    .map(|one| item(None, Some(one)))
                    .collect::<Result<_, _>>()?
            }
            Some(Literal::List(hints)) if !hints.is_empty() => {
                let hints = hints.iter();
                hints
                    .map(|hint| item(Some(hint), place.certificate))
                    .collect::<Result<_, _>>()?
            }
            _ => vec![item(None, place.certificate)?],
        };
        let mut items: Vec<_> = items.into_iter().flatten().collect();
        fit_count(list, &mut items);
        Ok(Value::Array(items))
    }

    fn map(&self, values: &Schema, place: Place<'_>) -> Result<Option<Value>, NoExample> {
        let named: Vec<(&str, Option<&Literal>)> = match place.hint {
            Some(Literal::Object(members)) => members
                .iter()
                .map(|(name, hint)| (name.as_str(), Some(hint)))
                .collect(),
            _ => vec![("key", None)],
        };
        let mut members = Map::new();
        for (name, hint) in named {
            if let Some(value) = self.value_at(values, Place { hint, ..place })? {
                members.insert(name.to_owned(), value);
            }
        }
        Ok(Some(Value::Object(members)))
    }

    /// The alternative that the example is of, else the first.
    fn one_of(
        &self,
        alternatives: &[Alternative],
        place: Place<'_>,
    ) -> Result<Option<Value>, NoExample> {
        let example = place.hint.map(made::from_literal);
        let fits = |one: &&Alternative| {
            let example = example.as_ref();
            example.is_some_and(|value| self.checker.check_object(&one.object, value, "").is_ok())
        };
        let chosen = alternatives.iter().find(fits).or(alternatives.first());
        let chosen = chosen.ok_or_else(|| impossible("it has a value without alternatives"))?;
        self.object(&chosen.object, place)
    }

    /// The example, else the default, where it is as the schema says; else a value made from the rules.
    fn scalar(&self, schema: &Schema, hint: Option<&Literal>) -> Value {
        let described = hint.into_iter().chain(schema.default.as_ref());
        let mut fitting = described
            .map(|literal| made::coerced(&schema.kind, literal))
            .filter(|value| !value.is_null())
            .filter(|value| self.checker.check(schema, value, "").is_ok());
        fitting
            .next()
            .unwrap_or_else(|| made::value(&self.checker, schema))
    }
}

fn member<'l>(literal: &'l Literal, name: &str) -> Option<&'l Literal> {
    match literal {
        Literal::Object(members) => members
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value),
        _ => None,
    }
}

fn fit_count(list: &ListSchema, items: &mut Vec<Value>) {
    let size = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
    let min = list.min_items.map_or(0, size);
    if let (Some(last), true) = (items.last().cloned(), items.len() < min) {
        items.resize(min, last);
    }
    items.truncate(list.max_items.map_or(usize::MAX, size));
}

fn impossible(why: impl Into<String>) -> NoExample {
    NoExample::Impossible(why.into())
}

fn reason(problem: Problem) -> NoExample {
    match problem {
        Problem::Description(text) => impossible(text),
        Problem::Violation(violation) => impossible(violation.issue),
    }
}

#[cfg(test)]
mod tests;
