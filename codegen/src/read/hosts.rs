//! `hosts.yaml`.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use crate::model::HostFamily;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// The host families by name; each is at `.name`.
    pub(crate) fn hosts(&mut self, root: &Node) -> BTreeMap<String, HostFamily> {
        let Value::Map(entries) = &root.value else {
            let example = "default: { base: https://api.mch.weixin.qq.com }";
            self.wrong_kind(root, "", "a map of host families", example);
            return BTreeMap::new();
        };
        let mut hosts = BTreeMap::new();
        for entry in entries {
            let at = format!(".{}", entry.key);
            self.place(at.clone(), entry.key_span);
            let Some(keys) = Keys::of(
                self,
                &entry.value,
                &at,
                "a host family",
                &["base", "backups"],
            ) else {
                continue;
            };
            let base = self.text(&keys, "base", &at, "base: https://api.mch.weixin.qq.com");
            let family = HostFamily {
                base: base.unwrap_or_default(),
                backups: self.texts(
                    &keys,
                    "backups",
                    &at,
                    "backups: [https://api2.mch.weixin.qq.com]",
                ),
            };
            hosts.insert(entry.key.clone(), family);
        }
        hosts
    }
}
