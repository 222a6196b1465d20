//! The keys of a map: which are known, which are not, and what was meant.

use super::Reader;
use super::node::{Entry, Node, Value};
use crate::diagnostic::{Diagnostic, near_miss};

/// A map of which every key is known or reported.
pub(crate) struct Keys<'n> {
    entries: Vec<(&'static str, &'n Entry)>,
}

impl<'n> Keys<'n> {
    /// Takes a map apart. `what` names it for messages: `an operation`. A key that is misspelt is reported, and then read as what was
    /// probably meant, so that nothing else seems to be missing.
    pub(crate) fn of(
        reader: &mut Reader<'_>,
        node: &'n Node,
        pointer: &str,
        what: &str,
        known: &[&'static str],
    ) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let first = known.first().copied().unwrap_or_default();
            reader.wrong_kind(
                node,
                pointer,
                &format!("{what}, which is a map"),
                &format!("{first}: …"),
            );
            return None;
        };
        let mut taken: Vec<(&'static str, &'n Entry)> = Vec::new();
        for entry in entries {
            if let Some(key) = known.iter().copied().find(|key| *key == entry.key) {
                taken.push((key, entry));
            }
        }
        for entry in entries {
            if !known.contains(&entry.key.as_str())
                && let Some(key) = unknown(reader, entry, what, known)
                && !taken.iter().any(|(other, _)| *other == key)
            {
                taken.push((key, entry));
            }
        }
        for (key, entry) in &taken {
            reader.place(format!("{pointer}#{key}"), entry.place());
        }
        Some(Self { entries: taken })
    }

    pub(crate) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, entry)| *entry)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Those that are there, in the order of the file.
    pub(crate) fn present(&self) -> impl Iterator<Item = (&'static str, &'n Entry)> {
        self.entries.iter().copied()
    }
}

/// Reports a key, and tells which it was probably meant to be.
fn unknown(
    reader: &mut Reader<'_>,
    entry: &Entry,
    what: &str,
    known: &[&'static str],
) -> Option<&'static str> {
    let message = format!("unknown key `{}` in {what}", entry.key);
    let problem = Diagnostic::error("unknown-key", entry.key_span, message);
    if let Some(help) = foreign(&entry.key) {
        reader.report(problem.help(help));
        return None;
    }
    match near_miss(&entry.key, known.iter().copied()) {
        Some(key) => {
            reader.report(problem.replace_with(key));
            known.iter().copied().find(|other| *other == key)
        }
        None => {
            reader.report(problem.help(format!("the keys of {what} are {}", list(known))));
            None
        }
    }
}

/// What people write who know OpenAPI or JSON Schema.
fn foreign(key: &str) -> Option<&'static str> {
    Some(match key {
        "required" | "optional" => {
            "a field is required unless a `?` follows its name: `seq?: integer`"
        }
        "maxLength" | "maximum" => "it is called `max` here, for texts and numbers alike",
        "minLength" | "minimum" => "it is called `min` here, for texts and numbers alike",
        "maxItems" => "it is called `max_items` here",
        "minItems" => "it is called `min_items` here",
        "description" => {
            "a sentence in English is called `doc`, of an operation `summary`; the official short name is `label`"
        }
        "properties" | "members" => "the members of an object stand under `fields`",
        "additionalProperties" | "additional" => "the type of a map's values stands under `map`",
        "oneOf" | "anyOf" => "alternatives stand under `one_of`, each with a `name`",
        "$ref" => "a shared shape is named as a type: `type: Fee`",
        "parameters" => {
            "path variables stand under `params`, the others under `query` and `headers` of the operation"
        }
        "requestBody" => "the body stands under `body`",
        _ => return None,
    })
}

/// `a`, `b` and `c`.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
