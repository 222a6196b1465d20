//! Where a schema stands in an operation, and a walk over all schemas of a path.

use crate::model::{Body, Field, ObjectSchema, PathItem, Response, Schema, SchemaKind};

/// Where a schema stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The path as it is sent.
    pub(super) path: String,
    /// The method and what the schema is part of: `post.body`.
    pub(super) root: String,
    /// The steps from there.
    pub(super) steps: Vec<Step>,
}

/// A step into a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To a field of this name; the label is the field's.
    Field(String, Option<String>),
    /// To the items of a list.
    Items,
    /// To what else is inside: a map's values, the JSON in a text, an alternative.
    Inside(String),
}

impl Place {
    /// The name of the field that the schema stands in, and whether it is the item of that field's list.
    pub(super) fn field(&self) -> Option<(&str, bool)> {
        let index = self
            .steps
            .iter()
            .rposition(|step| matches!(step, Step::Field(..)))?;
        let many = self
            .steps
            .iter()
            .skip(index)
            .any(|step| *step == Step::Items);
        match self.steps.get(index)? {
            Step::Field(name, _) => Some((name, many)),
            _ => None,
        }
    }

    /// Whether it is a whole body.
    pub(super) fn is_whole(&self) -> bool {
        self.steps.is_empty()
    }

    /// The label of that field.
    pub(super) fn label(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Field(_, label) => Some(label.as_deref()),
            _ => None,
        })?
    }

    /// The place of the object that has the field that the schema stands in.
    pub(super) fn parent(&self) -> Option<Self> {
        let index = self
            .steps
            .iter()
            .rposition(|step| matches!(step, Step::Field(..)))?;
        let steps = self.steps.get(..index)?.to_vec();
        (!steps.is_empty()).then(|| Self {
            steps,
            ..self.clone()
        })
    }

    /// Whether this place is at or inside another.
    pub(super) fn is_inside(&self, other: &Self) -> bool {
        self.path == other.path && self.root == other.root && self.steps.starts_with(&other.steps)
    }

    /// The operation: its method and path.
    pub(super) fn operation(&self) -> String {
        let method = self.root.split('.').next().unwrap_or("");
        format!("{method} {}", self.path)
    }

    /// As the report writes it: `post.body.detail.seq`.
    pub(super) fn in_report(&self) -> String {
        let mut text = self.root.clone();
        for step in &self.steps {
            match step {
                Step::Field(name, _) => text.push_str(&format!(".{name}")),
                Step::Items => text.push_str(".items"),
                Step::Inside(name) => text.push_str(&format!(".{name}")),
            }
        }
        text
    }
}

/// What is done with each schema; what it answers tells whether to go on inside.
pub(super) trait Visit: FnMut(&mut Schema, &Place) -> bool {}
impl<F: FnMut(&mut Schema, &Place) -> bool> Visit for F {}

/// Goes through all schemas of a path, outer ones first.
pub(super) fn walk(item: &mut PathItem, visit: &mut impl Visit) {
    let path = item.path.as_str().to_owned();
    for (method, operation) in &mut item.operations {
        let place = |part: &str| Place {
            path: path.clone(),
            root: format!("{}.{part}", method.key()),
            steps: Vec::new(),
        };
        fields(&mut operation.query, &mut place("query"), visit);
        fields(&mut operation.form, &mut place("form"), visit);
        if let Some(upload) = &mut operation.upload {
            fields(&mut upload.fields, &mut place("upload"), visit);
        }
        // A body shares its struct with the query and the headers: where there are any, it is no shape of its own.
        let alone = operation.query.is_empty() && operation.headers.iter().all(is_serial);
        if let Some(body) = &mut operation.body {
            whole(body, alone, &mut place("body"), visit);
        }
        for (status, response) in &mut operation.responses {
            if let Response::Body(body) = response {
                whole(body, true, &mut place(&status.to_string()), visit);
            }
        }
    }
}

fn is_serial(field: &Field) -> bool {
    field.name.eq_ignore_ascii_case("Wechatpay-Serial")
}

/// Goes through a whole body, which may become a shape itself where it stands alone.
fn whole(body: &mut Body, alone: bool, place: &mut Place, visit: &mut impl Visit) {
    let Body::Object(object) = body else {
        return;
    };
    if !alone {
        members(object, place, visit);
        return;
    }
    let object = ObjectSchema {
        fields: std::mem::take(&mut object.fields),
        exactly_one: std::mem::take(&mut object.exactly_one),
        envelope: object.envelope.take(),
    };
    let mut schema = Schema::new(SchemaKind::Object(object));
    if visit(&mut schema, place) {
        inside(&mut schema, place, visit);
    }
    match schema.kind {
        SchemaKind::Ref(id) => *body = Body::Ref(id),
        SchemaKind::Object(object) => *body = Body::Object(object),
        _ => {}
    }
}

/// Goes through the schemas inside one.
pub(super) fn inside(schema: &mut Schema, place: &mut Place, visit: &mut impl Visit) {
    match &mut schema.kind {
        SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
            members(object, place, visit)
        }
        SchemaKind::List(list) => step(Step::Items, &mut list.items, place, visit),
        SchemaKind::Map(values) => step(Step::Inside("map".into()), values, place, visit),
        SchemaKind::Json(inner) => step(Step::Inside("json".into()), inner, place, visit),
        SchemaKind::OneOf(alternatives) => {
            for one in alternatives {
                place.steps.push(Step::Inside(one.name.clone()));
                members(&mut one.object, place, visit);
                place.steps.pop();
            }
        }
        _ => {}
    }
}

fn members(object: &mut ObjectSchema, place: &mut Place, visit: &mut impl Visit) {
    fields(&mut object.fields, place, visit);
}

fn fields(fields: &mut [Field], place: &mut Place, visit: &mut impl Visit) {
    for field in fields {
        let into = Step::Field(field.name.clone(), field.schema.label.clone());
        step(into, &mut field.schema, place, visit);
    }
}

fn step(into: Step, schema: &mut Schema, place: &mut Place, visit: &mut impl Visit) {
    place.steps.push(into);
    if visit(schema, place) {
        inside(schema, place, visit);
    }
    place.steps.pop();
}
