//! Which shared shapes are the same in requests and in replies, and so need one type alone.
//!
//! What differs between the sides is what a required member is: set in a step there, `Option` with an accessor here. So a shape
//! is the same where nothing is required, in it or in what it holds. That depends on its description alone, not on who uses it.

use crate::model::{Api, Schema, SchemaKind, ShapeId};
use std::collections::BTreeSet;

/// Those that are the same. Enumerations are so always, and not among them.
pub(super) fn same_on_both_sides(api: &Api) -> BTreeSet<ShapeId> {
    let objects = api.shapes.iter();
    let objects = objects.filter(|(_, shape)| matches!(shape.schema.kind, SchemaKind::Object(_)));
    let mut same: BTreeSet<ShapeId> = objects.map(|(id, _)| id.clone()).collect();
    // One that turns out to differ takes those along that hold it.
    loop {
        let stays = |id: &&ShapeId| {
            let shape = api.shapes.get(id);
            shape.is_some_and(|shape| is_same(api, &shape.schema, &same))
        };
        let left: BTreeSet<ShapeId> = same.iter().filter(stays).cloned().collect();
        if left.len() == same.len() {
            return same;
        }
        same = left;
    }
}

fn is_same(api: &Api, schema: &Schema, same: &BTreeSet<ShapeId>) -> bool {
    match &schema.kind {
        SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
            let mut fields = object.fields.iter();
            object.exactly_one.is_empty()
                && fields.all(|field| !field.required && is_same(api, &field.schema, same))
        }
        SchemaKind::OneOf(_) => false,
        SchemaKind::List(list) => is_same(api, &list.items, same),
        SchemaKind::Map(values) => is_same(api, values, same),
        SchemaKind::Json(inner) => is_same(api, inner, same),
        SchemaKind::Ref(id) => same.contains(id) || is_enumeration(api, id),
        _ => true,
    }
}

fn is_enumeration(api: &Api, id: &ShapeId) -> bool {
    let shape = api.shapes.get(id);
    shape.is_some_and(|shape| matches!(shape.schema.kind, SchemaKind::Enum(_)))
}
