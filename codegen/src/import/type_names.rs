//! Names for types described in place, where two in one request, reply or shape would be called alike: the second gets its parent's first.

use super::report::{ReportEntry, ReportKind};
use crate::model::{
    Body, Field, Method, ObjectSchema, Operation, PathItem, Response, Schema, SchemaKind, Shape,
    ShapeId,
};
use crate::naming;
use std::collections::BTreeSet;

/// Proposes names for the operations of a path.
pub(super) fn of_path(item: &mut PathItem, entries: &mut Vec<ReportEntry>) {
    let file = naming::spec_file(item);
    for (method, operation) in &mut item.operations {
        request(&file, *method, operation, entries);
        replies(&file, *method, operation, entries);
    }
}

/// Proposes names for a shared shape.
pub(super) fn of_shape(id: &ShapeId, shape: &mut Shape, entries: &mut Vec<ReportEntry>) {
    let file = format!("shapes/{}/{}.yaml", id.product, id.name);
    let mut module = Module::new(&file, &id.name, entries);
    match &mut shape.schema.kind {
        SchemaKind::Object(object) => {
            module.take_steps(&object.fields);
            module.fields(&mut object.fields, "", None);
        }
        SchemaKind::OneOf(alternatives) => {
            for one in alternatives {
                module.fields(&mut one.object.fields, "", None);
            }
        }
        _ => {}
    }
}

fn request(file: &str, method: Method, operation: &mut Operation, entries: &mut Vec<ReportEntry>) {
    let root = format!("{}Request", naming::type_name(method.key()));
    let mut module = Module::new(file, &root, entries);
    let mut parts: Vec<(&str, &mut Vec<Field>)> = Vec::new();
    if let Some(Body::Object(ObjectSchema { fields, .. })) = &mut operation.body {
        parts.push(("body", fields));
    }
    parts.push(("query", &mut operation.query));
    parts.push(("headers", &mut operation.headers));
    parts.push(("form", &mut operation.form));
    if let Some(upload) = &mut operation.upload {
        parts.push(("upload", &mut upload.fields));
    }
    for (_, fields) in &parts {
        module.take_steps(fields);
    }
    for (part, fields) in parts {
        module.fields(fields, &format!("{}.{part}", method.key()), None);
    }
}

fn replies(file: &str, method: Method, operation: &mut Operation, entries: &mut Vec<ReportEntry>) {
    let root = format!("{}Reply", naming::type_name(method.key()));
    for (status, response) in &mut operation.responses {
        if let Response::Body(Body::Object(object)) = response {
            let mut module = Module::new(file, &root, entries);
            module.fields(
                &mut object.fields,
                &format!("{}.{status}", method.key()),
                None,
            );
        }
    }
}

/// The names that stand beside one another.
struct Module<'a> {
    file: &'a str,
    types: BTreeSet<String>,
    modules: BTreeSet<String>,
    entries: &'a mut Vec<ReportEntry>,
}

/// A value that may need a type of its own.
struct Place<'a> {
    pointer: String,
    field: &'a str,
    /// The type around it; none at the root.
    parent: Option<&'a str>,
    /// Whether it is one of several that a list or a map holds.
    item: bool,
}

impl<'a> Module<'a> {
    fn new(file: &'a str, root: &str, entries: &'a mut Vec<ReportEntry>) -> Self {
        Self {
            file,
            types: BTreeSet::from([root.to_owned(), "Rt".to_owned()]),
            modules: BTreeSet::new(),
            entries,
        }
    }

    /// The steps of the root's required fields are types too.
    fn take_steps(&mut self, fields: &[Field]) {
        for field in fields.iter().filter(|field| field.required) {
            let own = field
                .rename
                .clone()
                .unwrap_or_else(|| naming::field_name(&field.name));
            self.types
                .insert(format!("Needs{}", naming::type_name(&own)));
        }
    }

    fn fields(&mut self, fields: &mut [Field], pointer: &str, parent: Option<&str>) {
        for field in fields {
            let place = Place {
                pointer: format!("{pointer}.{}", field.name),
                field: &field.name,
                parent,
                item: false,
            };
            self.value(&mut field.schema, &place);
        }
    }

    fn value(&mut self, schema: &mut Schema, place: &Place<'_>) {
        let needs_type = matches!(
            schema.kind,
            SchemaKind::Object(_)
                | SchemaKind::UrlEncoded(_)
                | SchemaKind::OneOf(_)
                | SchemaKind::Enum(_)
        );
        let name = if needs_type {
            Some(self.name(schema, place))
        } else {
            None
        };
        let parent = name.as_deref().or(place.parent);
        match &mut schema.kind {
            SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
                self.fields(&mut object.fields, &place.pointer, parent);
            }
            SchemaKind::OneOf(alternatives) => {
                for one in alternatives {
                    let pointer = format!("{}.{}", place.pointer, one.name);
                    self.fields(&mut one.object.fields, &pointer, parent);
                }
            }
            SchemaKind::List(list) => self.value(&mut list.items, &place.inside(true)),
            SchemaKind::Map(values) => self.value(values, &place.inside(true)),
            SchemaKind::Json(inner) => self.value(inner, &place.inside(place.item)),
            _ => {}
        }
    }

    /// The name of a type; where its own is taken, the schema says the one proposed.
    fn name(&mut self, schema: &mut Schema, place: &Place<'_>) -> String {
        let own = match &schema.type_name {
            Some(name) => name.clone(),
            None => naming::nested_type_name(place.field, place.item),
        };
        if self.take(&own) {
            return own;
        }
        let Some(name) = proposals(&own, place).find(|name| self.take(name)) else {
            return own;
        };
        self.entries.push(ReportEntry {
            file: self.file.to_owned(),
            kind: ReportKind::Proposed,
            place: place.pointer.trim_start_matches('.').to_owned(),
            fact: format!("another type is called {own} already"),
            chosen: format!("name: {name}"),
            why: "the types of one request, reply or shape stand side by side".into(),
        });
        schema.type_name = Some(name.clone());
        name
    }

    fn take(&mut self, name: &str) -> bool {
        let module = naming::field_name(name);
        if self.types.contains(name) || self.modules.contains(&module) {
            return false;
        }
        self.types.insert(name.to_owned());
        self.modules.insert(module);
        true
    }
}

impl Place<'_> {
    fn inside(&self, item: bool) -> Self {
        Self {
            pointer: self.pointer.clone(),
            field: self.field,
            parent: self.parent,
            item,
        }
    }
}

/// Names for a type whose own is taken: with the parent's first, else by what it is; at last numbered.
fn proposals(own: &str, place: &Place<'_>) -> impl Iterator<Item = String> {
    let parent = place.parent.filter(|parent| *parent != own);
    let longer = parent.map(|parent| format!("{parent}{own}"));
    let kind = format!("{own}{}", if place.item { "Item" } else { "Value" });
    let own = own.to_owned();
    let numbered = (2..).map(move |number| format!("{own}{number}"));
    longer.into_iter().chain([kind]).chain(numbered)
}
