//! Departures from the facts: each names a place that exists, and says what is still so.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, FileId, Span};
use crate::model::{
    Body, Deviation, EnumSchema, Field, Literal, ObjectSchema, Response, Schema, SchemaKind,
};

/// What a deviation speaks of.
enum Target<'a> {
    Operation(Call<'a>),
    Field(&'a Field),
    /// What a list holds.
    Item(&'a Schema),
}

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let Some(document) = survey.spec.deviations.document() else {
        return;
    };
    for (index, deviation) in document.content.iter().enumerate() {
        one(survey, document.file, index, deviation, problems);
        if document
            .content
            .iter()
            .take(index)
            .any(|other| other == deviation)
        {
            let span = survey.place(document.file, &format!(".{index}"));
            problems.push(
                Diagnostic::error(
                    "duplicate-deviation",
                    span,
                    "this deviation stands here twice",
                )
                .help("remove one of the two"),
            );
        }
    }
}

fn one(
    survey: &Survey<'_>,
    file: FileId,
    index: usize,
    deviation: &Deviation,
    problems: &mut Problems,
) {
    let place = |key: &str| survey.place(file, &format!(".{index}#{key}"));
    let call = survey
        .operations
        .iter()
        .find(|call| name_of(call) == deviation.operation);
    let Some(call) = call else {
        if survey.spec.complete {
            let names: Vec<String> = survey.operations.iter().map(name_of).collect();
            problems.push(
                Diagnostic::error("stale-deviation", place("operation"), format!("there is no operation `{}`", deviation.operation))
                    .near_miss(&deviation.operation, names.iter().map(String::as_str))
                    .help("write the method and the path: `POST /v3/pay/transactions/jsapi`; remove the deviation if the operation is gone"),
            );
        }
        return;
    };
    if deviation.places.is_empty() {
        at(survey, *call, deviation, "", &place, problems);
    }
    for name in &deviation.places {
        at(survey, *call, deviation, name, &place, problems);
    }
}

/// What an entry says of one place.
fn at(
    survey: &Survey<'_>,
    call: Call<'_>,
    deviation: &Deviation,
    name: &str,
    place: &impl Fn(&str) -> Span,
    problems: &mut Problems,
) {
    let absent = deviation.ours == "absent";
    match (find(survey, call, name), absent) {
        (None, true) => {}
        (Some(_), true) => problems.push(
            Diagnostic::error("stale-deviation", place("ours"), format!("`{name}` is described, so it is not absent"))
                .help("remove the deviation, or the field"),
        ),
        (None, false) => problems.push(
            Diagnostic::error("stale-deviation", place("place"), format!("`{}` has no place `{name}`", deviation.operation))
                .help("a place is `body`, `query`, `headers`, `params` or a status and the names of fields from there, as in `body.detail.seq`; lists, maps and shared shapes are passed through, `[]` speaks of a list's items"),
        ),
        // That it says nothing has been reported already.
        (Some(_), false) if deviation.ours.is_empty() => {}
        (Some(target), false) => {
            if let Err(actual) = holds(&target, &deviation.ours) {
                problems.push(
                    Diagnostic::error("stale-deviation", place("ours"), format!("`{}` does not hold any more", deviation.ours))
                        .label(actual)
                        .help("correct the deviation, or remove it if the description agrees with the facts again; `ours` is `required`, `optional`, `present`, `absent`, or an attribute and its value: `\"max: 32\"`"),
                );
            }
        }
    }
}

fn name_of(call: &Call<'_>) -> String {
    format!("{} {}", call.method.as_str(), call.item.path.as_str())
}

fn find<'a>(survey: &Survey<'a>, call: Call<'a>, place: &str) -> Option<Target<'a>> {
    if place.is_empty() {
        return Some(Target::Operation(call));
    }
    let (place, item) = match place.strip_suffix("[]") {
        Some(list) => (list, true),
        None => (place, false),
    };
    let (root, rest) = place.split_once('.')?;
    let operation = call.operation;
    let mut fields: Vec<&'a Field> = match root {
        "body" => members(survey, operation.body.as_ref()?)?,
        "query" => operation.query.iter().collect(),
        "headers" => operation.headers.iter().collect(),
        "form" => operation.form.iter().collect(),
        "upload" => operation.upload.as_ref()?.fields.iter().collect(),
        "params" => call.item.params.iter().collect(),
        status => match operation.responses.get(&status.parse().ok()?)? {
            Response::Body(body) => members(survey, body)?,
            Response::Value(schema) => inside(survey, schema),
            Response::Empty | Response::File => return None,
        },
    };
    let mut found = None;
    for name in rest.split('.') {
        let field = fields.into_iter().find(|field| field.name == name)?;
        fields = inside(survey, &field.schema);
        found = Some(field);
    }
    let field = found?;
    match (&field.schema.kind, item) {
        (_, false) => Some(Target::Field(field)),
        (SchemaKind::List(list), true) => Some(Target::Item(&list.items)),
        (_, true) => None,
    }
}

fn members<'a>(survey: &Survey<'a>, body: &'a Body) -> Option<Vec<&'a Field>> {
    survey
        .members(body)
        .map(|object| object.fields.iter().collect())
}

