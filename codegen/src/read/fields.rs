//! Maps of fields: `name: type`, `name?: type`, and the keys with `$` that speak of the object itself.

use super::Reader;
use super::keys::list;
use super::node::{Entry, Node, Value};
use super::values::attribute;
use crate::diagnostic::Diagnostic;
use crate::model::{Field, ObjectSchema};
use std::collections::HashMap;

/// The keys that speak of an object.
const OBJECT_KEYS: [&str; 2] = ["$exactly_one", "$envelope"];

impl Reader<'_> {
    /// The members of an object, at `pointer`.
    pub(crate) fn object(&mut self, node: &Node, pointer: &str) -> ObjectSchema {
        let mut object = ObjectSchema::default();
        let Some(entries) = self.entries(node, pointer) else {
            return object;
        };
        for entry in entries.iter().filter(|entry| speaks_of_object(&entry.key)) {
            self.place(attribute(pointer, &entry.key), entry.place());
            match entry.key.as_str() {
                "$exactly_one" => object.exactly_one = self.groups(&entry.value, pointer),
                "$envelope" => {
                    let at = attribute(pointer, "$envelope");
                    let example = "$envelope: AEAD_AES_256_GCM";
                    object.envelope = self.text_of(&entry.value, &at, example);
                }
                _ => self.unknown_dollar(entry, &OBJECT_KEYS),
            }
        }
        object.fields = self.members(entries, pointer);
        object
    }

    /// Fields that are not the members of one object: a query, a form, path variables.
    pub(crate) fn fields(&mut self, node: &Node, pointer: &str) -> Vec<Field> {
        let Some(entries) = self.entries(node, pointer) else {
            return Vec::new();
        };
        for entry in entries.iter().filter(|entry| speaks_of_object(&entry.key)) {
            self.unknown_dollar(entry, &[]);
        }
        self.members(entries, pointer)
    }

    fn unknown_dollar(&mut self, entry: &Entry, known: &[&str]) {
        let message = format!("unknown key `{}` among fields", entry.key);
        let problem = Diagnostic::error("unknown-key", entry.key_span, message)
            .near_miss(&entry.key, known.iter().copied());
        let help = if known.is_empty() {
            "keys that begin with `$` are for objects: a body, a response, `fields`".to_owned()
        } else {
            format!(
                "keys that begin with `$` speak of the object itself; there are {}",
                list(known)
            )
        };
        self.report(problem.help(help));
    }

    fn entries<'n>(&mut self, node: &'n Node, pointer: &str) -> Option<&'n [Entry]> {
        match &node.value {
            Value::Map(entries) => Some(entries),
            _ => {
                self.wrong_kind(node, pointer, "a map of fields", "out_order_no: string");
                None
            }
        }
    }

    fn members(&mut self, entries: &[Entry], pointer: &str) -> Vec<Field> {
        let mut seen = HashMap::new();
        let mut fields = Vec::new();
        for entry in entries.iter().filter(|entry| !speaks_of_object(&entry.key)) {
            let Some(field) = self.field(entry, pointer) else {
                continue;
            };
            if let Some(first) = seen.insert(field.name.clone(), entry.key_span) {
                let message = format!("the field `{}` stands here twice", field.name);
                let problem = Diagnostic::error("duplicate-field", entry.key_span, message)
                    .also(first, "the first time")
                    .help("a field is either required or, with a `?`, optional; remove one of the two");
                self.report(problem);
                continue;
            }
            fields.push(field);
        }
        fields
    }

    fn field(&mut self, entry: &Entry, pointer: &str) -> Option<Field> {
        let (name, required) = match entry.key.strip_suffix('?') {
            Some(name) => (name, false),
            None => (entry.key.as_str(), true),
        };
        if name.is_empty() || entry.numeric {
            let message = format!("`{}` is no name of a field", entry.key);
            let problem = Diagnostic::error("bad-field-name", entry.key_span, message);
            self.report(if entry.numeric {
                problem.help(format!(
                    "if it is the name on the wire, put it in quotes: `\"{}\"`",
                    entry.key
                ))
            } else {
                problem.help("write the name as on the wire: `seq?: integer`")
            });
            return None;
        }
        let at = format!("{pointer}.{name}");
        self.place(at.clone(), entry.key_span);
        let rename = self.rename(&entry.value, &at);
        Some(Field {
            name: name.to_owned(),
            rename,
            required,
            schema: self.schema(&entry.value, &at, true),
        })
    }

    /// The attribute `as`, the only one that belongs to the field and not to its value.
    fn rename(&mut self, node: &Node, pointer: &str) -> Option<String> {
        let Value::Map(entries) = &node.value else {
            return None;
        };
        let entry = entries.iter().find(|entry| entry.key == "as")?;
        self.text_of(&entry.value, &attribute(pointer, "as"), "as: kind")
    }

    fn groups(&mut self, node: &Node, pointer: &str) -> Vec<Vec<String>> {
        let at = attribute(pointer, "$exactly_one");
        let example = "$exactly_one: [[transaction_id, out_trade_no]]";
        let Value::List(groups) = &node.value else {
            self.wrong_kind(node, &at, "a list of lists of fields", example);
            return Vec::new();
        };
        if let Some(flat) = groups.iter().find(|group| group.is_scalar()) {
            self.wrong_kind(flat, &at, "a list of fields", example);
            return Vec::new();
        }
        groups
            .iter()
            .enumerate()
            .map(|(index, group)| {
                let at = format!("{at}.{index}");
                self.place(at.clone(), group.span);
                self.texts_of(group, &at, example)
            })
            .collect()
    }
}

/// A `$` at the beginning; in `coupon_id_$n` it stands for a number.
fn speaks_of_object(key: &str) -> bool {
    key.starts_with('$')
}
