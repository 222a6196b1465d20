//! Notification files.

use super::entries::MapWriter;
use super::literal::literal;
use super::operation::wire;
use super::schema::SchemaWriter;
use super::yaml::{Entries, Node};
use crate::model::{Body, Event, EventVariant};

/// The document of a notification.
pub(super) fn event(schemas: SchemaWriter<'_>, event: &Event) -> Node {
    let mut map = MapWriter::default();
    map.texts("events", &event.event_types);
    map.put("title", Node::text(&event.title));
    map.text("summary", event.summary.as_ref());
    map.texts("docs", &event.docs);
    wire(&mut map, event.wire);
    map.texts("original_types", &event.original_types);
    if let Some(example) = &event.envelope_example {
        map.put("envelope_example", literal(example));
    }
    if !event.envelope.is_empty() {
        map.put("envelope", schemas.fields(&event.envelope));
    }
    map.text("sealed", event.sealed.as_ref());
    if !event.variants.is_empty() {
        let variants = event
            .variants
            .iter()
            .map(|one| Node::Block(variant(schemas, one)));
        map.put("variants", Node::List(variants.collect()));
    }
    if let Some(answer) = &event.answer {
        map.put("answer", schemas.object(answer));
    }
    Node::Block(map.into_entries())
}

fn variant(schemas: SchemaWriter<'_>, one: &EventVariant) -> Entries {
    let mut map = MapWriter::default();
    map.text("name", one.name.as_ref());
    map.text("label", one.label.as_ref());
    match &one.body {
        Body::Object(object) => map.put("fields", schemas.object(object)),
        Body::Ref(id) => map.put("shape", Node::Text(schemas.shape(id))),
    }
    if let Some(example) = &one.example {
        map.put("example", literal(example));
    }
    map.into_entries()
}
