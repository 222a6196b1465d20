//! Operations of the facts → paths and operations of the model.

use super::example::told;
use super::facts::{
    FactAuth, FactConsumes, FactMethod, FactNode, FactOperation, FactParam, FactPlace, FactResponse,
};
use super::paging;
use super::product;
use super::repeatable;
use super::report::{Notes, ReportKind};
use super::schema::{SchemaReader, bare_text};
use super::upload::upload;
use crate::model::{
    Body, Field, Identity, Method, Operation, Paging, PathItem, Repeatable, Response, UrlPath, Wire,
};
use std::collections::BTreeMap;

/// Headers that the runtime sends by itself.
const RUNTIME_HEADERS: &[&str] = &["Wechatpay-Serial", "Idempotency-Key"];

/// Fields of APIv2 requests that the runtime fills.
const SIGNATURE_FIELDS: &[&str] = &["sign", "nonce_str"];

/// What an operation says of its path: one path may be described by several operations, which must agree.
pub(super) fn path_item(fact: &FactOperation, notes: &mut Notes) -> PathItem {
    let path = UrlPath::new(&fact.path);
    let (product, known) = product::product_of(&fact.path);
    if !known {
        notes.proposed(
            "no product is known for the path",
            &product,
            "named by the first segment",
        );
    }
    let schemas = schemas(fact);
    let params = path
        .variables()
        .map(|name| variable(name, &fact.params, schemas, notes))
        .collect();
    for param in of_place(fact, FactPlace::Path) {
        if !path.variables().any(|name| name == param.name) {
            notes.dropped(
                format!("the parameter {}", param.name),
                "the path has no such variable",
            );
        }
    }
    PathItem {
        params,
        path,
        product,
        host: host(fact, notes),
        identity: match fact.auth {
            Some(FactAuth::Brand) => Identity::Brand,
            None => Identity::Merchant,
        },
        wire: wire(fact),
        names: BTreeMap::new(),
        same_route_as: None,
        operations: BTreeMap::new(),
    }
}

/// The operation itself.
pub(super) fn operation(fact: &FactOperation, item: &PathItem, notes: &mut Notes) -> Operation {
    let schemas = schemas(fact);
    let (upload, form) = notes.within("form", |notes| upload(&fact.params, schemas, notes));
    let mut operation = Operation {
        title: fact.title.clone(),
        roles: fact.roles.clone(),
        docs: fact.docs.clone(),
        updated: updated(fact, notes),
        deprecated: fact.deprecated.then(String::new),
        query: notes.within("query", |notes| {
            params(fact, FactPlace::Query, schemas, notes)
        }),
        headers: notes.within("headers", |notes| {
            params(fact, FactPlace::Header, schemas, notes)
        }),
        form,
        upload,
        body: fact
            .body
            .as_ref()
            .map(|node| notes.within("body", |notes| body(node, schemas, notes))),
        responses: responses(fact, schemas, notes),
        produces: produces(fact, item.wire),
        response_unsigned: fact.response_unsigned,
        no_nonce: fact.no_nonce,
        client_certificate: fact.client_certificate,
        link: is_link(fact, item),
        ..Operation::default()
    };
    if item.wire != Wire::Json {
        drop_signature_fields(&mut operation, notes);
    }
    if !fact.tags.is_empty() {
        notes.dropped(
            format!("tags {}", fact.tags.join(", ")),
            "the product says it",
        );
    }
    operation.repeatable = repeatable_of(fact, item, &operation, notes);
    operation.paging = paging_of(item, &operation, notes);
    operation
}

