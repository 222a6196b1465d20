//! The types of one request, reply or shared shape: the root, and what is nested in it, level by level.

mod choice;
mod clashes;
mod numbered;

pub(super) use choice::choice;

use super::Context;
use super::enums;
use super::error::Problems;
use super::fields;
use super::items::{
    ChoiceItem, Docs, EnumItem, FieldItem, Group, Known, ObjectItem, Place, Side, TypeItem, TypeRef,
};
use super::names::Names;
use crate::model::{Field, ObjectSchema, Schema, SchemaKind, ShapeId, TextSchema};
use crate::naming;
use crate::numbered::{group, is_numbered};
use std::collections::{BTreeSet, VecDeque};

/// What a group is built for.
pub(super) struct Plan<'a> {
    pub(super) context: Context<'a>,
    /// The operation or shape, for errors.
    pub(super) place: String,
    /// The module of what is nested.
    pub(super) module: String,
    /// The name of the root's type.
    pub(super) root: String,
    pub(super) side: Side,
    /// The shape that the group is about: what holds it again needs a `Box`.
    pub(super) shape: Option<&'a ShapeId>,
}

/// The members of an object with their places.
pub(super) struct Members<'a> {
    pub(super) fields: Vec<(Place, &'a Field)>,
    /// The part that a file is uploaded in.
    pub(super) file: Option<&'a str>,
}

/// Builds a group around an object.
pub(super) fn object<'a>(
    plan: Plan<'a>,
    docs: Docs,
    members: Members<'a>,
    exactly_one: &[Vec<String>],
    problems: &mut Problems,
) -> Group {
    let mut builder = Builder::new(plan, problems);
    let name = builder.plan.root.clone();
    let mut root = builder.members("", members.fields, 0);
    root.extend(members.file.map(fields::file));
    let root = builder.item(name, docs, root, exactly_one);
    builder.nested();
    builder.finish(Some(root))
}

/// Builds the types that a value needs which is no object: a list of objects, say.
pub(super) fn value<'a>(
    plan: Plan<'a>,
    schema: &'a Schema,
    problems: &mut Problems,
) -> (TypeItem, Group) {
    let mut builder = Builder::new(plan, problems);
    let ty = builder.type_of(
        schema,
        Spot {
            field: "item",
            path: "",
            item: false,
        },
    );
    builder.nested();
    (ty, builder.finish(None))
}

/// Where a type is wanted: the field's name, the place in the description.
#[derive(Clone, Copy)]
struct Spot<'s> {
    field: &'s str,
    path: &'s str,
    item: bool,
}

struct Builder<'a, 'p> {
    plan: Plan<'a>,
    names: Names,
    open: VecDeque<(String, String, Docs, &'a ObjectSchema)>,
    objects: Vec<ObjectItem>,
    enums: Vec<EnumItem>,
    choices: Vec<ChoiceItem>,
    problems: &'p mut Problems,
}

impl<'a, 'p> Builder<'a, 'p> {
    fn new(plan: Plan<'a>, problems: &'p mut Problems) -> Self {
        Self {
            names: Names::new(&plan.root),
            plan,
            open: VecDeque::new(),
            objects: Vec::new(),
            enums: Vec::new(),
            choices: Vec::new(),
            problems,
        }
    }

    fn finish(mut self, root: Option<ObjectItem>) -> Group {
        let group = Group {
            module: self.plan.module.clone(),
            root,
            paged: None,
            objects: std::mem::take(&mut self.objects),
            enums: std::mem::take(&mut self.enums),
            choices: std::mem::take(&mut self.choices),
        };
        self.check_names(&group);
        group
    }

    fn nested(&mut self) {
        while let Some((name, path, docs, object)) = self.open.pop_front() {
            let members = object.fields.iter().map(|field| (Place::Body, field));
            let fields = self.members(&path, members.collect(), 0);
            let item = self.item(name, docs, fields, &object.exactly_one);
            self.objects.push(item);
        }
    }

    fn item(
        &self,
        name: String,
        docs: Docs,
        fields: Vec<FieldItem>,
        groups: &[Vec<String>],
    ) -> ObjectItem {
        ObjectItem {
            name,
            side: self.plan.side,
            docs,
            fields,
            exactly_one: groups.to_vec(),
        }
    }

