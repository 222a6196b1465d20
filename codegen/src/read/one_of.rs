//! Alternatives: one of several objects.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::model::{Alternative, ObjectSchema};

const KEYS: [&str; 3] = ["name", "label", "fields"];

impl Reader<'_> {
    /// The list under `one_of`, at `pointer`.
    pub(crate) fn alternatives(&mut self, node: &Node, pointer: &str) -> Vec<Alternative> {
        let Value::List(items) = &node.value else {
            let example = "one_of: [{ name: Metro, fields: { start_time: string } }]";
            self.wrong_kind(
                node,
                &format!("{pointer}#one_of"),
                "a list of alternatives",
                example,
            );
            return Vec::new();
        };
        let mut alternatives = Vec::new();
        for item in items {
            alternatives.extend(self.alternative(item, pointer, alternatives.len()));
        }
        alternatives
    }

    fn alternative(&mut self, node: &Node, parent: &str, index: usize) -> Option<Alternative> {
        let at = format!("{parent}#one_of.{index}");
        let keys = Keys::of(self, node, &at, "an alternative", &KEYS)?;
        let Some(name) = self.text(&keys, "name", &at, "name: Metro") else {
            if keys.get("name").is_none() {
                let problem =
                    Diagnostic::error("missing-key", node.span, "an alternative without `name`")
                        .help("the name becomes a variant in Rust: `name: Metro`");
                self.report(problem);
            }
            return None;
        };
        self.place(at.clone(), node.span);
        let pointer = format!("{parent}|{name}");
        self.place(pointer.clone(), node.span);
        let object = match keys.get("fields") {
            Some(fields) => self.object(fields, &pointer),
            None => {
                let problem =
                    Diagnostic::error("missing-key", node.span, "an alternative without `fields`")
                        .help("write the members under `fields`; `fields: {}` if there are none");
                self.report(problem);
                ObjectSchema::default()
            }
        };
        Some(Alternative {
            label: self.text(&keys, "label", &at, "label: 地铁"),
            name,
            object,
        })
    }
}
