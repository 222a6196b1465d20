//! What the facts do not know, carried over from the description that is there: a person's words, names, judgements, and the shapes.

use super::share::same_shape;
use crate::model::{
    Body, EnumSchema, Field, ObjectSchema, Operation, PathItem, Response, Schema, SchemaKind,
    Shape, ShapeId,
};
use std::collections::BTreeMap;

/// The shapes of the description.
type Shapes = BTreeMap<ShapeId, Shape>;

/// A path as the facts have it, with all that only the description knows.
pub(super) fn path_item(there: &PathItem, facts: PathItem, shapes: &Shapes) -> PathItem {
    let operations = facts
        .operations
        .into_iter()
        .map(|(method, facts)| match there.operations.get(&method) {
            Some(there) => (method, operation(there, facts, shapes)),
            None => (method, facts),
        })
        .collect();
    PathItem {
        product: there.product.clone(),
        names: there.names.clone(),
        same_route_as: there.same_route_as.clone(),
        params: fields(&there.params, facts.params, shapes),
        operations,
        ..facts
    }
}

fn operation(there: &Operation, facts: Operation, shapes: &Shapes) -> Operation {
    let upload = match (&there.upload, facts.upload) {
        (Some(there), Some(mut facts)) => {
            facts.fields = fields(&there.fields, facts.fields, shapes);
            Some(facts)
        }
        (_, facts) => facts,
    };
    let body = match (&there.body, facts.body) {
        (Some(there), Some(facts)) => Some(self::body(there, facts, shapes)),
        (_, facts) => facts,
    };
    let responses =
        facts
            .responses
            .into_iter()
            .map(|(status, facts)| match there.responses.get(&status) {
                Some(there) => (status, response(there, facts, shapes)),
                None => (status, facts),
            });
    Operation {
        summary: there.summary.clone(),
        deprecated: deprecated(there.deprecated.as_ref(), facts.deprecated),
        repeatable: there.repeatable.clone(),
        number: there.number.clone(),
        paging: there.paging.clone(),
        example: there.example.clone(),
        query: fields(&there.query, facts.query, shapes),
        headers: fields(&there.headers, facts.headers, shapes),
        form: fields(&there.form, facts.form, shapes),
        upload,
        body,
        responses: responses.collect(),
        ..facts
    }
}

/// The facts know whether, a person may know why.
fn deprecated(there: Option<&String>, facts: Option<String>) -> Option<String> {
    facts.map(|facts| there.cloned().unwrap_or(facts))
}

fn body(there: &Body, facts: Body, shapes: &Shapes) -> Body {
    match (there, facts) {
        (Body::Object(there), Body::Object(facts)) => Body::Object(object(there, facts, shapes)),
        (Body::Ref(id), Body::Object(facts))
            if same_shape(&reference(id), &object_schema(&facts), shapes) =>
        {
            Body::Ref(id.clone())
        }
        (_, facts) => facts,
    }
}

fn reference(id: &ShapeId) -> Schema {
    Schema::new(SchemaKind::Ref(id.clone()))
}

fn object_schema(object: &ObjectSchema) -> Schema {
    Schema::new(SchemaKind::Object(object.clone()))
}

fn response(there: &Response, facts: Response, shapes: &Shapes) -> Response {
    match (there, facts) {
        (Response::Body(there), Response::Body(facts)) => {
            Response::Body(body(there, facts, shapes))
        }
        (Response::Value(there), Response::Value(facts)) => {
            Response::Value(Box::new(schema(there, *facts, shapes)))
        }
        (_, facts) => facts,
    }
}

/// Fields that are there keep their order, since the order of required ones is part of what callers see; new ones follow.
fn fields(there: &[Field], facts: Vec<Field>, shapes: &Shapes) -> Vec<Field> {
    let place = |field: &Field| {
        there
            .iter()
            .position(|known| known.name == field.name)
            .unwrap_or(there.len())
    };
    let mut facts = facts;
    facts.sort_by_key(place);
    facts
        .into_iter()
        .map(
            |field| match there.iter().find(|known| known.name == field.name) {
                Some(known) => Field {
                    rename: known.rename.clone(),
                    schema: schema(&known.schema, field.schema, shapes),
                    ..field
                },
                None => field,
            },
        )
        .collect()
}

fn schema(there: &Schema, facts: Schema, shapes: &Shapes) -> Schema {
    Schema {
        kind: kind(there, &facts, shapes),
        type_name: there.type_name.clone(),
        doc: there.doc.clone(),
        unit: there.unit.clone(),
        private: there.private,
        deprecated: there.deprecated.clone(),
        ..facts
    }
}

fn kind(there: &Schema, facts: &Schema, shapes: &Shapes) -> SchemaKind {
    match (&there.kind, facts.kind.clone()) {
        (SchemaKind::Ref(id), facts) if same_shape(there, &Schema::new(facts.clone()), shapes) => {
            SchemaKind::Ref(id.clone())
        }
        (SchemaKind::Enum(there), SchemaKind::Enum(facts)) => {
            SchemaKind::Enum(enumeration(there, facts))
        }
        (SchemaKind::Object(there), SchemaKind::Object(facts)) => {
            SchemaKind::Object(object(there, facts, shapes))
        }
        (SchemaKind::UrlEncoded(there), SchemaKind::UrlEncoded(facts)) => {
            SchemaKind::UrlEncoded(object(there, facts, shapes))
        }
        (SchemaKind::List(there), SchemaKind::List(mut facts)) => {
            facts.items = Box::new(schema(&there.items, *facts.items, shapes));
            SchemaKind::List(facts)
        }
        (SchemaKind::Map(there), SchemaKind::Map(facts)) => {
            SchemaKind::Map(Box::new(schema(there, *facts, shapes)))
        }
        (SchemaKind::Json(there), SchemaKind::Json(facts)) => {
            SchemaKind::Json(Box::new(schema(there, *facts, shapes)))
        }
        (SchemaKind::OneOf(there), SchemaKind::OneOf(mut facts)) => {
            for (there, facts) in there.iter().zip(&mut facts) {
                facts.name = there.name.clone();
                facts.object = object(&there.object, std::mem::take(&mut facts.object), shapes);
            }
            SchemaKind::OneOf(facts)
        }
        (_, facts) => facts,
    }
}

fn object(there: &ObjectSchema, facts: ObjectSchema, shapes: &Shapes) -> ObjectSchema {
    ObjectSchema {
        fields: fields(&there.fields, facts.fields, shapes),
        exactly_one: if facts.exactly_one.is_empty() {
            there.exactly_one.clone()
        } else {
            facts.exactly_one
        },
        envelope: facts.envelope.or_else(|| there.envelope.clone()),
    }
}

fn enumeration(there: &EnumSchema, facts: EnumSchema) -> EnumSchema {
    let mut facts = facts;
    facts.closed = there.closed;
    for value in &mut facts.values {
        if let Some(known) = there.values.iter().find(|known| known.value == value.value) {
            value.name.clone_from(&known.name);
            value.label.clone_from(&known.label);
        }
    }
    facts
}
