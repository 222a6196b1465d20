//! Fields and their schemas, in the shortest form that says all.

use super::entries::MapWriter;
use super::literal::literal;
use super::yaml::{Entries, Key, Node};
use crate::model::{
    Alternative, EnumSchema, EnumValue, Field, ListSchema, Literal, NumberSchema, ObjectSchema,
    Schema, SchemaKind, ShapeId, TextSchema,
};

/// Writes the schemas of one file: shapes of its own product are named without the product.
#[derive(Clone, Copy)]
pub(super) struct SchemaWriter<'a> {
    /// The product that the file belongs to.
    pub(super) product: &'a str,
}

impl SchemaWriter<'_> {
    /// Fields as a map, spread over lines.
    pub(super) fn fields(&self, fields: &[Field]) -> Node {
        Node::Block(self.field_entries(fields))
    }

    /// An object's members and the rules between them.
    pub(super) fn object(&self, object: &ObjectSchema) -> Node {
        let mut map = MapWriter::default();
        if !object.exactly_one.is_empty() {
            let groups = object.exactly_one.iter().map(Node::texts).collect();
            map.put("$exactly_one", Node::List(groups));
        }
        map.text("$envelope", object.envelope.as_ref());
        let mut entries = map.into_entries();
        entries.extend(self.field_entries(&object.fields));
        Node::Block(entries)
    }

    /// What stands after a field's name: a type, or a map of attributes.
    pub(super) fn value(&self, schema: &Schema, rename: Option<&String>) -> Node {
        let entries = self.attributes(schema, rename);
        match entries.as_slice() {
            [] => Node::text("string"),
            [(key, word @ Node::Text(_))] if *key == Key::from("type") => word.clone(),
            _ => Node::Map(entries),
        }
    }

    /// A schema as a map of attributes, whatever it is.
    pub(super) fn map(&self, schema: &Schema) -> Entries {
        let mut entries = self.attributes(schema, None);
        if entries.is_empty() {
            entries.push(("type".into(), Node::text("string")));
        }
        entries
    }

    /// A shape's name as this file writes it.
    pub(super) fn shape(&self, id: &ShapeId) -> String {
        if id.product == self.product {
            id.name.clone()
        } else {
            id.to_string()
        }
    }

    fn field_entries(&self, fields: &[Field]) -> Entries {
        fields
            .iter()
            .map(|field| {
                let mark = if field.required { "" } else { "?" };
                let value = self.value(&field.schema, field.rename.as_ref());
                (format!("{}{mark}", field.name).into(), value)
            })
            .collect()
    }

    fn attributes(&self, schema: &Schema, rename: Option<&String>) -> Entries {
        let item = merged_item(schema);
        let mut map = MapWriter::default();
        if let Some(word) = self.type_word(schema) {
            map.put("type", Node::Text(word));
        }
        map.text("as", rename);
        self.rules(&mut map, item.unwrap_or(schema));
        map.flag("cdata", schema.cdata);
        map.flag("private", schema.private);
        map.flag("nullable", schema.nullable);
        map.flag("unconfirmed", schema.unconfirmed);
        map.deprecated(schema.deprecated.as_ref());
        if let Some(default) = &schema.default {
            map.put("default", literal(default));
        }
        map.text("label", schema.label.as_ref());
        map.text("doc", schema.doc.as_ref());
        if let Some(example) = &schema.example {
            map.put("example", literal(example));
        }
        if let SchemaKind::List(list) = &schema.kind {
            list_rules(&mut map, list);
        }
        self.inside(&mut map, item.unwrap_or(schema));
        map.into_entries()
    }

    /// The type, where the other attributes do not tell it.
    fn type_word(&self, schema: &Schema) -> Option<String> {
        match &schema.kind {
            SchemaKind::Text(_)
            | SchemaKind::Object(_)
            | SchemaKind::Map(_)
            | SchemaKind::OneOf(_)
            | SchemaKind::Json(_)
            | SchemaKind::UrlEncoded(_) => None,
            SchemaKind::Enum(values) => (enum_word(values) == "number").then(|| "number".into()),
            SchemaKind::List(_) => {
                merged_item(schema).map(|item| format!("{}[]", self.item_word(item)))
            }
            SchemaKind::Integer(_) => Some("integer".into()),
            SchemaKind::Number(_) => Some("number".into()),
            SchemaKind::Boolean => Some("boolean".into()),
            SchemaKind::Any => Some("any".into()),
            SchemaKind::Ref(id) => Some(self.shape(id)),
        }
    }

    fn item_word(&self, item: &Schema) -> String {
        match &item.kind {
            SchemaKind::Object(_) => "object".into(),
            SchemaKind::Enum(values) => enum_word(values).into(),
            _ => self.type_word(item).unwrap_or_else(|| "string".into()),
        }
    }

    /// What restricts a value, short enough to stand before its label.
    fn rules(&self, map: &mut MapWriter, schema: &Schema) {
        map.text("name", schema.type_name.as_ref());
        match &schema.kind {
            SchemaKind::Text(rules) => text_rules(map, rules),
            SchemaKind::Integer(rules) | SchemaKind::Number(rules) => number_rules(map, rules),
            _ => {}
        }
        map.text("unit", schema.unit.as_ref());
        if let SchemaKind::Enum(rules) = &schema.kind {
            map.put(
                "enum",
                Node::List(rules.values.iter().map(enum_value).collect()),
            );
            map.flag("closed", rules.closed);
        }
        map.flag("sensitive", schema.sensitive);
    }

    /// What a value consists of: it comes last, since it is long.
    fn inside(&self, map: &mut MapWriter, schema: &Schema) {
        match &schema.kind {
            SchemaKind::Object(object) => map.put("fields", self.object(object)),
            SchemaKind::List(list) => map.put("items", self.value(&list.items, None)),
            SchemaKind::Map(values) => map.put("map", self.value(values, None)),
            SchemaKind::OneOf(alternatives) => {
                let alternatives = alternatives.iter().map(|one| self.alternative(one));
                map.put("one_of", Node::List(alternatives.collect()));
            }
            SchemaKind::Json(inner) => map.put("json", self.value(inner, None)),
            SchemaKind::UrlEncoded(object) => map.put("urlencoded", self.object(object)),
            _ => {}
        }
    }

    fn alternative(&self, one: &Alternative) -> Node {
        let mut map = MapWriter::default();
        map.put("name", Node::text(&one.name));
        map.text("label", one.label.as_ref());
        map.put("fields", self.object(&one.object));
        Node::Block(map.into_entries())
    }
}

