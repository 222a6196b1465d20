//! The small values: texts, flags, counts, lists of texts. Each says what it expected, with an example.

use super::Reader;
use super::keys::Keys;
use super::node::{Node, Value};
use crate::diagnostic::Diagnostic;

impl Reader<'_> {
    /// A text, if the key is there and its value is one. `example` is a whole line.
    pub(crate) fn text(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        pointer: &str,
        example: &str,
    ) -> Option<String> {
        let node = keys.get(key)?;
        self.text_of(node, &attribute(pointer, key), example)
    }

    /// The text of a node.
    pub(crate) fn text_of(&mut self, node: &Node, pointer: &str, example: &str) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Boolean(_) | Value::Integer(_) | Value::Number(_) => {
                let raw = self.sources.slice(node.span).to_owned();
                let message = format!("expected a text, found {}", node.kind());
                let problem = Diagnostic::error("wrong-kind", node.span, message)
                    .label("YAML reads this as another type")
                    .replace_with(format!("\"{raw}\""));
                self.report(problem);
                Some(raw)
            }
            _ => {
                self.wrong_kind(node, pointer, "a text", example);
                None
            }
        }
    }

    /// `true` or `false`; `false` where the key is not there.
    pub(crate) fn flag(&mut self, keys: &Keys<'_>, key: &str, pointer: &str) -> bool {
        self.flag_or(keys, key, pointer, false)
    }

    /// `true` or `false`, with what holds where the key is not there.
    pub(crate) fn flag_or(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        pointer: &str,
        absent: bool,
    ) -> bool {
        let Some(node) = keys.get(key) else {
            return absent;
        };
        match node.value {
            Value::Boolean(value) => value,
            _ => {
                let example = format!("{key}: {}", !absent);
                self.wrong_kind(
                    node,
                    &attribute(pointer, key),
                    "`true` or `false`",
                    &example,
                );
                absent
            }
        }
    }

    /// `true`, or why: the text is empty for `true`.
    pub(crate) fn deprecation(&mut self, keys: &Keys<'_>, pointer: &str) -> Option<String> {
        let node = keys.get("deprecated")?;
        match &node.value {
            Value::Boolean(true) => Some(String::new()),
            Value::Boolean(false) => None,
            Value::Text(why) => Some(why.clone()),
            _ => {
                let at = attribute(pointer, "deprecated");
                self.wrong_kind(
                    node,
                    &at,
                    "`true`, or a text that says why",
                    "deprecated: replaced by /v3/…",
                );
                None
            }
        }
    }

    /// A whole number that is not negative.
    pub(crate) fn count(&mut self, keys: &Keys<'_>, key: &str, pointer: &str) -> Option<u64> {
        let node = keys.get(key)?;
        match node.value {
            Value::Integer(value) => match u64::try_from(value) {
                Ok(value) => Some(value),
                Err(_) => {
                    let message = format!("`{key}` counts, so it cannot be negative");
                    let problem = Diagnostic::error("negative-bound", node.span, message)
                        .help(format!("remove it, or write for example `{key}: 1`"));
                    self.report(problem);
                    None
                }
            },
            _ => {
                let example = format!("{key}: 32");
                self.wrong_kind(node, &attribute(pointer, key), "a whole number", &example);
                None
            }
        }
    }

    /// A count of items.
    pub(crate) fn item_count(&mut self, keys: &Keys<'_>, key: &str, pointer: &str) -> Option<u32> {
        let count = self.count(keys, key, pointer)?;
        Some(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// A whole number.
    pub(crate) fn whole_number(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        pointer: &str,
    ) -> Option<i64> {
        let node = keys.get(key)?;
        match node.value {
            Value::Integer(value) => Some(value),
            _ => {
                let example = format!("{key}: 1");
                self.wrong_kind(node, &attribute(pointer, key), "a whole number", &example);
                None
            }
        }
    }

    /// A list of texts; empty where the key is not there.
    pub(crate) fn texts(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        pointer: &str,
        example: &str,
    ) -> Vec<String> {
        let Some(node) = keys.get(key) else {
            return Vec::new();
        };
        self.texts_of(node, &attribute(pointer, key), example)
    }

    /// The texts of a list.
    pub(crate) fn texts_of(&mut self, node: &Node, pointer: &str, example: &str) -> Vec<String> {
        let Value::List(items) = &node.value else {
            self.wrong_kind(node, pointer, "a list of texts", example);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let at = format!("{pointer}.{index}");
            self.place(at.clone(), item.span);
            texts.extend(self.text_of(item, &at, example));
        }
        texts
    }

    /// One of some words.
    pub(crate) fn word<T: Copy>(
        &mut self,
        keys: &Keys<'_>,
        key: &str,
        pointer: &str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let example = words.first().map_or("", |(word, _)| word);
        let text = self.text(keys, key, pointer, &format!("{key}: {example}"))?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let span = self.place_of(&attribute(pointer, key));
        let problem = Diagnostic::error("unknown-word", span, format!("`{text}` is no {key}"))
            .near_miss(&text, names.iter().copied())
            .help(format!("expected one of {}", super::keys::list(&names)));
        self.report(problem);
        None
    }

    /// Reports a value that is of another kind than expected.
    pub(crate) fn wrong_kind(&mut self, node: &Node, pointer: &str, expected: &str, example: &str) {
        self.places.mark_unreadable(self.file, pointer);
        if node.value == Value::Unreadable {
            return;
        }
        let span = if node.is_scalar() && !node.span.is_empty() {
            node.span
        } else {
            self.place_of(pointer)
        };
        let problem = Diagnostic::error(
            "wrong-kind",
            span,
            format!("expected {expected}, found {}", node.kind()),
        )
        .help(format!("for example `{example}`"));
        self.report(problem);
    }
}

/// The pointer of an attribute.
pub(crate) fn attribute(pointer: &str, key: &str) -> String {
    format!("{pointer}#{key}")
}
