//! The names of the types that one request, one reply or one shape brings with it.
//!
//! They stand in one module, with the steps of the request and with the modules of the steps of its objects. A name that is taken is an error
//! until the description gives another, so that a new field never renames a type that is there.

use super::Problems;
use super::field_names::{parts, rust_name};
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::model::{Body, Event, Field, ObjectSchema, Response, Schema, SchemaKind};
use crate::naming;
use std::collections::HashMap;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for call in &survey.operations {
        request(survey, call, problems);
        reply(survey, call, problems);
    }
    for (id, document) in &survey.spec.shapes {
        let mut group = Group::new(survey, document.file, &id.name);
        match &document.content.schema.kind {
            SchemaKind::Object(object) => group.root(&[("", object.fields.as_slice())], true),
            SchemaKind::OneOf(alternatives) => {
                for one in alternatives {
                    group.fields(&one.object.fields, &format!("|{}", one.name), &id.name);
                }
            }
            _ => {}
        }
        problems.extend(group.finish());
    }
    for document in survey.spec.events.values() {
        event(survey, document.file, &document.content, problems);
    }
}

fn request(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let method = call.method.key();
    let root = format!("{}Request", naming::type_name(method));
    let mut group = Group::new(survey, call.file, &root);
    let body = format!("{method}.body");
    let mut places: Vec<(String, &[Field])> = Vec::new();
    if let Some(Body::Object(object)) = &call.operation.body {
        places.push((body, &object.fields));
    }
    for (key, fields) in parts(call) {
        places.push((format!("{method}.{key}"), fields));
    }
    let places: Vec<(&str, &[Field])> = places
        .iter()
        .map(|(at, fields)| (at.as_str(), *fields))
        .collect();
    group.root(&places, true);
    problems.extend(group.finish());
}

/// All bodies of success are one, or another rule has reported it: the first is looked at.
fn reply(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let method = call.method.key();
    let root = format!("{}Reply", naming::type_name(method));
    for (status, response) in &call.operation.responses {
        if let Response::Body(Body::Object(ObjectSchema { fields, .. })) = response {
            let mut group = Group::new(survey, call.file, &root);
            group.root(&[(&format!("{method}.{status}"), fields)], false);
            problems.extend(group.finish());
            return;
        }
    }
}

fn event(survey: &Survey<'_>, file: FileId, event: &Event, problems: &mut Problems) {
    for (index, variant) in event.variants.iter().enumerate() {
        if let Body::Object(object) = &variant.body {
            let root = variant.name.as_deref().unwrap_or("Resource");
            let mut group = Group::new(survey, file, root);
            group.root(&[(&format!("variants.{index}"), &object.fields)], false);
            problems.extend(group.finish());
        }
    }
}

/// What stands in one module.
struct Group<'s, 'a> {
    survey: &'s Survey<'a>,
    file: FileId,
    root: String,
    /// Types, and the steps of the root.
    types: HashMap<String, (String, Span)>,
    /// The modules of the objects' steps.
    modules: HashMap<String, (String, Span)>,
    problems: Problems,
}

impl<'s, 'a> Group<'s, 'a> {
    fn new(survey: &'s Survey<'a>, file: FileId, root: &str) -> Self {
        Self {
            survey,
            file,
            root: root.to_owned(),
            types: HashMap::new(),
            modules: HashMap::new(),
            problems: Vec::new(),
        }
    }

    fn finish(self) -> Problems {
        self.problems
    }

    /// The fields of the root itself, by where they stand. Those of a request have steps.
    fn root(&mut self, places: &[(&str, &[Field])], steps: bool) {
        for (pointer, fields) in places {
            for field in fields.iter().filter(|field| steps && field.required) {
                let at = self
                    .survey
                    .place(self.file, &format!("{pointer}.{}", field.name));
                let step = format!("Needs{}", naming::type_name(&rust_name(field)));
                let what = format!("the step of the required field `{}`", field.name);
                self.types.insert(step, (what, at));
            }
        }
        for (pointer, fields) in places {
            let root = self.root.clone();
            self.fields(fields, pointer, &root);
        }
    }

    fn fields(&mut self, fields: &[Field], pointer: &str, parent: &str) {
        for field in fields {
            let at = format!("{pointer}.{}", field.name);
            self.value(&field.schema, &at, &field.name, parent, false);
        }
    }

    /// A value, and whether it is one of several that a list or a map holds.
    fn value(&mut self, schema: &Schema, pointer: &str, field: &str, parent: &str, item: bool) {
        match &schema.kind {
            SchemaKind::Object(object) | SchemaKind::UrlEncoded(object) => {
                let name = self.take(schema, pointer, field, parent, item);
                self.fields(&object.fields, pointer, &name);
            }
            SchemaKind::OneOf(alternatives) => {
                let name = self.take(schema, pointer, field, parent, item);
                for one in alternatives {
                    self.fields(
                        &one.object.fields,
                        &format!("{pointer}|{}", one.name),
                        &name,
                    );
                }
            }
            SchemaKind::Enum(_) => {
                self.take(schema, pointer, field, parent, item);
            }
            SchemaKind::List(list) => {
                self.value(&list.items, &format!("{pointer}[]"), field, parent, true)
            }
            SchemaKind::Map(values) => {
                self.value(values, &format!("{pointer}{{}}"), field, parent, true)
            }
            SchemaKind::Json(inner) => {
                self.value(inner, &format!("{pointer}~"), field, parent, item)
            }
            _ => {}
        }
    }

    /// Takes the type's name, and that of the module of its steps.
    fn take(
        &mut self,
        schema: &Schema,
        pointer: &str,
        field: &str,
        parent: &str,
        item: bool,
    ) -> String {
        let name = match &schema.type_name {
            Some(name) => name.clone(),
            None => naming::nested_type_name(field, item),
        };
        let span = self.survey.place(self.file, &format!("{pointer}#name"));
        let what = format!("the type of `{}`", pointer.trim_start_matches('.'));
        let help = format!(
            "give this type another name: `name: {}`",
            longer(parent, &self.root, &name)
        );
        if name == self.root || name == "Rt" {
            let message =
                format!("{what} would be called `{name}`, as another thing is in its module");
            self.problems
                .push(Diagnostic::error("name-clash", span, message).help(help));
            return name;
        }
        if let Some((other, first)) = self.types.insert(name.clone(), (what.clone(), span)) {
            let message = format!("two things would be called `{name}`: {other} and {what}");
            let problem =
                Diagnostic::error("name-clash", span, message).also(first, "the other one");
            self.problems.push(problem.help(help));
            return name;
        }
        let module = naming::field_name(&name);
        let steps = matches!(&schema.kind, SchemaKind::Object(object) if object.fields.iter().any(|field| field.required));
        if steps
            && let Some((other, first)) = self.modules.insert(module.clone(), (name.clone(), span))
        {
            let message =
                format!("the types `{other}` and `{name}` would have one module, `{module}`");
            let problem =
                Diagnostic::error("name-clash", span, message).also(first, "the other one");
            self.problems.push(problem.help(help));
        }
        name
    }
}

/// A name with the parent's before it, unless the parent is the root.
fn longer(parent: &str, root: &str, name: &str) -> String {
    if parent == root {
        format!("{name}Info")
    } else {
        format!("{parent}{name}")
    }
}
