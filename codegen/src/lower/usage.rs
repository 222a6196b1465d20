//! Which shared shapes are used, on which side, by the operations of which products.

use super::items::{Products, Side};
use super::parts::{self, Payload};
use crate::model::{Api, Schema, SchemaKind, ShapeId};
use std::collections::BTreeMap;

/// The products that use a shape on a side.
pub(super) type Usage = BTreeMap<(ShapeId, Side), Products>;

/// Looks through all operations, and through the shapes that they use.
pub(super) fn usage(api: &Api) -> Usage {
    let mut usage = Usage::new();
    for item in api.paths.values() {
        for operation in item.operations.values() {
            let request = parts::request(api, operation);
            let reply = parts::reply(operation);
            for (payload, side) in [(request, Side::Request), (reply, Side::Reply)] {
                each_in_payload(&payload, &mut |id| {
                    add(api, &mut usage, id, side, &item.product);
                });
            }
        }
    }
    usage
}

fn add(api: &Api, usage: &mut Usage, id: &ShapeId, side: Side, product: &str) {
    let products = usage.entry((id.clone(), side)).or_default();
    if !products.insert(product.to_owned()) {
        return;
    }
    if let Some(shape) = api.shapes.get(id) {
        each_ref(&shape.schema, true, &mut |id| {
            add(api, usage, id, side, product);
        });
    }
}

fn each_in_payload<'a>(payload: &Payload<'a>, visit: &mut dyn FnMut(&'a ShapeId)) {
    match payload {
        Payload::None | Payload::File => {}
        Payload::Shape(id) => visit(id),
        Payload::Value(schema) => each_ref(schema, true, visit),
        Payload::Object { fields, .. } => {
            for (_, field) in fields {
                each_ref(&field.schema, true, visit);
            }
        }
    }
}

/// Shows the shapes that a schema names; with `all` also those in lists and maps, which hold their items behind a pointer.
pub(super) fn each_ref<'a>(schema: &'a Schema, all: bool, visit: &mut dyn FnMut(&'a ShapeId)) {
    match &schema.kind {
        SchemaKind::Ref(id) => visit(id),
        SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
            for field in &object.fields {
                each_ref(&field.schema, all, visit);
            }
        }
        SchemaKind::OneOf(alternatives) => {
            let members = alternatives.iter().flat_map(|one| &one.object.fields);
            for field in members {
                each_ref(&field.schema, all, visit);
            }
        }
        SchemaKind::List(list) if all => each_ref(&list.items, all, visit),
        SchemaKind::Map(values) if all => each_ref(values, all, visit),
        SchemaKind::Json(inner) => each_ref(inner, all, visit),
        _ => {}
    }
}
