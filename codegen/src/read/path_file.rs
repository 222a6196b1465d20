//! A file of a URL path.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::model::{Identity, Method, Operation, PathItem, UrlPath, Wire};
use std::collections::BTreeMap;

const KEYS: [&str; 13] = [
    "path",
    "product",
    "host",
    "identity",
    "wire",
    "names",
    "same_route_as",
    "params",
    "get",
    "post",
    "put",
    "patch",
    "delete",
];

const EXAMPLE: &str = "path: /v3/certificates";

impl Reader<'_> {
    /// A path and its operations.
    pub(crate) fn path_item(&mut self, root: &Node) -> Option<PathItem> {
        let keys = Keys::of(self, root, "", "a path's file", &KEYS)?;
        for key in ["path", "product"] {
            if keys.get(key).is_none() {
                let problem = Diagnostic::error(
                    "missing-key",
                    root.span,
                    format!("a path's file without `{key}`"),
                );
                let problem = match key {
                    "path" => problem.help(format!("write the path as it is sent: `{EXAMPLE}`")),
                    _ => {
                        problem.help("write one of the names in products.yaml: `product: payscore`")
                    }
                };
                self.report(problem);
            }
        }
        let product = self.text(&keys, "product", "", "product: payscore");
        let product = product.unwrap_or_default();
        self.product.clone_from(&product);
        Some(PathItem {
            path: UrlPath::new(self.text(&keys, "path", "", EXAMPLE)?),
            product,
            host: self.text(&keys, "host", "", "host: hong-kong"),
            identity: self
                .word(
                    &keys,
                    "identity",
                    "",
                    &[("merchant", Identity::Merchant), ("brand", Identity::Brand)],
                )
                .unwrap_or_default(),
            wire: self.wire(&keys),
            names: self.names(&keys),
            same_route_as: self.text(&keys, "same_route_as", "", "same_route_as: /v3/…"),
            params: self.fields_under(&keys, "params", ""),
            operations: self.operations(&keys),
        })
    }

    /// How a path's or an event's documents are written.
    pub(crate) fn wire(&mut self, keys: &Keys<'_>) -> Wire {
        let words = [
            ("json", Wire::Json),
            ("xml", Wire::Xml),
            ("xml-then-json", Wire::XmlThenJson),
        ];
        self.word(keys, "wire", "", &words).unwrap_or_default()
    }

    fn operations(&mut self, keys: &Keys<'_>) -> BTreeMap<Method, Operation> {
        let mut operations = BTreeMap::new();
        for method in Method::ALL {
            let Some(entry) = keys.entry(method.key()) else {
                continue;
            };
            self.place(method.key().to_owned(), entry.key_span);
            if let Some(operation) = self.operation(&entry.value, method.key()) {
                operations.insert(method, operation);
            }
        }
        operations
    }

    fn names(&mut self, keys: &Keys<'_>) -> BTreeMap<String, String> {
        let Some(node) = keys.get("names") else {
            return BTreeMap::new();
        };
        let example = "names: { policy-periods: periods_of_policy }";
        let Value::Map(entries) = &node.value else {
            self.wrong_kind(node, "#names", "a map from segments to names", example);
            return BTreeMap::new();
        };
        let mut names = BTreeMap::new();
        for entry in entries {
            let at = format!("#names.{}", entry.key);
            self.place(at.clone(), entry.place());
            if let Some(name) = self.text_of(&entry.value, &at, example) {
                names.insert(entry.key.clone(), name);
            }
        }
        names
    }
}
