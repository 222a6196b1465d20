//! `paging`: that the fields are there, and can be what they are said to be.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Body, Field, PagedBy, Paging, Response, SchemaKind, ShapeId};
use std::collections::BTreeMap;

/// What a field may be.
#[derive(Clone, Copy)]
enum Wanted {
    Number,
    NumberOrText,
    Text,
    List,
}

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let mut shared: BTreeMap<&ShapeId, (&str, Span)> = BTreeMap::new();
    for call in &survey.operations {
        let Some(paging) = &call.operation.paging else {
            continue;
        };
        let places = Places { survey, call };
        request(&places, paging, problems);
        let Some(reply) = reply(call) else {
            let message = "a list in pages comes in one reply, which is an object";
            problems.push(
                Diagnostic::error("paging-reply", places.whole(), message)
                    .help("describe one response with the list, or remove `paging`"),
            );
            continue;
        };
        if let Some(object) = survey.members(reply) {
            reply_fields(&places, paging, &object.fields, problems);
        }
        let Body::Ref(id) = reply else {
            continue;
        };
        let here = places.of("items");
        let (items, there) = shared.entry(id).or_insert((&paging.items, here));
        if *items != paging.items {
            let message = format!("`{id}` has another list elsewhere: `{items}`");
            problems.push(
                Diagnostic::error("paging-differs", here, message)
                    .also(*there, "this says so")
                    .help("a shared shape is a page of one list: name the same one, or give one of the operations a reply of its own"),
            );
        }
    }
}

struct Places<'a> {
    survey: &'a Survey<'a>,
    call: &'a Call<'a>,
}

impl Places<'_> {
    fn whole(&self) -> Span {
        let pointer = format!("{}#paging", self.call.method.key());
        self.survey.place(self.call.file, &pointer)
    }

    fn of(&self, key: &str) -> Span {
        let pointer = format!("{}.paging#{key}", self.call.method.key());
        self.survey.place(self.call.file, &pointer)
    }
}

/// The reply with the list: the only one that has a body.
fn reply<'a>(call: &Call<'a>) -> Option<&'a Body> {
    let replies = call.operation.responses.values();
    let mut bodies = replies.filter(|response| !matches!(response, Response::Empty));
    match (bodies.next(), bodies.next()) {
        (Some(Response::Body(body)), None) => Some(body),
        _ => None,
    }
}

fn request(places: &Places<'_>, paging: &Paging, problems: &mut Problems) {
    let mut fields: Vec<&Field> = places.call.operation.query.iter().collect();
    let body = places.call.operation.body.as_ref();
    if let Some(object) = body.and_then(|body| places.survey.members(body)) {
        fields.extend(&object.fields);
    }
    let (key, field) = paging.by.key_and_field();
    let wanted = match paging.by {
        PagedBy::Offset(_) | PagedBy::Page { .. } => Wanted::Number,
        PagedBy::Token { .. } => Wanted::Text,
    };
    field_of("request", places.of(key), &fields, field, wanted, problems);
    if let Some(limit) = &paging.limit {
        let wanted = Wanted::NumberOrText;
        field_of(
            "request",
            places.of("limit"),
            &fields,
            limit,
            wanted,
            problems,
        );
    }
}

fn reply_fields(places: &Places<'_>, paging: &Paging, fields: &[Field], problems: &mut Problems) {
    let fields: Vec<&Field> = fields.iter().collect();
    let mut check = |key: &str, name: &str, wanted| {
        field_of("reply", places.of(key), &fields, name, wanted, problems);
    };
    check("items", &paging.items, Wanted::List);
    if let Some(total) = &paging.total {
        check("total", total, Wanted::Number);
    }
    if let PagedBy::Token { next, .. } = &paging.by {
        check("next", next, Wanted::Text);
    }
}

fn field_of(
    side: &str,
    span: Span,
    fields: &[&Field],
    name: &str,
    wanted: Wanted,
    problems: &mut Problems,
) {
    let Some(field) = fields.iter().find(|field| field.name == name) else {
        let message = format!("the {side} has no field `{name}`");
        let names = fields.iter().map(|field| field.name.as_str());
        problems.push(
            Diagnostic::error("unknown-field", span, message)
                .near_miss(name, names)
                .help("it is a field of the query or the body, or of the reply itself, not of an object in them"),
        );
        return;
    };
    if !wanted.fits(&field.schema.kind) {
        let message = format!("`{name}` is not {}", wanted.told());
        problems.push(
            Diagnostic::error("paging-type", span, message)
                .help("name another field, or give this one the type that it has"),
        );
    }
}

impl Wanted {
    fn fits(self, kind: &SchemaKind) -> bool {
        let number = matches!(kind, SchemaKind::Integer(_) | SchemaKind::Number(_));
        let text = matches!(kind, SchemaKind::Text(_));
        match self {
            Self::Number => number,
            Self::NumberOrText => number || text,
            Self::Text => text,
            Self::List => matches!(kind, SchemaKind::List(_)),
        }
    }

    fn told(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::NumberOrText => "a number, or a text with one",
            Self::Text => "a text",
            Self::List => "a list",
        }
    }
}
