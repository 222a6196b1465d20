//! Which operations cannot be emitted yet, and why.

use super::error::Problems;
use super::items::{Products, Side};
use super::parts;
use super::usage::usage;
use crate::model::{
    Api, Field, Method, ObjectSchema, Operation, PathItem, Response, Schema, SchemaKind,
};

pub(super) fn check(api: &Api, problems: &mut Problems) {
    for item in api.paths.values() {
        for (method, operation) in &item.operations {
            let place = place(*method, item);
            for reason in reasons(operation) {
                problems.add(&place, format!("{reason} cannot be emitted yet"));
            }
            let values = Values::of_operation(operation);
            values.tell(&place, problems);
        }
    }
    check_shapes(api, problems);
}

/// The name of an operation in errors: `POST /v3/…`.
pub(super) fn place(method: Method, item: &PathItem) -> String {
    format!("{} {}", method.as_str(), item.path.as_str())
}

fn check_shapes(api: &Api, problems: &mut Problems) {
    let used: Vec<((_, Side), Products)> = usage(api).into_iter().collect();
    for ((id, _), _) in used {
        if let Some(shape) = api.shapes.get(&id) {
            let mut values = Values::default();
            values.look("", &shape.schema);
            values.tell(&format!("shapes/{}/{}.yaml", id.product, id.name), problems);
        }
    }
}

fn reasons(operation: &Operation) -> Vec<&'static str> {
    let bodies = parts::replies(operation).len() > 1;
    let reasons = [(bodies, "a reply with another body for each status")];
    let reasons = reasons.into_iter().filter(|(holds, _)| *holds);
    reasons.map(|(_, reason)| reason).collect()
}

/// The places of values that cannot be emitted yet.
#[derive(Default)]
struct Values {
    found: Vec<(String, &'static str)>,
}

impl Values {
    fn of_operation(operation: &Operation) -> Self {
        let mut values = Self::default();
        values.fields("query.", &operation.query);
        values.fields("headers.", &operation.headers);
        if let Some(crate::model::Body::Object(object)) = &operation.body {
            values.fields("body.", &object.fields);
        }
        for (status, response) in parts::success(operation) {
            match response {
                Response::Body(crate::model::Body::Object(object)) => {
                    values.fields(&format!("{status}."), &object.fields);
                }
                Response::Value(schema) => values.look(&status.to_string(), schema),
                _ => {}
            }
        }
        values
    }

    fn fields(&mut self, prefix: &str, fields: &[Field]) {
        for field in fields {
            let place = format!("{prefix}{}", field.name);
            self.look(&place, &field.schema);
        }
    }

    fn object(&mut self, place: &str, object: &ObjectSchema) {
        let prefix = match place {
            "" => String::new(),
            place => format!("{place}."),
        };
        self.fields(&prefix, &object.fields);
    }

    fn look(&mut self, place: &str, schema: &Schema) {
        if schema.sensitive && !matches!(schema.kind, SchemaKind::Text(_)) {
            let reason = "an encrypted value that is no text";
            self.found.push((place.to_owned(), reason));
        }
        match &schema.kind {
            SchemaKind::OneOf(alternatives) => {
                for one in alternatives {
                    self.object(place, &one.object);
                }
            }
            SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
                self.object(place, object)
            }
            SchemaKind::List(list) => self.look(place, &list.items),
            SchemaKind::Map(values) => self.look(place, values),
            SchemaKind::Json(inner) => self.look(place, inner),
            _ => {}
        }
    }

    fn tell(&self, operation: &str, problems: &mut Problems) {
        for (place, reason) in &self.found {
            let place = format!("{operation}: {place}");
            problems.add(place, format!("{reason} cannot be emitted yet"));
        }
    }
}
