//! Shared shapes: for each that is used, one file a side, or one for what is the same on both.

use super::Context;
use super::docs;
use super::enums;
use super::error::Problems;
use super::group::{self, Plan};
use super::items::{Group, Place, Products, ShapeFile, SharedShapes, Side};
use super::parts::{self, Payload};
use super::usage::usage;
use crate::model::{Api, Schema, SchemaKind, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn shared(
    context: Context<'_>,
    problems: &mut Problems,
) -> BTreeMap<String, SharedShapes> {
    let usage = usage(context.api);
    let mut all: BTreeMap<String, SharedShapes> = BTreeMap::new();
    for (id, shape) in &context.api.shapes {
        let on = |side| usage.get(&(id.clone(), side)).cloned().unwrap_or_default();
        let anywhere = || -> Products { Side::ALL.into_iter().flat_map(on).collect() };
        match &shape.schema.kind {
            SchemaKind::Object(_) if context.same.contains(id) => {
                let products = anywhere();
                if !products.is_empty() {
                    // Setters are what a request has more than a reply.
                    let mut group = structure(context, id, &shape.schema, Side::Request, problems);
                    group.paged = paged(context.api, id);
                    let files = all.entry(id.product.clone()).or_default();
                    files.both.push(file(id, products, group));
                }
            }
            SchemaKind::Object(_) | SchemaKind::OneOf(_) => {
                for side in Side::ALL {
                    let products = on(side);
                    if !products.is_empty() {
                        let mut group = structure(context, id, &shape.schema, side, problems);
                        if side == Side::Reply {
                            group.paged = paged(context.api, id);
                        }
                        let files = all.entry(id.product.clone()).or_default();
                        let file = file(id, products, group);
                        match side {
                            Side::Request => files.request.push(file),
                            Side::Reply => files.reply.push(file),
                        }
                    }
                }
            }
            SchemaKind::Enum(_) => {
                let products = anywhere();
                if !products.is_empty() {
                    let group = enum_group(id, &shape.schema, problems);
                    let files = all.entry(id.product.clone()).or_default();
                    files.both.push(file(id, products, group));
                }
            }
            _ => {}
        }
    }
    check_modules(&all, problems);
    all
}

/// The list of which a shape is one page, where an operation brings it as such.
fn paged(api: &Api, id: &ShapeId) -> Option<String> {
    let operations = api.paths.values().flat_map(|item| item.operations.values());
    let mut lists = operations
        .filter(|operation| parts::reply(operation) == Payload::Shape(id))
        .filter_map(|operation| operation.paging.as_ref());
    Some(lists.next()?.items.clone())
}

fn file(id: &ShapeId, products: Products, group: Group) -> ShapeFile {
    ShapeFile {
        source: format!("spec/{}", source(id)),
        module: group::shape_module(&id.name),
        name: id.name.clone(),
        products,
        group,
    }
}

fn source(id: &ShapeId) -> String {
    format!("shapes/{}/{}.yaml", id.product, id.name)
}

/// The types of an object, or of a choice between objects, on one side.
fn structure<'a>(
    context: Context<'a>,
    id: &'a ShapeId,
    schema: &'a Schema,
    side: Side,
    problems: &mut Problems,
) -> Group {
    let plan = Plan {
        context,
        place: source(id),
        module: group::shape_module(&id.name),
        root: id.name.clone(),
        side,
        shape: Some(id),
    };
    let docs = docs::shared_type(schema, &id.name);
    let object = match &schema.kind {
        SchemaKind::OneOf(alternatives) => {
            return group::choice(plan, docs, alternatives, problems);
        }
        SchemaKind::Object(object) => object,
        _ => return Group::default(),
    };
    let fields = object.fields.iter().map(|field| (Place::Body, field));
    let members = group::Members {
        fields: fields.collect(),
        file: None,
    };
    group::object(plan, docs, members, &object.exactly_one, problems)
}

fn enum_group(id: &ShapeId, schema: &Schema, problems: &mut Problems) -> Group {
    let mut group = Group {
        module: group::shape_module(&id.name),
        ..Group::default()
    };
    if let SchemaKind::Enum(values) = &schema.kind {
        match enums::item(id.name.clone(), docs::shared_type(schema, &id.name), values) {
            Ok(item) => group.enums.push(item),
            Err(message) => problems.add(source(id), message),
        }
    }
    group
}

/// `Fee` and `FEE` would be one module; `Request` would meet the module of the side.
fn check_modules(all: &BTreeMap<String, SharedShapes>, problems: &mut Problems) {
    for shapes in all.values() {
        let sides = Side::ALL.map(|side| side.module().to_owned());
        for (files, taken) in [
            (&shapes.both, &sides[..]),
            (&shapes.request, &[]),
            (&shapes.reply, &[]),
        ] {
            let mut modules: BTreeSet<String> = taken.iter().cloned().collect();
            for file in files {
                if file.module == "rt" || !modules.insert(file.module.clone()) {
                    problems.add(
                        file.source.as_str(),
                        format!(
                            "the module `{}` is taken: give the shape another name",
                            file.module
                        ),
                    );
                }
            }
        }
    }
}
