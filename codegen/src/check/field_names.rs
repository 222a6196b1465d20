//! Fields that would have one name in Rust: those of an object, and those of a request, wherever they travel.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::model::Field;
use crate::naming;
use crate::numbered;
use std::collections::HashMap;

/// The parts of a request beside its body: key and fields.
pub(super) fn parts<'a>(call: &Call<'a>) -> Vec<(&'static str, &'a [Field])> {
    let operation = call.operation;
    let mut parts: Vec<(&'static str, &[Field])> = vec![
        ("query", &operation.query),
        ("headers", &operation.headers),
        ("form", &operation.form),
    ];
    if let Some(upload) = &operation.upload {
        parts.push(("upload", &upload.fields));
    }
    parts
}

/// The fields that a request consists of: those of the body itself, and of the parts beside it.
pub(super) fn of_request<'a>(survey: &Survey<'a>, call: &Call<'a>) -> Vec<&'a Field> {
    let body = call.operation.body.as_ref();
    let object = body.and_then(|body| survey.members(body));
    let body = object.into_iter().flat_map(|object| &object.fields);
    let parts = parts(call).into_iter().flat_map(|(_, fields)| fields);
    body.chain(parts).collect()
}

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for object in &survey.objects {
        let mut names = Names::default();
        names.take(
            survey,
            object.at.file,
            &object.pointer,
            &object.object.fields,
            problems,
        );
    }
    for call in &survey.operations {
        request(survey, call, problems);
    }
}

/// The fields of a body have been compared with each other as the members of an object.
fn request(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let mut names = Names::default();
    let method = call.method.key();
    if let Some(body) = &call.operation.body
        && let Some(object) = survey.members(body)
    {
        let mut known = Vec::new();
        names.take(
            survey,
            call.file,
            &format!("{method}.body"),
            &object.fields,
            &mut known,
        );
    }
    for (key, fields) in parts(call) {
        names.take(
            survey,
            call.file,
            &format!("{method}.{key}"),
            fields,
            problems,
        );
    }
}

#[derive(Default)]
struct Names<'a> {
    taken: HashMap<String, (&'a str, Span)>,
}

impl<'a> Names<'a> {
    fn take(
        &mut self,
        survey: &Survey<'_>,
        file: FileId,
        pointer: &str,
        fields: &'a [Field],
        problems: &mut Problems,
    ) {
        for (name, field) in named(fields) {
            let span = survey.place(file, &format!("{pointer}.{}", field.name));
            if name == "new" {
                problems.push(
                    Diagnostic::error(
                        "name-clash",
                        span,
                        "a field called `new` would hide the function that begins a value",
                    )
                    .help("give it another name in Rust: `as: fresh`"),
                );
            }
            if let Some((other, first)) = self.taken.insert(name.clone(), (&field.name, span)) {
                let message = if other == field.name {
                    format!("two fields of one request are called `{other}`")
                } else {
                    format!(
                        "the fields `{other}` and `{}` would both be `{name}` in Rust",
                        field.name
                    )
                };
                problems.push(
                    Diagnostic::error("name-clash", span, message)
                        .also(first, "the other field")
                        .help("give one of them another name in Rust: `as: another_name`"),
                );
            }
        }
    }
}

/// The fields with their names in Rust; those that share an index stand together under the name of their list.
fn named(fields: &[Field]) -> Vec<(String, &Field)> {
    let plain = fields.iter().filter(|field| !field.name.contains('$'));
    let mut named: Vec<_> = plain.map(|field| (rust_name(field), field)).collect();
    if let Some(list) = numbered::group(fields.iter(), 0) {
        named.extend(list.fields.first().map(|first| (list.name.clone(), *first)));
    }
    named
}

/// The name of a field in Rust.
pub(super) fn rust_name(field: &Field) -> String {
    match &field.rename {
        Some(name) => name.clone(),
        None => naming::field_name(&field.name),
    }
}
