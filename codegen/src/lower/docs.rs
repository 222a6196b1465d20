//! Documentation of modules, operations, types and fields.

use super::items::{Docs, Node, OperationItem};
use super::literal;
use super::markdown::{code, escape, sentence};
use crate::model::{
    Alternative, Api, Field, Method, NumberSchema, Operation, PagedBy, Paging, PathItem, Schema,
    SchemaKind, TextSchema, Wire,
};

/// A module of the chain: its path, and what can be called.
pub(super) fn module(api: &Api, node: &Node) -> Docs {
    let mut docs = Docs::line(node_line(&node.path));
    docs.paragraph(products(api, node));
    let calls = node.operations.iter().map(|operation| {
        let title = operation.docs.lines.first().map_or("", String::as_str);
        format!(
            "- [`{}::{}`] – {title}",
            node.type_name,
            operation.method.key()
        )
    });
    let calls: Vec<_> = calls.collect();
    if !calls.is_empty() {
        docs.block(calls);
    }
    docs
}

/// The most products that are named with their titles.
const MOST_NAMED: usize = 4;

/// What the operations at a node and below it belong to.
fn products(api: &Api, node: &Node) -> String {
    let titled = |name: &String| {
        let title = api.products.get(name).map_or("", |known| &known.title);
        format!("{} (feature `{name}`)", escape(title))
    };
    match node.products.len() {
        count if count > MOST_NAMED => format!("Operations of {count} products."),
        _ => {
            let names: Vec<_> = node.products.iter().map(titled).collect();
            format!("Of {}.", names.join(", "))
        }
    }
}

/// A node, by its path.
pub(crate) fn node_line(path: &str) -> String {
    match path {
        "" => "Paths of APIv2.".to_owned(),
        path => format!("`{path}`"),
    }
}

/// An operation, without its example.
pub(super) fn operation(item: &PathItem, method: Method, operation: &Operation) -> Docs {
    let title = escape(&operation.title);
    let mut docs = Docs::default();
    let first = operation.summary.as_deref().map(sentence);
    docs.paragraph(first.clone().unwrap_or_else(|| sentence(&operation.title)));
    let mut facts = String::new();
    if first.is_some() && !title.is_empty() {
        facts.push_str(&format!("{title}: "));
    }
    facts.push_str(&format!("`{} {}`", method.as_str(), item.path.as_str()));
    if !operation.roles.is_empty() {
        facts.push_str(&format!(", for {}", escape(&operation.roles.join("、"))));
    }
    facts.push_str(&format!(". Feature `{}`.", item.product));
    for (index, page) in operation.docs.iter().enumerate() {
        let name = match index {
            0 => "Official page".to_owned(),
            index => (index + 1).to_string(),
        };
        facts.push_str(&format!(
            " [{name}](<{}>)",
            page.replace(['<', '>', ' '], "")
        ));
    }
    docs.paragraph(facts);
    if let Some(paging) = &operation.paging {
        docs.paragraph(pages(paging));
    }
    docs.lines.extend(carried(item, operation));
    docs
}

/// A list that comes in pages.
fn pages(paging: &Paging) -> String {
    let start = match &paging.by {
        PagedBy::Page { field, first } => {
            format!(", where {} is the page's number, from {first}", code(field))
        }
        PagedBy::Offset(_) | PagedBy::Token { .. } => String::new(),
    };
    format!(
        "A list in pages{start}: `.items()` and `.pages()` of this call are streams that go on to its end."
    )
}

/// What of an operation this version does not carry.
fn carried(item: &PathItem, operation: &Operation) -> Option<String> {
    let text = match (operation.link, item.wire) {
        (_, Wire::Json) => return None,
        (true, _) => {
            "A link that a browser opens, not a call: awaiting it is an error, and sends nothing."
        }
        _ => {
            "Typed, but not carried yet: APIv2's XML comes in a later version. Until then awaiting it is an error, and sends nothing."
        }
    };
    Some(text.to_owned())
}

/// The function that stands for a POST.
pub(super) fn shorthand(operation: &OperationItem) -> Docs {
    Docs::line(operation.docs.lines.first().cloned().unwrap_or_default())
}

/// A variable of a path.
pub(super) fn path_variable(name: &str, field: Option<&Field>) -> Docs {
    match field {
        Some(field) if field.schema.label.is_some() => self::field(field),
        _ => Docs::line(format!("`{name}`")),
    }
}

