//! What an operation sends and brings, put together from its description.

use super::items::Place;
use crate::model::{Api, Body, Field, Operation, Response, Schema, SchemaKind, ShapeId};

/// What becomes a type: the request, or the reply.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Payload<'a> {
    /// Nothing.
    None,
    /// A shared shape.
    Shape(&'a ShapeId),
    /// A value that is no object with described members.
    Value(&'a Schema),
    /// An object.
    Object {
        fields: Vec<(Place, &'a Field)>,
        exactly_one: &'a [Vec<String>],
        /// The name of the part that a file is uploaded in.
        file: Option<&'a str>,
    },
    /// A file.
    File,
}

/// The header that the runtime sets by itself when it encrypts fields.
const SERIAL_HEADER: &str = "Wechatpay-Serial";

/// Whether the method of an operation takes an argument.
pub fn takes_request(api: &Api, operation: &Operation) -> bool {
    request(api, operation) != Payload::None
}

/// What an operation sends besides the path's variables: query, headers and body.
pub(super) fn request<'a>(api: &'a Api, operation: &'a Operation) -> Payload<'a> {
    let headers = operation.headers.iter().filter(|field| is_sent(field));
    let mut fields: Vec<_> = operation
        .query
        .iter()
        .map(|field| (Place::Query, field))
        .chain(headers.map(|field| (Place::Header, field)))
        .collect();
    fields.extend(operation.form.iter().map(|field| (Place::Form, field)));
    if let Some(upload) = &operation.upload {
        fields.extend(upload.fields.iter().map(|field| (Place::Body, field)));
    }
    let object = match &operation.body {
        Some(Body::Ref(id)) if fields.is_empty() => return Payload::Shape(id),
        Some(Body::Ref(id)) => match api.shapes.get(id).map(|shape| &shape.schema.kind) {
            Some(SchemaKind::Object(object)) => Some(object),
            _ => None,
        },
        Some(Body::Object(object)) => Some(object),
        None => None,
    };
    let body = object.map_or(&[][..], |object| &object.fields);
    fields.extend(body.iter().map(|field| (Place::Body, field)));
    let file = operation.upload.as_ref().map(|upload| upload.part.as_str());
    if fields.is_empty() && file.is_none() {
        return Payload::None;
    }
    let exactly_one = object.map_or(&[][..], |object| &object.exactly_one);
    Payload::Object {
        fields,
        exactly_one,
        file,
    }
}

fn is_sent(field: &Field) -> bool {
    !field.name.eq_ignore_ascii_case(SERIAL_HEADER)
}

/// What a successful reply of an operation brings: the first described body.
pub(super) fn reply(operation: &Operation) -> Payload<'_> {
    replies(operation)
        .into_iter()
        .next()
        .unwrap_or(Payload::None)
}

/// The bodies that the statuses of success bring, each once.
pub(super) fn replies(operation: &Operation) -> Vec<Payload<'_>> {
    let mut found = Vec::new();
    for (_, response) in success(operation) {
        let payload = match response {
            Response::Empty => continue,
            Response::File => Payload::File,
            Response::Body(Body::Ref(id)) => Payload::Shape(id),
            Response::Body(Body::Object(object)) => Payload::Object {
                fields: object
                    .fields
                    .iter()
                    .map(|field| (Place::Body, field))
                    .collect(),
                exactly_one: &object.exactly_one,
                file: None,
            },
            Response::Value(schema) => Payload::Value(schema),
        };
        if !found.contains(&payload) {
            found.push(payload);
        }
    }
    found
}

/// The replies whose status says that the call was done.
pub(super) fn success(operation: &Operation) -> impl Iterator<Item = (u16, &Response)> {
    operation
        .responses
        .iter()
        .filter(|(status, _)| (200..300).contains(*status))
        .map(|(status, response)| (*status, response))
}