/// The fields that a value leads to: its own, or those of its items, of the shape that it is …
fn inside<'a>(survey: &Survey<'a>, schema: &'a Schema) -> Vec<&'a Field> {
    match &schema.kind {
        SchemaKind::Object(ObjectSchema { fields, .. })
        | SchemaKind::UrlEncoded(ObjectSchema { fields, .. }) => fields.iter().collect(),
        SchemaKind::List(list) => inside(survey, &list.items),
        SchemaKind::Map(values) => inside(survey, values),
        SchemaKind::Json(inner) => inside(survey, inner),
        SchemaKind::OneOf(alternatives) => alternatives
            .iter()
            .flat_map(|one| &one.object.fields)
            .collect(),
        SchemaKind::Ref(id) => match survey.shape(id) {
            Some(shape) if !matches!(shape.kind, SchemaKind::Ref(_)) => inside(survey, shape),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Whether what a deviation says is so; if not, what is.
fn holds(target: &Target<'_>, ours: &str) -> Result<(), String> {
    let statement = match ours.split_once(": ") {
        Some((key, value)) => (key, Some(value)),
        None => (ours, None),
    };
    let required = match target {
        Target::Field(field) => Some(field.required),
        _ => None,
    };
    match (statement, required) {
        (("present", None), _)
        | (("required", None), Some(true))
        | (("optional", None), Some(false)) => Ok(()),
        (("required", None), Some(false)) => Err("the field is optional".to_owned()),
        (("optional", None), Some(true)) => Err("the field is required".to_owned()),
        ((key, Some(value)), _) => match attribute(target, key) {
            Some(actual) if actual == value.trim_matches(['"', '\'']) => Ok(()),
            Some(actual) => Err(format!("`{key}` is `{actual}`")),
            None => Err(format!("there is no `{key}`")),
        },
        _ => Err("this says nothing that could be looked up".to_owned()),
    }
}

/// An attribute as it would be written.
fn attribute(target: &Target<'_>, key: &str) -> Option<String> {
    let schema = match target {
        Target::Operation(call) => return of_operation(call, key),
        Target::Field(field) => &field.schema,
        Target::Item(schema) => schema,
    };
    let flag = |set: bool| Some(set.to_string());
    match (key, &schema.kind) {
        ("type", kind) => Some(type_word(kind)),
        ("label", _) => schema.label.clone(),
        ("unit", _) => schema.unit.clone(),
        ("example", _) => schema.example.as_ref().map(shown),
        ("default", _) => schema.default.as_ref().map(shown),
        ("nullable", _) => flag(schema.nullable),
        ("sensitive", _) => flag(schema.sensitive),
        ("cdata", _) => flag(schema.cdata),
        ("deprecated", _) => flag(schema.deprecated.is_some()),
        ("min", SchemaKind::Text(rules)) => rules.min.map(|min| min.to_string()),
        ("max", SchemaKind::Text(rules)) => rules.max.map(|max| max.to_string()),
        ("pattern", SchemaKind::Text(rules)) => rules.pattern.clone(),
        ("format", SchemaKind::Text(rules)) => rules.format.clone(),
        ("min", SchemaKind::Integer(rules) | SchemaKind::Number(rules)) => {
            rules.min.map(|min| min.to_string())
        }
        ("max", SchemaKind::Integer(rules) | SchemaKind::Number(rules)) => {
            rules.max.map(|max| max.to_string())
        }
        ("format", SchemaKind::Integer(rules) | SchemaKind::Number(rules)) => rules.format.clone(),
        ("min_items", SchemaKind::List(rules)) => rules.min_items.map(|min| min.to_string()),
        ("max_items", SchemaKind::List(rules)) => rules.max_items.map(|max| max.to_string()),
        ("enum", SchemaKind::Enum(rules)) => Some(values(rules)),
        ("closed", SchemaKind::Enum(rules)) => flag(rules.closed),
        _ => None,
    }
}

fn of_operation(call: &Call<'_>, key: &str) -> Option<String> {
    let operation = call.operation;
    match key {
        "title" => Some(operation.title.clone()),
        "deprecated" => Some(operation.deprecated.is_some().to_string()),
        "response_unsigned" => Some(operation.response_unsigned.to_string()),
        "no_nonce" => Some(operation.no_nonce.to_string()),
        "client_certificate" => Some(operation.client_certificate.to_string()),
        "host" => Some(
            call.item
                .host
                .clone()
                .unwrap_or_else(|| "default".to_owned()),
        ),
        "responses" => {
            let statuses: Vec<String> = operation.responses.keys().map(u16::to_string).collect();
            Some(format!("[{}]", statuses.join(", ")))
        }
        _ => None,
    }
}

fn type_word(kind: &SchemaKind) -> String {
    match kind {
        SchemaKind::Text(_) | SchemaKind::Json(_) | SchemaKind::UrlEncoded(_) => {
            "string".to_owned()
        }
        SchemaKind::Integer(_) => "integer".to_owned(),
        SchemaKind::Number(_) => "number".to_owned(),
        SchemaKind::Boolean => "boolean".to_owned(),
        SchemaKind::Enum(rules) => match rules.values.first().map(|known| &known.value) {
            Some(Literal::Integer(_)) => "integer".to_owned(),
            Some(Literal::Number(_)) => "number".to_owned(),
            Some(Literal::Boolean(_)) => "boolean".to_owned(),
            _ => "string".to_owned(),
        },
        SchemaKind::Object(_) | SchemaKind::OneOf(_) => "object".to_owned(),
        SchemaKind::List(list) => format!("{}[]", type_word(&list.items.kind)),
        SchemaKind::Map(_) => "map".to_owned(),
        SchemaKind::Ref(id) => id.to_string(),
        SchemaKind::Any => "any".to_owned(),
    }
}

fn values(rules: &EnumSchema) -> String {
    let values: Vec<String> = rules
        .values
        .iter()
        .map(|known| shown(&known.value))
        .collect();
    format!("[{}]", values.join(", "))
}

fn shown(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Text(text) => text.clone(),
        Literal::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Object(_) => "{ … }".to_owned(),
    }
}