/// A nested type, by the field that holds it where there is nothing better.
pub(super) fn nested_type(schema: &Schema, path: &str) -> Docs {
    described(schema).unwrap_or_else(|| Docs::line(format!("What {} holds.", code(path))))
}

/// What shares an index.
pub(super) fn numbered(names: &[&str]) -> Docs {
    let names: Vec<_> = names.iter().map(|name| code(name)).collect();
    Docs::line(format!("One item for each index: {}.", names.join(", ")))
}

/// One of several objects.
pub(super) fn alternative(one: &Alternative) -> Docs {
    Docs::line(match &one.label {
        Some(label) => sentence(label),
        None => code(&one.name),
    })
}

/// The file of an upload.
pub(super) fn file() -> Docs {
    Docs::line("The file, with its name. Required. Its digest is made by the SDK.")
}

/// A shared shape.
pub(super) fn shared_type(schema: &Schema, name: &str) -> Docs {
    described(schema).unwrap_or_else(|| Docs::line(format!("The shared shape {}.", code(name))))
}

fn described(schema: &Schema) -> Option<Docs> {
    let text = [&schema.label, &schema.doc].into_iter().flatten();
    let text: Vec<_> = text.map(|text| sentence(text)).collect();
    if text.is_empty() {
        return None;
    }
    Some(Docs::line(text.join(" ")))
}

/// A value of an enumeration.
pub(super) fn variant(label: Option<&str>, value: &str) -> Docs {
    match label {
        Some(label) => Docs::line(format!("{}: {}", code(value), sentence(label))),
        None => Docs::line(code(value)),
    }
}

/// A field: one line.
pub(super) fn field(field: &Field) -> Docs {
    let schema = &field.schema;
    let mut parts = Vec::new();
    let texts = [&schema.label, &schema.doc].into_iter().flatten();
    parts.extend(texts.map(|text| sentence(text)));
    parts.push(
        if field.required {
            "Required."
        } else {
            "Optional."
        }
        .to_owned(),
    );
    if let Some(unit) = &schema.unit {
        parts.push(format!("In {}.", escape(unit)));
    }
    parts.extend(bounds(schema));
    if schema.sensitive {
        parts.push("Encrypted on the wire.".to_owned());
    }
    if schema.unconfirmed {
        parts.push("Unconfirmed: one source alone knows it.".to_owned());
    }
    if let Some(why) = &schema.deprecated {
        parts.push(deprecated(why));
    }
    if let Some(value) = schema.default.as_ref().and_then(literal::inline) {
        parts.push(format!("Default: {}.", code(&value)));
    }
    if let Some(value) = schema.example.as_ref().and_then(literal::inline) {
        parts.push(format!("Example: {}.", code(&value)));
    }
    Docs::line(parts.join(" "))
}

fn deprecated(why: &str) -> String {
    match why {
        "" => "Deprecated.".to_owned(),
        why => format!("Deprecated: {}", sentence(why)),
    }
}

fn bounds(schema: &Schema) -> Vec<String> {
    match &schema.kind {
        SchemaKind::Text(text) => text_bounds(text),
        SchemaKind::Integer(number) | SchemaKind::Number(number) => number_bounds(number),
        SchemaKind::List(list) => {
            let mut parts = Vec::new();
            parts.extend(range(
                list.min_items.map(i64::from),
                list.max_items.map(i64::from),
                " items",
            ));
            parts.extend(
                bounds(&list.items)
                    .into_iter()
                    .map(|part| format!("Each: {part}")),
            );
            parts
        }
        _ => Vec::new(),
    }
}

fn text_bounds(text: &TextSchema) -> Vec<String> {
    let as_i64 = |bound: Option<u64>| bound.and_then(|bound| i64::try_from(bound).ok());
    let mut parts = Vec::new();
    parts.extend(range(as_i64(text.min), as_i64(text.max), " characters"));
    if let Some(format) = &text.format {
        parts.push(format!("Format: {}.", code(format)));
    }
    if let Some(pattern) = &text.pattern {
        parts.push(format!("Pattern: {}.", code(pattern)));
    }
    parts
}

fn number_bounds(number: &NumberSchema) -> Vec<String> {
    range(number.min, number.max, "").into_iter().collect()
}

fn range(min: Option<i64>, max: Option<i64>, what: &str) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("Exactly {min}{what}.")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{what}.")),
        (Some(min), None) => Some(format!("At least {min}{what}.")),
        (None, Some(max)) => Some(format!("At most {max}{what}.")),
        (None, None) => None,
    }
}
