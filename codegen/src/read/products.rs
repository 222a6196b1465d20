//! `products.yaml`.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use crate::model::Product;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// The products by name; each is at `.name`.
    pub(crate) fn products(&mut self, root: &Node) -> BTreeMap<String, Product> {
        let Value::Map(entries) = &root.value else {
            self.wrong_kind(root, "", "a map of products", "payscore: { title: 支付分 }");
            return BTreeMap::new();
        };
        let mut products = BTreeMap::new();
        for entry in entries {
            let at = format!(".{}", entry.key);
            self.place(at.clone(), entry.key_span);
            let known = ["title", "summary", "default"];
            let Some(keys) = Keys::of(self, &entry.value, &at, "a product", &known) else {
                continue;
            };
            let product = Product {
                title: self
                    .text(&keys, "title", &at, "title: 支付分")
                    .unwrap_or_default(),
                summary: self.text(&keys, "summary", &at, "summary: Deposit-free orders."),
                default: self.flag(&keys, "default", &at),
            };
            products.insert(entry.key.clone(), product);
        }
        products
    }
}