    /// The members of an object; so many indices of numbered fields are known around them.
    fn members(
        &mut self,
        path: &str,
        members: Vec<(Place, &'a Field)>,
        level: usize,
    ) -> Vec<FieldItem> {
        let mut names = BTreeSet::new();
        let mut items: Vec<FieldItem> = Vec::new();
        let mut list = group(members.iter().map(|(_, field)| *field), level);
        for (place, field) in members {
            if is_numbered(field, level) {
                if let Some(list) = list.take() {
                    names.insert(list.name.clone());
                    items.push(self.numbered(path, place, list, level));
                }
                continue;
            }
            let path = match path {
                "" => field.name.clone(),
                path => format!("{path}.{}", field.name),
            };
            let spot = Spot {
                field: &field.name,
                path: &path,
                item: false,
            };
            let ty = self.type_of(&field.schema, spot);
            let item = fields::item(field, place, ty);
            if !names.insert(item.name.clone()) {
                let message = format!(
                    "another field is called `{}` in Rust too: give one of them `as`",
                    item.name
                );
                self.problem(&path, message);
            }
            if item.name == "new" && self.plan.side == Side::Request {
                self.problem(
                    &path,
                    "no field can be called `new` in Rust, which begins a request: give it `as`"
                        .to_owned(),
                );
            }
            items.push(item);
        }
        items
    }

    fn nested_object(
        &mut self,
        schema: &'a Schema,
        object: &'a ObjectSchema,
        spot: Spot<'_>,
    ) -> TypeItem {
        let name = self.name(schema, spot);
        let docs = super::docs::nested_type(schema, spot.path);
        self.open
            .push_back((name.clone(), spot.path.to_owned(), docs, object));
        TypeItem::Named(TypeRef::Nested(name))
    }

    fn type_of(&mut self, schema: &'a Schema, spot: Spot<'_>) -> TypeItem {
        match &schema.kind {
            SchemaKind::Text(_) if schema.sensitive => TypeItem::Sensitive,
            SchemaKind::Text(text) => text_type(text),
            SchemaKind::Integer(_) => TypeItem::Integer,
            SchemaKind::Number(number) if fields::is_whole(number) => TypeItem::Integer,
            SchemaKind::Number(_) => TypeItem::Number,
            SchemaKind::Boolean => TypeItem::Boolean,
            SchemaKind::Enum(values) => {
                let name = self.name(schema, spot);
                let docs = super::docs::nested_type(schema, spot.path);
                match enums::item(name.clone(), docs, values) {
                    Ok(item) => self.enums.push(item),
                    Err(message) => self.problem(spot.path, message),
                }
                TypeItem::Named(TypeRef::Nested(name))
            }
            SchemaKind::Object(object) if object.fields.is_empty() => TypeItem::Json,
            SchemaKind::Object(object) => self.nested_object(schema, object, spot),
            SchemaKind::UrlEncoded(object) => {
                TypeItem::UrlEncoded(Box::new(self.nested_object(schema, object, spot)))
            }
            SchemaKind::OneOf(alternatives) => {
                let name = self.name(schema, spot);
                let docs = super::docs::nested_type(schema, spot.path);
                self.choice(name.clone(), docs, alternatives, spot.path);
                TypeItem::Named(TypeRef::Nested(name))
            }
            SchemaKind::List(list) => {
                let item = self.type_of(&list.items, Spot { item: true, ..spot });
                TypeItem::List(Box::new(unboxed(item)))
            }
            SchemaKind::Map(values) => {
                let item = self.type_of(values, Spot { item: true, ..spot });
                TypeItem::Map(Box::new(unboxed(item)))
            }
            SchemaKind::Json(inner) => TypeItem::JsonText(Box::new(self.type_of(inner, spot))),
            SchemaKind::Ref(id) => self.shared(id, spot),
            SchemaKind::Any => TypeItem::Json,
        }
    }

    fn shared(&mut self, id: &'a ShapeId, spot: Spot<'_>) -> TypeItem {
        let kind = self
            .plan
            .context
            .api
            .shapes
            .get(id)
            .map(|shape| &shape.schema.kind);
        match kind {
            Some(SchemaKind::Object(_) | SchemaKind::OneOf(_)) => {
                let name = self.plan.context.shared(id, self.plan.side);
                let cycle = self
                    .plan
                    .shape
                    .is_some_and(|own| self.plan.context.cycles.holds(id, own));
                if cycle {
                    TypeItem::Boxed(name)
                } else {
                    TypeItem::Named(name)
                }
            }
            Some(SchemaKind::Enum(_)) => TypeItem::Named(TypeRef::Both(id.clone())),
            Some(_) => {
                self.problem(
                    spot.path,
                    format!(
                        "the shape {id} is neither an object, nor an enumeration, nor a choice"
                    ),
                );
                TypeItem::Json
            }
            None => {
                self.problem(
                    spot.path,
                    format!(
                        "there is no shape {id}: write shapes/{}/{}.yaml",
                        id.product, id.name
                    ),
                );
                TypeItem::Json
            }
        }
    }

    fn name(&mut self, schema: &Schema, spot: Spot<'_>) -> String {
        let derived = || naming::nested_type_name(spot.field, spot.item);
        let name = schema.type_name.clone().unwrap_or_else(derived);
        if !self.names.take(&name) {
            self.problem(
                spot.path,
                format!("another type here is called `{name}`: give this one another `name`"),
            );
        }
        name
    }

    fn problem(&mut self, path: &str, message: String) {
        let place = format!("{}: {path}", self.plan.place);
        self.problems.add(place.trim_end_matches(": "), message);
    }
}

fn unboxed(item: TypeItem) -> TypeItem {
    match item {
        TypeItem::Boxed(name) => TypeItem::Named(name),
        item => item,
    }
}

fn text_type(text: &TextSchema) -> TypeItem {
    match text.format.as_deref() {
        Some("rfc3339") => TypeItem::Known(Known::DateTime),
        Some("date") => TypeItem::Known(Known::Date),
        Some("yyyyMMddHHmmss") => TypeItem::Known(Known::CompactDateTime),
        _ => TypeItem::Text,
    }
}

/// The name of a shared shape's module.
pub(super) fn shape_module(name: &str) -> String {
    naming::field_name(name)
}
