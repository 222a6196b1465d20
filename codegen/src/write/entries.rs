//! The entries of a map in the making: what is the default is left out.

use super::yaml::{Entries, Node};

/// Entries that are written in the order in which they are put.
#[derive(Default)]
pub(super) struct MapWriter {
    entries: Entries,
}

impl MapWriter {
    /// Puts an entry.
    pub(super) fn put(&mut self, key: &str, value: Node) {
        self.entries.push((key.into(), value));
    }

    /// Puts a text, if there is one.
    pub(super) fn text(&mut self, key: &str, value: Option<&String>) {
        if let Some(text) = value {
            self.put(key, Node::text(text));
        }
    }

    /// Puts a number, if there is one.
    pub(super) fn number(&mut self, key: &str, value: Option<impl ToString>) {
        if let Some(number) = value {
            self.put(key, Node::word(number));
        }
    }

    /// Puts `true`, if it holds.
    pub(super) fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.put(key, Node::word(true));
        }
    }

    /// Puts the texts, if there are any.
    pub(super) fn texts(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.put(key, Node::texts(values));
        }
    }

    /// Puts why something is deprecated: `true` where no reason is known.
    pub(super) fn deprecated(&mut self, why: Option<&String>) {
        match why.map(String::as_str) {
            None => {}
            Some("") => self.flag("deprecated", true),
            Some(why) => self.put("deprecated", Node::text(why)),
        }
    }

    /// The entries.
    pub(super) fn into_entries(self) -> Entries {
        self.entries
    }
}
