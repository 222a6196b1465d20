//! The attributes of a field, and which types have them.

use crate::model::SchemaKind;

/// All attributes of a field.
pub(super) const KEYS: [&str; 29] = [
    "type",
    "label",
    "doc",
    "example",
    "default",
    "as",
    "name",
    "min",
    "max",
    "pattern",
    "format",
    "unit",
    "enum",
    "closed",
    "nullable",
    "sensitive",
    "private",
    "unconfirmed",
    "deprecated",
    "cdata",
    "fields",
    "items",
    "min_items",
    "max_items",
    "key",
    "map",
    "one_of",
    "json",
    "urlencoded",
];

/// The attributes that say of what a value consists; at most one of them can be right.
pub(super) const STRUCTURES: [&str; 6] = ["fields", "items", "map", "one_of", "json", "urlencoded"];

/// The attributes that every type has; those among them that are for texts alone are looked after by the checks, which see the whole.
pub(super) const COMMON: [&str; 12] = [
    "type",
    "label",
    "doc",
    "example",
    "default",
    "as",
    "nullable",
    "private",
    "unconfirmed",
    "deprecated",
    "sensitive",
    "cdata",
];

/// The attributes that a kind has beside the common ones, and what to call it.
pub(super) fn attributes_of(kind: &SchemaKind) -> (&'static [&'static str], &'static str) {
    match kind {
        SchemaKind::Text(_) => (&["min", "max", "pattern", "format"], "a text"),
        SchemaKind::Integer(_) => (&["min", "max", "format", "unit"], "a whole number"),
        SchemaKind::Number(_) => (&["min", "max", "format", "unit"], "a number"),
        SchemaKind::Boolean => (&[], "a boolean"),
        SchemaKind::Enum(_) => (&["closed", "name"], "an enumeration"),
        SchemaKind::Object(_) => (&["name"], "an object"),
        SchemaKind::List(_) => (&["min_items", "max_items", "key"], "a list"),
        SchemaKind::Map(_) => (&[], "a map"),
        SchemaKind::OneOf(_) => (&["name"], "alternatives"),
        SchemaKind::Ref(_) => (&[], "a shared shape"),
        SchemaKind::Json(_) => (&[], "a text that holds JSON"),
        SchemaKind::UrlEncoded(_) => (&["name"], "a text that holds URL-encoded values"),
        // What could not be read says nothing against any attribute.
        SchemaKind::Any => (&KEYS, "any value"),
    }
}

/// What an attribute is for, where it stands with something else.
pub(super) fn whom_for(key: &str) -> String {
    let whom = match key {
        "min" | "max" => {
            "texts and numbers; of a list, `min_items` and `max_items` count the items; of a list written with `items`, they stand inside `items`"
        }
        "pattern" => "texts",
        "format" => "texts and numbers",
        "unit" => "numbers",
        "closed" => "enumerations",
        "min_items" | "max_items" | "key" => "lists",
        "name" => {
            "objects, enumerations and alternatives described in place; a shared shape has its file's name, and a field's other name in Rust is `as`"
        }
        _ => "other types",
    };
    format!("`{key}` is for {whom}")
}
