//! Bodies and responses.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use super::type_expression::{BaseType, TypeExpression};
use crate::diagnostic::Diagnostic;
use crate::model::{Body, ObjectSchema, Response, Schema, SchemaKind};
use std::collections::BTreeMap;

impl Reader<'_> {
    /// A body: the name of a shared shape, or fields.
    pub(crate) fn body(&mut self, node: &Node, pointer: &str) -> Body {
        let Value::Text(text) = &node.value else {
            return Body::Object(self.object(node, pointer));
        };
        match TypeExpression::parse(text, node.span, &self.product) {
            Ok(TypeExpression {
                base: BaseType::Shape(id),
                lists: 0,
            }) => Body::Ref(id),
            Ok(_) => {
                let problem = Diagnostic::error("body-not-object", node.span, "a body is an object")
                    .help("write its members as a map of fields, or the name of a shared shape: `body: Order`");
                self.report(problem);
                Body::Object(ObjectSchema::default())
            }
            Err(problem) => {
                self.report(*problem);
                Body::Object(ObjectSchema::default())
            }
        }
    }

    /// The responses by status, at `pointer`.`status`.
    pub(crate) fn responses(&mut self, keys: &Keys<'_>, pointer: &str) -> BTreeMap<u16, Response> {
        let mut responses = BTreeMap::new();
        let Some(node) = keys.get("responses") else {
            return responses;
        };
        let Value::Map(entries) = &node.value else {
            let at = format!("{pointer}#responses");
            self.wrong_kind(
                node,
                &at,
                "a map from statuses to what they bring",
                "responses: { 204: }",
            );
            return responses;
        };
        for entry in entries {
            let at = format!("{pointer}.{}", entry.key);
            self.place(at.clone(), entry.key_span);
            match entry.key.parse::<u16>() {
                Ok(status) if (100..=599).contains(&status) => {
                    responses.insert(status, self.response(&entry.value, &at));
                }
                _ => {
                    self.places
                        .mark_unreadable(self.file, &format!("{pointer}#responses"));
                    let message = format!("`{}` is no HTTP status", entry.key);
                    let problem = Diagnostic::error("bad-status", entry.key_span, message)
                        .help("a status is a number from 100 to 599: `responses: { 204: }`");
                    self.report(problem);
                }
            }
        }
        responses
    }

    fn response(&mut self, node: &Node, pointer: &str) -> Response {
        match &node.value {
            Value::Null => Response::Empty,
            Value::Text(text) if text == "file" => Response::File,
            Value::Text(_) => as_response(self.schema(node, pointer, false)),
            Value::Map(entries) => match entries.iter().find(|entry| entry.key == "$value") {
                Some(value) => {
                    for other in entries.iter().filter(|entry| entry.key != "$value") {
                        let message = format!("`{}` beside `$value`", other.key);
                        let problem = Diagnostic::error("conflicting-keys", other.key_span, message)
                            .also(value.key_span, "this says that the document is no object")
                            .help("the whole document stands under `$value`; an object's fields stand there without it");
                        self.report(problem);
                    }
                    self.place(format!("{pointer}#$value"), value.key_span);
                    as_response(self.schema(&value.value, pointer, false))
                }
                None => Response::Body(Body::Object(self.object(node, pointer))),
            },
            _ => {
                let expected = "nothing, `file`, a type or a map of fields";
                self.wrong_kind(node, pointer, expected, "200: { prepay_id: string }");
                Response::Empty
            }
        }
    }
}

/// A shared shape and nothing said of it is a body like any other.
fn as_response(schema: Schema) -> Response {
    match schema.kind {
        SchemaKind::Ref(ref id) if schema == Schema::new(schema.kind.clone()) => {
            Response::Body(Body::Ref(id.clone()))
        }
        _ => Response::Value(Box::new(schema)),
    }
}
