//! Path files.

use super::entries::MapWriter;
use super::literal::literal;
use super::paging;
use super::schema::SchemaWriter;
use super::yaml::{Entries, Key, Node};
use crate::model::{
    Body, Field, Identity, Operation, PathItem, Repeatable, Response, Upload, Wire,
};

/// The document of a path.
pub(super) fn path(item: &PathItem) -> Node {
    let schemas = SchemaWriter {
        product: &item.product,
    };
    let mut map = MapWriter::default();
    map.put("path", Node::text(item.path.as_str()));
    map.put("product", Node::text(&item.product));
    map.text("host", item.host.as_ref());
    if item.identity == Identity::Brand {
        map.put("identity", Node::text("brand"));
    }
    wire(&mut map, item.wire);
    if !item.names.is_empty() {
        let names = item
            .names
            .iter()
            .map(|(segment, name)| (segment.as_str().into(), Node::text(name)));
        map.put("names", Node::Map(names.collect()));
    }
    map.text("same_route_as", item.same_route_as.as_ref());
    fields(&mut map, schemas, "params", &item.params);
    for (method, one) in &item.operations {
        map.put(method.key(), Node::Block(operation(schemas, one)));
    }
    Node::Block(map.into_entries())
}

/// Puts how documents are written, unless it is JSON.
pub(super) fn wire(map: &mut MapWriter, wire: Wire) {
    match wire {
        Wire::Json => {}
        Wire::Xml => map.put("wire", Node::text("xml")),
        Wire::XmlThenJson => map.put("wire", Node::text("xml-then-json")),
    }
}

fn operation(schemas: SchemaWriter<'_>, one: &Operation) -> Entries {
    let mut map = MapWriter::default();
    map.put("title", Node::text(&one.title));
    map.text("summary", one.summary.as_ref());
    map.texts("roles", &one.roles);
    map.texts("docs", &one.docs);
    map.text("updated", one.updated.as_ref());
    map.deprecated(one.deprecated.as_ref());
    if let Some(by) = &one.repeatable {
        map.put("repeatable", repeatable(by));
    }
    map.text("number", one.number.as_ref());
    if let Some(one) = &one.paging {
        map.put("paging", paging::paging(one));
    }
    if !one.example.is_empty() {
        let values = one.example.iter();
        let values = values.map(|(name, value)| (name.as_str().into(), literal(value)));
        map.put("example", Node::Map(values.collect()));
    }
    fields(&mut map, schemas, "query", &one.query);
    fields(&mut map, schemas, "headers", &one.headers);
    fields(&mut map, schemas, "form", &one.form);
    if let Some(one) = &one.upload {
        map.put("upload", upload(schemas, one));
    }
    if let Some(one) = &one.body {
        map.put("body", body(schemas, one));
    }
    let replies = one
        .responses
        .iter()
        .map(|(status, reply)| (Key::Number(*status), response(schemas, reply)));
    map.put("responses", Node::Map(replies.collect()));
    map.texts("produces", &one.produces);
    map.flag("response_unsigned", one.response_unsigned);
    map.flag("no_nonce", one.no_nonce);
    map.flag("client_certificate", one.client_certificate);
    map.flag("link", one.link);
    map.into_entries()
}

fn fields(map: &mut MapWriter, schemas: SchemaWriter<'_>, key: &str, fields: &[Field]) {
    if !fields.is_empty() {
        map.put(key, schemas.fields(fields));
    }
}

fn repeatable(by: &Repeatable) -> Node {
    match by {
        Repeatable::By(field) => Node::text(format!("by {field}")),
        Repeatable::Key => Node::text("by key"),
    }
}

/// A body: its fields, or the name of a shape.
pub(super) fn body(schemas: SchemaWriter<'_>, body: &Body) -> Node {
    match body {
        Body::Object(object) => schemas.object(object),
        Body::Ref(id) => Node::Text(schemas.shape(id)),
    }
}

fn response(schemas: SchemaWriter<'_>, reply: &Response) -> Node {
    match reply {
        Response::Empty => Node::Nothing,
        Response::File => Node::text("file"),
        Response::Body(one) => body(schemas, one),
        Response::Value(schema) => match schemas.value(schema, None) {
            word @ Node::Text(_) => word,
            attributes => Node::Map(vec![("$value".into(), attributes)]),
        },
    }
}

fn upload(schemas: SchemaWriter<'_>, upload: &Upload) -> Node {
    let usual = Upload::default();
    let mut map = MapWriter::default();
    if upload.part != usual.part {
        map.put("part", Node::text(&upload.part));
    }
    if upload.file_name != usual.file_name {
        map.put(
            "file_name",
            Node::text(upload.file_name.as_deref().unwrap_or("none")),
        );
    }
    if upload.digest.field != usual.digest.field {
        map.put("digest", Node::text(&upload.digest.field));
    }
    if upload.digest.algorithm != usual.digest.algorithm {
        map.put("algorithm", Node::text(&upload.digest.algorithm));
    }
    if !upload.meta {
        map.put("meta", Node::word(false));
    }
    fields(&mut map, schemas, "fields", &upload.fields);
    Node::Map(map.into_entries())
}
