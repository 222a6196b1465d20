//! `get`, `post` …: what one method of a path does.

use super::Reader;
use super::keys::Keys;
use super::literal::literal;
use super::node::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::model::{Field, Literal, Operation, Repeatable};

const KEYS: [&str; 21] = [
    "title",
    "summary",
    "roles",
    "docs",
    "updated",
    "deprecated",
    "repeatable",
    "number",
    "paging",
    "example",
    "query",
    "headers",
    "form",
    "upload",
    "body",
    "responses",
    "produces",
    "response_unsigned",
    "no_nonce",
    "client_certificate",
    "link",
];

impl Reader<'_> {
    /// An operation, at `pointer`.
    pub(crate) fn operation(&mut self, node: &Node, pointer: &str) -> Option<Operation> {
        let keys = Keys::of(self, node, pointer, "an operation", &KEYS)?;
        Some(Operation {
            title: self
                .text(&keys, "title", pointer, "title: 查询订单")
                .unwrap_or_default(),
            summary: self.text(&keys, "summary", pointer, "summary: Look an order up."),
            roles: self.texts(&keys, "roles", pointer, "roles: [服务商]"),
            docs: self.texts(
                &keys,
                "docs",
                pointer,
                "docs: [https://pay.weixin.qq.com/doc/…]",
            ),
            updated: self.text(&keys, "updated", pointer, "updated: \"2024.06.18\""),
            deprecated: self.deprecation(&keys, pointer),
            repeatable: self.repeatable(&keys, pointer),
            number: self.text(&keys, "number", pointer, "number: out_trade_no"),
            paging: keys.entry("paging").and_then(|entry| {
                let at = format!("{pointer}.paging");
                self.place(at.clone(), entry.place());
                self.paging(&entry.value, &at)
            }),
            example: self.operation_example(&keys, pointer),
            query: self.fields_under(&keys, "query", pointer),
            headers: self.fields_under(&keys, "headers", pointer),
            form: self.fields_under(&keys, "form", pointer),
            upload: keys.entry("upload").map(|entry| {
                let at = format!("{pointer}.upload");
                self.place(at.clone(), entry.key_span);
                self.upload(&entry.value, &at)
            }),
            body: keys.entry("body").map(|entry| {
                let at = format!("{pointer}.body");
                self.place(at.clone(), entry.place());
                self.body(&entry.value, &at)
            }),
            responses: self.responses(&keys, pointer),
            produces: self.texts(&keys, "produces", pointer, "produces: [application/pdf]"),
            response_unsigned: self.flag(&keys, "response_unsigned", pointer),
            no_nonce: self.flag(&keys, "no_nonce", pointer),
            client_certificate: self.flag(&keys, "client_certificate", pointer),
            link: self.flag(&keys, "link", pointer),
        })
    }

    /// The fields under a key, at `pointer`.`key`.
    pub(crate) fn fields_under(&mut self, keys: &Keys<'_>, key: &str, pointer: &str) -> Vec<Field> {
        let Some(entry) = keys.entry(key) else {
            return Vec::new();
        };
        let at = if pointer.is_empty() {
            key.to_owned()
        } else {
            format!("{pointer}.{key}")
        };
        self.place(at.clone(), entry.key_span);
        self.fields(&entry.value, &at)
    }

    fn operation_example(&mut self, keys: &Keys<'_>, pointer: &str) -> Vec<(String, Literal)> {
        let Some(node) = keys.get("example") else {
            return Vec::new();
        };
        let Value::Map(entries) = &node.value else {
            let what = "the values of some fields, which are a map";
            self.wrong_kind(node, pointer, what, "example: { trade_type: JSAPI }");
            return Vec::new();
        };
        let read = entries.iter().filter_map(|entry| {
            self.place(format!("{pointer}#example.{}", entry.key), entry.place());
            Some((entry.key.clone(), literal(&entry.value)?))
        });
        read.collect()
    }

    fn repeatable(&mut self, keys: &Keys<'_>, pointer: &str) -> Option<Repeatable> {
        let text = self.text(keys, "repeatable", pointer, "repeatable: by out_trade_no")?;
        match text.strip_prefix("by ").map(str::trim) {
            Some("key") => Some(Repeatable::Key),
            Some(field) if !field.is_empty() && !field.contains(' ') => {
                Some(Repeatable::By(field.to_owned()))
            }
            _ => {
                let span = self.place_of(&format!("{pointer}#repeatable"));
                let message = format!("`{text}` does not say by what the call may be sent again");
                let problem = Diagnostic::error("bad-repeatable", span, message)
                    .help("write `by` and a field of the request, as in `by out_trade_no`, or `by key` for the header `Idempotency-Key`; leave it out if the call may not be sent again");
                self.report(problem);
                None
            }
        }
    }
}