/// Notes what a further operation says otherwise of the path than the first did.
pub(super) fn note_differences(first: &PathItem, other: &PathItem, notes: &mut Notes) {
    const WHY: &str = "the first operation of the path speaks for it";
    if (&first.host, first.identity, first.wire) != (&other.host, other.identity, other.wire) {
        notes.dropped("another host, identity or wire", WHY);
    }
    for (one, other) in first
        .params
        .iter()
        .zip(&other.params)
        .filter(|(one, other)| one != other)
    {
        let (known, said) = (&one.schema, &other.schema);
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let example = |schema: &crate::model::Schema| {
            schema
                .example
                .as_ref()
                .map(super::example::shown)
                .unwrap_or_default()
        };
        notes.note(
            ReportKind::Dropped,
            format!(
                "params.{}: {} {}",
                one.name,
                words(&said.label),
                example(said)
            ),
            format!("{} {}", words(&known.label), example(known)),
            WHY,
        );
    }
}

/// The method in the model's words.
pub(super) fn method(method: FactMethod) -> Method {
    match method {
        FactMethod::Get => Method::Get,
        FactMethod::Post => Method::Post,
        FactMethod::Put => Method::Put,
        FactMethod::Patch => Method::Patch,
        FactMethod::Delete => Method::Delete,
    }
}

fn schemas(fact: &FactOperation) -> SchemaReader {
    let base = fact.base_uri.as_deref().and_then(product::host_of);
    SchemaReader {
        money: if base == Some("hong-kong") {
            "minor"
        } else {
            "fen"
        },
    }
}

fn host(fact: &FactOperation, notes: &mut Notes) -> Option<String> {
    let base = fact.base_uri.as_deref()?;
    match product::host_of(base) {
        Some("default") => None,
        Some(host) => Some(host.to_owned()),
        None => {
            notes.note(
                ReportKind::Dropped,
                format!("base_uri {base}"),
                "the default host",
                "no host family has it",
            );
            None
        }
    }
}

fn wire(fact: &FactOperation) -> Wire {
    let xml_reply = fact.produces.iter().any(|media| media == "application/xml");
    match fact.consumes {
        Some(FactConsumes::Xml) if !xml_reply && !fact.produces.is_empty() => Wire::XmlThenJson,
        Some(FactConsumes::Xml) => Wire::Xml,
        _ if xml_reply => Wire::Xml,
        _ => Wire::Json,
    }
}

/// The media types of the reply, where the wire does not say them.
fn produces(fact: &FactOperation, wire: Wire) -> Vec<String> {
    let said = match wire {
        Wire::Xml => "application/xml",
        Wire::Json | Wire::XmlThenJson => "application/json",
    };
    if fact.produces.iter().all(|media| media == said) {
        Vec::new()
    } else {
        fact.produces.clone()
    }
}

/// A GET of APIv2 is opened by a browser, unless it answers JSON.
fn is_link(fact: &FactOperation, item: &PathItem) -> bool {
    item.wire == Wire::Xml && fact.method == FactMethod::Get
}

fn updated(fact: &FactOperation, notes: &mut Notes) -> Option<String> {
    let versions = fact.api_version.join(", ");
    match (&fact.updated, versions.is_empty()) {
        (updated, true) => updated.clone(),
        (None, false) => {
            notes.repaired(
                format!("api_version {versions}"),
                format!("updated: {versions}"),
                "a date of the description",
            );
            Some(versions)
        }
        (Some(updated), false) => {
            notes.dropped(
                format!("api_version {versions}"),
                format!("the description has the date {updated}"),
            );
            Some(updated.clone())
        }
    }
}

fn of_place(fact: &FactOperation, place: FactPlace) -> impl Iterator<Item = &FactParam> {
    fact.params.iter().filter(move |param| param.place == place)
}

fn variable(name: &str, params: &[FactParam], schemas: SchemaReader, notes: &mut Notes) -> Field {
    let param = params
        .iter()
        .find(|param| param.place == FactPlace::Path && param.name == name);
    let mut field = match param {
        Some(param) => notes.within("params", |notes| schemas.field(name, &param.node, notes)),
        None => {
            notes.repaired(
                format!("no parameter {name}"),
                "a text",
                "the path has the variable",
            );
            Field {
                name: name.to_owned(),
                rename: None,
                required: true,
                schema: bare_text(),
            }
        }
    };
    field.required = true;
    field
}