/// The item of a list that `type: X[]` can speak of: one that says nothing of itself that would be taken to speak of the list.
fn merged_item(schema: &Schema) -> Option<&Schema> {
    let SchemaKind::List(list) = &schema.kind else {
        return None;
    };
    let speaks_as_item =
        schema.type_name.is_some() || schema.unit.is_some() || schema.sensitive || schema.cdata;
    let item = &*list.items;
    let bare = Schema {
        type_name: item.type_name.clone(),
        unit: item.unit.clone(),
        sensitive: item.sensitive,
        ..Schema::new(item.kind.clone())
    };
    let simple = matches!(
        item.kind,
        SchemaKind::Text(_)
            | SchemaKind::Integer(_)
            | SchemaKind::Number(_)
            | SchemaKind::Boolean
            | SchemaKind::Any
            | SchemaKind::Ref(_)
            | SchemaKind::Enum(_)
            | SchemaKind::Object(_)
    );
    (simple && !speaks_as_item && *item == bare).then_some(item)
}

fn text_rules(map: &mut MapWriter, rules: &TextSchema) {
    map.number("min", rules.min);
    map.number("max", rules.max);
    map.text("pattern", rules.pattern.as_ref());
    map.text("format", rules.format.as_ref());
}

fn number_rules(map: &mut MapWriter, rules: &NumberSchema) {
    map.number("min", rules.min);
    map.number("max", rules.max);
    map.text("format", rules.format.as_ref());
}

fn list_rules(map: &mut MapWriter, list: &ListSchema) {
    map.number("min_items", list.min_items);
    map.number("max_items", list.max_items);
    map.text("key", list.key.as_ref());
}

fn enum_word(values: &EnumSchema) -> &'static str {
    match values.values.first().map(|first| &first.value) {
        Some(Literal::Integer(_)) => "integer",
        Some(Literal::Number(_)) => "number",
        Some(Literal::Boolean(_)) => "boolean",
        _ => "string",
    }
}

fn enum_value(value: &EnumValue) -> Node {
    let known = literal(&value.value);
    if value.name.is_none() && value.label.is_none() {
        return known;
    }
    let mut map = MapWriter::default();
    map.put("value", known);
    map.text("name", value.name.as_ref());
    map.text("label", value.label.as_ref());
    Node::Map(map.into_entries())
}
