//! A tree of YAML nodes, laid out: on one line where that fits and nothing asks for more, else one entry a line.

use super::scalar::{self, Place};

/// How long a line may be before a list or a map in braces is spread over several.
const WIDTH: usize = 140;

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Nothing after the colon.
    Nothing,
    /// A number, `true`, `null`: written as it is.
    Word(String),
    /// A text: quoted where it must be.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, on one line if it fits.
    Map(Entries),
    /// A map that is always spread over lines.
    Block(Entries),
}

/// The entries of a map, in order.
pub(super) type Entries = Vec<(Key, Node)>;

/// A key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Key {
    /// A text: quoted where it must be.
    Text(String),
    /// A number: a status.
    Number(u16),
}

impl From<String> for Key {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Key {
    fn written(&self, place: Place) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => match text.strip_suffix('?') {
                Some(name) if is_name(name) => text.clone(),
                _ => scalar::text(text, place),
            },
        }
    }
}

impl Node {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A word such as `true` or `12`.
    pub(super) fn word(word: impl ToString) -> Self {
        Self::Word(word.to_string())
    }

    /// A list of texts.
    pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }
}

/// A whole document: a map or a list over lines.
pub(super) fn document(root: &Node) -> String {
    let lines = match root {
        Node::Map(entries) | Node::Block(entries) if !entries.is_empty() => {
            map_lines(entries, WIDTH)
        }
        Node::List(items) if !items.is_empty() => list_lines(items, WIDTH),
        other => vec![flow(other)],
    };
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

/// The lines of a map's entries, none indented.
fn map_lines(entries: &Entries, width: usize) -> Vec<String> {
    entries
        .iter()
        .flat_map(|(key, value)| entry_lines(key, value, width))
        .collect()
}

fn entry_lines(key: &Key, value: &Node, width: usize) -> Vec<String> {
    let key = key.written(Place::Block);
    if *value == Node::Nothing {
        return vec![format!("{key}:")];
    }
    match on_one_line(value, width.saturating_sub(key.chars().count() + 2)) {
        Some(text) => vec![format!("{key}: {text}")],
        None => {
            let inner = inner_lines(value, width.saturating_sub(2));
            let indented = inner.into_iter().map(|line| format!("  {line}"));
            std::iter::once(format!("{key}:")).chain(indented).collect()
        }
    }
}

/// The lines of a list's items, none indented.
fn list_lines(items: &[Node], width: usize) -> Vec<String> {
    items
        .iter()
        .flat_map(|item| item_lines(item, width.saturating_sub(2)))
        .collect()
}

fn item_lines(item: &Node, width: usize) -> Vec<String> {
    match on_one_line(item, width) {
        Some(text) => vec![format!("- {text}")],
        None => inner_lines(item, width)
            .into_iter()
            .enumerate()
            .map(|(number, line)| format!("{}{line}", if number == 0 { "- " } else { "  " }))
            .collect(),
    }
}

/// The lines of a list or a map that does not stand on one.
fn inner_lines(node: &Node, width: usize) -> Vec<String> {
    match node {
        Node::Map(entries) | Node::Block(entries) => map_lines(entries, width),
        Node::List(items) => list_lines(items, width),
        other => vec![flow(other)],
    }
}

/// The node on one line, where it may stand on one.
fn on_one_line(node: &Node, width: usize) -> Option<String> {
    match node {
        Node::Nothing => Some("null".into()),
        Node::Word(word) => Some(word.clone()),
        Node::Text(text) => Some(scalar::text(text, Place::Block)),
        node if is_empty(node) => Some(flow(node)),
        node if wants_lines(node) => None,
        node => Some(flow(node)).filter(|text| text.chars().count() <= width),
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::List(items) => items.is_empty(),
        Node::Map(entries) | Node::Block(entries) => entries.is_empty(),
        Node::Nothing | Node::Word(_) | Node::Text(_) => false,
    }
}

fn wants_lines(node: &Node) -> bool {
    match node {
        Node::Block(entries) => !entries.is_empty(),
        Node::Map(entries) => entries.iter().any(|(_, value)| wants_lines(value)),
        Node::List(items) => items.iter().any(wants_lines),
        Node::Nothing | Node::Word(_) | Node::Text(_) => false,
    }
}

/// The node between braces or brackets.
fn flow(node: &Node) -> String {
    match node {
        Node::Nothing => "null".into(),
        Node::Word(word) => word.clone(),
        Node::Text(text) => scalar::text(text, Place::Flow),
        Node::List(items) => format!(
            "[{}]",
            items.iter().map(flow).collect::<Vec<_>>().join(", ")
        ),
        Node::Map(entries) | Node::Block(entries) if entries.is_empty() => "{}".into(),
        Node::Map(entries) | Node::Block(entries) => {
            let entries: Vec<_> = entries.iter().map(flow_entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn flow_entry((key, value): &(Key, Node)) -> String {
    let key = key.written(Place::Flow);
    match value {
        Node::Nothing => format!("{key}:"),
        value => format!("{key}: {}", flow(value)),
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, Node)]) -> Entries {
        entries
            .iter()
            .map(|(key, value)| (Key::from(*key), value.clone()))
            .collect()
    }

    #[test]
    fn a_map_that_fits_stands_on_one_line() {
        let inner = Node::Map(map(&[
            ("label", Node::text("付费, 金额")),
            ("example", Node::word(1)),
        ]));
        let node = Node::Block(map(&[("amount?", inner), ("204", Node::Nothing)]));
        assert_eq!(
            document(&node),
            "amount?: { label: \"付费, 金额\", example: 1 }\n\"204\":\n"
        );
    }

    #[test]
    fn what_is_too_long_or_asks_for_lines_is_spread() {
        let long = Node::List(vec![Node::text("a".repeat(90)), Node::text("b".repeat(90))]);
        let block = Node::Block(map(&[("b", Node::word(true))]));
        let node = Node::Map(map(&[
            ("list", long),
            ("a", Node::Map(map(&[("x", block.clone())]))),
            ("items", Node::List(vec![block])),
        ]));
        let (a, b) = ("a".repeat(90), "b".repeat(90));
        assert_eq!(
            document(&node),
            format!("list:\n  - {a}\n  - {b}\na:\n  x:\n    b: true\nitems:\n  - b: true\n")
        );
    }
}
