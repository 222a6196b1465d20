//! What makes two schemas the same shape: members, types, rules, which members are required; not labels, examples, units, names in Rust.

use crate::model::{Field, ObjectSchema, Schema, SchemaKind, Shape, ShapeId};
use std::collections::BTreeMap;

/// Shapes nest no deeper than this; a cycle ends here.
const DEPTH: usize = 16;

/// A text that is the same for two schemas exactly if they are the same shape. What is said where a shape is used (whether it may be null,
/// is confirmed, has a default) is not part of it.
pub(super) fn fingerprint(schema: &Schema, shapes: &BTreeMap<ShapeId, Shape>) -> String {
    let bare = Schema::new(bare_kind(&schema.kind, shapes, DEPTH));
    format!("{:?}", bare.kind)
}

fn bare(schema: &Schema, shapes: &BTreeMap<ShapeId, Shape>, depth: usize) -> Schema {
    Schema {
        default: schema.default.clone(),
        nullable: schema.nullable,
        sensitive: schema.sensitive,
        unconfirmed: schema.unconfirmed,
        deprecated: schema.deprecated.clone(),
        cdata: schema.cdata,
        ..Schema::new(bare_kind(&schema.kind, shapes, depth))
    }
}

fn bare_kind(kind: &SchemaKind, shapes: &BTreeMap<ShapeId, Shape>, depth: usize) -> SchemaKind {
    let mut kind = kind.clone();
    match &mut kind {
        SchemaKind::Ref(id) => {
            if let Some(shape) = shapes.get(id).filter(|_| depth > 0) {
                return bare_kind(&shape.schema.kind, shapes, depth - 1);
            }
        }
        SchemaKind::Enum(values) => {
            for value in &mut values.values {
                value.name = None;
                value.label = None;
            }
            values
                .values
                .sort_by_key(|value| format!("{:?}", value.value));
        }
        SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
            bare_object(object, shapes, depth)
        }
        SchemaKind::List(list) => *list.items = bare(&list.items, shapes, depth),
        SchemaKind::Map(inner) | SchemaKind::Json(inner) => **inner = bare(inner, shapes, depth),
        SchemaKind::OneOf(alternatives) => {
            for one in alternatives {
                one.label = None;
                bare_object(&mut one.object, shapes, depth);
            }
        }
        _ => {}
    }
    kind
}

fn bare_object(object: &mut ObjectSchema, shapes: &BTreeMap<ShapeId, Shape>, depth: usize) {
    object.fields = object
        .fields
        .iter()
        .map(|field| Field {
            name: field.name.clone(),
            rename: None,
            required: field.required,
            schema: bare(&field.schema, shapes, depth),
        })
        .collect();
    object
        .fields
        .sort_by(|one, other| one.name.cmp(&other.name));
}

/// How many schemas there are in one, itself included.
pub(super) fn size(schema: &Schema) -> usize {
    let of_fields = |object: &ObjectSchema| {
        object
            .fields
            .iter()
            .map(|field| size(&field.schema))
            .sum::<usize>()
    };
    1 + match &schema.kind {
        SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => of_fields(object),
        SchemaKind::List(list) => size(&list.items),
        SchemaKind::Map(inner) | SchemaKind::Json(inner) => size(inner),
        SchemaKind::OneOf(alternatives) => {
            alternatives.iter().map(|one| of_fields(&one.object)).sum()
        }
        _ => 0,
    }
}
