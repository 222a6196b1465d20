//! A file of `events/`: a notification.

use super::Reader;
use super::keys::Keys;
use super::literal::literal;
use super::node::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::model::{Body, Event, EventVariant, ObjectSchema};

const KEYS: [&str; 11] = [
    "events",
    "title",
    "summary",
    "docs",
    "wire",
    "original_types",
    "envelope_example",
    "envelope",
    "sealed",
    "variants",
    "answer",
];

const VARIANT_KEYS: [&str; 5] = ["name", "label", "fields", "shape", "example"];

impl Reader<'_> {
    /// A notification. The fields are at `envelope.name`, `variants.0.name`, `answer.name`.
    pub(crate) fn event(&mut self, root: &Node) -> Option<Event> {
        let keys = Keys::of(self, root, "", "a notification", &KEYS)?;
        Some(Event {
            event_types: self.texts(&keys, "events", "", "events: [TRANSACTION.SUCCESS]"),
            title: self
                .text(&keys, "title", "", "title: 支付成功通知")
                .unwrap_or_default(),
            summary: self.text(&keys, "summary", "", "summary: A payment has succeeded."),
            docs: self.texts(&keys, "docs", "", "docs: [https://pay.weixin.qq.com/doc/…]"),
            wire: self.wire(&keys),
            original_types: self.texts(
                &keys,
                "original_types",
                "",
                "original_types: [transaction]",
            ),
            envelope_example: keys.get("envelope_example").and_then(literal),
            envelope: self.fields_under(&keys, "envelope", ""),
            sealed: self.text(&keys, "sealed", "", "sealed: req_info"),
            variants: self.variants(&keys),
            answer: keys.entry("answer").map(|entry| {
                self.place("answer".to_owned(), entry.key_span);
                self.object(&entry.value, "answer")
            }),
        })
    }

    fn variants(&mut self, keys: &Keys<'_>) -> Vec<EventVariant> {
        let Some(node) = keys.get("variants") else {
            return Vec::new();
        };
        let Value::List(items) = &node.value else {
            self.wrong_kind(
                node,
                "#variants",
                "a list of documents",
                "variants: [{ shape: Order }]",
            );
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| self.variant(item, &format!("variants.{index}")))
            .collect()
    }

    fn variant(&mut self, node: &Node, pointer: &str) -> Option<EventVariant> {
        self.place(pointer.to_owned(), node.span);
        let keys = Keys::of(
            self,
            node,
            pointer,
            "a variant of a notification",
            &VARIANT_KEYS,
        )?;
        let body = match (keys.entry("fields"), keys.entry("shape")) {
            (Some(fields), None) => Body::Object(self.object(&fields.value, pointer)),
            (None, Some(shape)) => self.body(&shape.value, pointer),
            (fields, shape) => {
                let span = shape.or(fields).map_or(node.span, |entry| entry.key_span);
                let problem = Diagnostic::error(
                    "variant-body",
                    span,
                    "a variant has either `fields` or `shape`",
                )
                .help("`shape` names a shared shape, `fields` describes the document in place");
                self.report(problem);
                Body::Object(ObjectSchema::default())
            }
        };
        Some(EventVariant {
            name: self.text(&keys, "name", pointer, "name: Refund"),
            label: self.text(&keys, "label", pointer, "label: 退款成功"),
            body,
            example: keys.get("example").and_then(literal),
        })
    }
}