fn params(
    fact: &FactOperation,
    place: FactPlace,
    schemas: SchemaReader,
    notes: &mut Notes,
) -> Vec<Field> {
    let mut fields: Vec<Field> = of_place(fact, place)
        .map(|param| schemas.field(&param.name, &param.node, notes))
        .collect();
    if place == FactPlace::Header {
        drop_fields(&mut fields, RUNTIME_HEADERS, "the runtime sends it", notes);
    }
    fields
}

/// Takes out the fields of some names.
fn drop_fields(fields: &mut Vec<Field>, names: &[&str], why: &str, notes: &mut Notes) {
    fields.retain(|field| {
        let dropped = names.contains(&field.name.as_str());
        if dropped {
            notes.dropped(told(field), why);
        }
        !dropped
    });
}

fn body(node: &FactNode, schemas: SchemaReader, notes: &mut Notes) -> Body {
    Body::Object(schemas.object(node, notes))
}

fn responses(
    fact: &FactOperation,
    schemas: SchemaReader,
    notes: &mut Notes,
) -> BTreeMap<u16, Response> {
    let statuses = fact
        .responses
        .iter()
        .filter_map(|(status, reply)| Some((status.parse().ok()?, reply)));
    statuses
        .map(|(status, reply): (u16, &FactResponse)| {
            let response = notes.within(status.to_string(), |notes| {
                response(status, reply, fact, schemas, notes)
            });
            (status, response)
        })
        .collect()
}

fn response(
    status: u16,
    reply: &FactResponse,
    fact: &FactOperation,
    schemas: SchemaReader,
    notes: &mut Notes,
) -> Response {
    match &reply.0 {
        None if is_file(status, fact) => Response::File,
        None => Response::Empty,
        Some(node)
            if node.fields.is_none() && node.kind != Some(super::facts::FactType::Object) =>
        {
            Response::Value(Box::new(schemas.schema("", node, notes)))
        }
        Some(node) => Response::Body(Body::Object(schemas.object(node, notes))),
    }
}

/// A 200 without a schema and without a signature brings a file, except where a page is shown.
fn is_file(status: u16, fact: &FactOperation) -> bool {
    status == 200 && fact.response_unsigned && fact.consumes != Some(FactConsumes::Xml)
}

fn drop_signature_fields(operation: &mut Operation, notes: &mut Notes) {
    const WHY: &str = "the runtime signs";
    drop_fields(&mut operation.query, SIGNATURE_FIELDS, WHY, notes);
    drop_fields(&mut operation.form, SIGNATURE_FIELDS, WHY, notes);
    if let Some(Body::Object(body)) = &mut operation.body {
        drop_fields(&mut body.fields, SIGNATURE_FIELDS, WHY, notes);
    }
}

fn paging_of(item: &PathItem, operation: &Operation, notes: &mut Notes) -> Option<Paging> {
    if item.wire != Wire::Json {
        return None;
    }
    let (paging, why) = paging::proposal(operation)?;
    let (key, field) = paging.by.key_and_field();
    notes.proposed(
        "nothing about pages",
        format!("paging: {key} {field}, items {}", paging.items),
        why,
    );
    Some(paging)
}

fn repeatable_of(
    fact: &FactOperation,
    item: &PathItem,
    operation: &Operation,
    notes: &mut Notes,
) -> Option<Repeatable> {
    if of_place(fact, FactPlace::Header).any(|param| param.name == "Idempotency-Key") {
        return Some(Repeatable::Key);
    }
    let (by, why) = repeatable::proposal(item, method(fact.method), operation)?;
    if let Repeatable::By(field) = &by {
        notes.proposed(
            "nothing about sending again",
            format!("repeatable: by {field}"),
            why,
        );
    }
    Some(by)
}
