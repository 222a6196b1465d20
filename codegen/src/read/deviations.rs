//! `deviations.yaml`.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::model::Deviation;

const KEYS: [&str; 5] = ["operation", "place", "fact", "ours", "why"];

impl Reader<'_> {
    /// The list of deviations; each is at `.0`, `.1` …
    pub(crate) fn deviations(&mut self, root: &Node) -> Vec<Deviation> {
        let Value::List(items) = &root.value else {
            let example = "- { operation: GET /v3/…, place: query.appid, fact: required, ours: optional, why: … }";
            self.wrong_kind(
                root,
                "",
                "a list of deviations (`[]` if there are none)",
                example,
            );
            return Vec::new();
        };
        items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| self.deviation(item, &format!(".{index}")))
            .collect()
    }

    /// One place, or a list of them.
    fn places(&mut self, keys: &Keys<'_>, pointer: &str) -> Vec<String> {
        match keys.get("place").map(|node| &node.value) {
            Some(Value::List(_)) => {
                self.texts(keys, "place", pointer, "place: [body.mchid, body.appid]")
            }
            _ => self
                .text(keys, "place", pointer, "place: body.detail.seq")
                .into_iter()
                .collect(),
        }
    }

    fn deviation(&mut self, node: &Node, pointer: &str) -> Option<Deviation> {
        self.place(pointer.to_owned(), node.span);
        let keys = Keys::of(self, node, pointer, "a deviation", &KEYS)?;
        for key in KEYS {
            if keys.get(key).is_none() && key != "place" {
                let problem = Diagnostic::error("missing-key", node.span, format!("a deviation without `{key}`"))
                    .help("`operation` and `place` say where, `fact` and `ours` what, and `why` for what reason; only `place` may be left out");
                self.report(problem);
            }
        }
        Some(Deviation {
            operation: self.text(
                &keys,
                "operation",
                pointer,
                "operation: GET /v3/certificates",
            )?,
            places: self.places(&keys, pointer),
            fact: self
                .text(&keys, "fact", pointer, "fact: required")
                .unwrap_or_default(),
            ours: self
                .text(&keys, "ours", pointer, "ours: optional")
                .unwrap_or_default(),
            why: self
                .text(&keys, "why", pointer, "why: The server leaves it out.")
                .unwrap_or_default(),
        })
    }
}
