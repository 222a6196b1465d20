//! Schema nodes of the facts → schemas of the model.

use super::enumeration::enumeration;
use super::example;
use super::facts::{FactNode, FactType};
use super::meaning;
use super::members::Members;
use super::report::Notes;
use super::rules;
use crate::model::{
    Alternative, Field, ListSchema, Literal, ObjectSchema, Schema, SchemaKind, TextSchema,
};
use crate::naming;
use std::collections::BTreeSet;

/// Turns the nodes of one operation into schemas.
#[derive(Clone, Copy, Debug)]
pub(super) struct SchemaReader {
    /// What whole numbers of money count: `fen`; `minor` (the currency's smallest unit) where the currency varies.
    pub(super) money: &'static str,
}

impl SchemaReader {
    /// A field.
    pub(super) fn field(&self, name: &str, node: &FactNode, notes: &mut Notes) -> Field {
        notes.within(name, |notes| {
            let required = node.required && !node.unconfirmed;
            if node.required && node.unconfirmed {
                notes.repaired(
                    "required and unconfirmed",
                    "optional",
                    "what one witness alone knows is optional",
                );
            }
            Field {
                name: name.to_owned(),
                rename: None,
                required,
                schema: self.schema(name, node, notes),
            }
        })
    }

    /// The fields of an object, names in Rust proposed where two would be alike.
    pub(super) fn fields(&self, members: &Members<FactNode>, notes: &mut Notes) -> Vec<Field> {
        let mut fields: Vec<_> = members
            .0
            .iter()
            .map(|(name, node)| self.field(name, node, notes))
            .collect();
        rename_twins(&mut fields, notes);
        fields
    }

    /// An object with its rules.
    pub(super) fn object(&self, node: &FactNode, notes: &mut Notes) -> ObjectSchema {
        let none = Members::default();
        let mut fields = self.fields(node.fields.as_ref().unwrap_or(&none), notes);
        let mut exactly_one = Vec::new();
        if node.one_of_members {
            match fields.as_mut_slice() {
                [only] => {
                    only.required = true;
                    notes.repaired(
                        "exactly one of one member",
                        "a required member",
                        "there is nothing to choose",
                    );
                }
                many => exactly_one.push(many.iter().map(|field| field.name.clone()).collect()),
            }
        }
        ObjectSchema {
            fields,
            exactly_one,
            envelope: node.envelope.clone(),
        }
    }

    /// A schema. The name is that of the field, which tells what the value means.
    pub(super) fn schema(&self, name: &str, node: &FactNode, notes: &mut Notes) -> Schema {
        let kind = self.kind(name, node, notes);
        rules::note_unused(&kind, node, notes);
        let mut schema = Schema {
            label: node.label.clone().filter(|label| !label.is_empty()),
            nullable: node.nullable,
            unconfirmed: node.unconfirmed,
            cdata: node.cdata,
            ..Schema::new(kind)
        };
        self.sensitive(&mut schema, node, notes);
        rules::time_format_from_example(&mut schema, node, notes);
        self.values(&mut schema, node, notes);
        self.meaning(&mut schema, name, notes);
        hoist_from_items(&mut schema);
        schema
    }

    fn kind(&self, name: &str, node: &FactNode, notes: &mut Notes) -> SchemaKind {
        if let Some(alternatives) = &node.one_of {
            return self.alternatives(alternatives, notes);
        }
        let kind = node.kind.unwrap_or(FactType::Object);
        if kind != FactType::Array
            && let Some(values) = node
                .values
                .as_deref()
                .and_then(|values| enumeration(kind, values, notes))
        {
            return SchemaKind::Enum(values);
        }
        match kind {
            FactType::String => self.text(name, node, notes),
            FactType::Integer | FactType::Number => rules::number(node, notes),
            FactType::Boolean => SchemaKind::Boolean,
            FactType::Object => self.object_kind(name, node, notes),
            FactType::Array => self.list(name, node, notes),
            FactType::File => {
                notes.repaired(
                    "a file inside a document",
                    "any",
                    "files stand in forms alone",
                );
                SchemaKind::Any
            }
        }
    }

    fn text(&self, name: &str, node: &FactNode, notes: &mut Notes) -> SchemaKind {
        if let Some(inner) = &node.json {
            let inner = notes.within("json", |notes| self.schema(name, inner, notes));
            return SchemaKind::Json(Box::new(inner));
        }
        if let Some(inner) = &node.urlencode {
            return SchemaKind::UrlEncoded(
                notes.within("urlencoded", |notes| self.object(inner, notes)),
            );
        }
        let any = || Box::new(Schema::new(SchemaKind::Any));
        match node.format.as_deref() {
            Some("jsonObjectLike") => SchemaKind::Json(any()),
            Some("jsonArrayLike") => SchemaKind::Json(Box::new(Schema::new(SchemaKind::List(
                list_of(any(), node),
            )))),
            _ => SchemaKind::Text(rules::text(node, notes)),
        }
    }

    fn object_kind(&self, name: &str, node: &FactNode, notes: &mut Notes) -> SchemaKind {
        if let Some(values) = &node.additional {
            let values = notes.within("map", |notes| self.schema(name, values, notes));
            if node.fields.is_some() {
                notes.dropped(
                    "named members beside a map",
                    "a map has no members of its own",
                );
            }
            return SchemaKind::Map(Box::new(values));
        }
        match &node.fields {
            Some(_) => SchemaKind::Object(self.object(node, notes)),
            None => SchemaKind::Any,
        }
    }

    fn list(&self, name: &str, node: &FactNode, notes: &mut Notes) -> SchemaKind {
        let items = match &node.items {
            Some(items) => notes.within("items", |notes| {
                if items.required {
                    notes.dropped("required", "an item is neither required nor optional");
                }
                self.schema(name, items, notes)
            }),
            None => Schema::new(SchemaKind::Any),
        };
        let mut list = list_of(Box::new(items), node);
        if let (Some(max), None) = (node.max_length, list.max_items) {
            list.max_items = u32::try_from(max).ok();
            notes.repaired(
                format!("a list's maxLength {max}"),
                "max_items",
                "a list has items, not characters",
            );
        }
        SchemaKind::List(list)
    }

    fn alternatives(&self, nodes: &[FactNode], notes: &mut Notes) -> SchemaKind {
        let mut taken = BTreeSet::new();
        let alternatives = nodes.iter().enumerate().map(|(index, node)| {
            let own = node
                .label
                .as_deref()
                .and_then(quoted_word)
                .map(|word| naming::type_name(&word.to_lowercase()));
            let name = match own.filter(|name| taken.insert(name.clone())) {
                Some(name) => name,
                None => format!("Alternative{}", index + 1),
            };
            notes.within(name.clone(), |notes| Alternative {
                name,
                label: node.label.clone(),
                object: self.object(node, notes),
            })
        });
        SchemaKind::OneOf(alternatives.collect())
    }

    /// An encrypted field: the user gives and gets the plain text, so that neither base64 nor ciphertext is described.
    fn sensitive(&self, schema: &mut Schema, node: &FactNode, notes: &mut Notes) {
        let base64 = node.format.as_deref() == Some("base64");
        match &mut schema.kind {
            SchemaKind::Text(rules) if node.sensitive => {
                schema.sensitive = true;
                if base64 {
                    rules.format = None;
                }
            }
            _ if node.sensitive => notes.dropped("sensitive", "only texts are encrypted"),
            _ => {}
        }
    }

    fn values(&self, schema: &mut Schema, node: &FactNode, notes: &mut Notes) {
        if let Some(value) = node
            .example
            .as_ref()
            .filter(|value| !(schema.sensitive && is_ciphertext(value)))
        {
            schema.example = example::example(&schema.kind, value, notes);
        }
        if let Some(value) = &node.default {
            schema.default = example::default(&schema.kind, value, notes);
        }
    }

    fn meaning(&self, schema: &mut Schema, name: &str, notes: &mut Notes) {
        let label = schema.label.as_deref();
        match &schema.kind {
            SchemaKind::Integer(_) if meaning::is_money(name, label) => {
                schema.unit = Some(self.money.to_owned());
                notes.money += 1;
            }
            SchemaKind::Text(rules) if !schema.sensitive && meaning::is_personal(name, label) => {
                schema.private = true;
                notes.private += 1;
                if rules.format.as_deref() == Some("base64") {
                    notes.proposed(
                        "base64 of a person's datum that is not said to be encrypted",
                        "base64 and private",
                        "a person should look whether it is encrypted",
                    );
                }
            }
            _ => {}
        }
    }
}

fn list_of(items: Box<Schema>, node: &FactNode) -> ListSchema {
    ListSchema {
        items,
        min_items: node.min_items,
        max_items: node.max_items,
        key: node.key.clone(),
    }
}

/// What an item says of itself is said of the list, where the list says nothing else: `type: X[]` can then speak of both.
fn hoist_from_items(schema: &mut Schema) {
    let SchemaKind::List(list) = &mut schema.kind else {
        return;
    };
    let item = &mut *list.items;
    if schema.label.is_none() || schema.label == item.label {
        schema.label = item.label.take().or(schema.label.take());
    }
    if schema.example.is_none() {
        schema.example = item
            .example
            .take()
            .map(|example| Literal::List(vec![example]));
    }
    schema.private |= std::mem::take(&mut item.private);
}

/// Gives another name in Rust to a field whose own is that of one before it: the numbered one of two keeps the wire's name for the other.
fn rename_twins(fields: &mut [Field], notes: &mut Notes) {
    let mut taken: BTreeSet<String> = fields
        .iter()
        .map(|field| naming::field_name(&field.name))
        .collect();
    let mut seen = BTreeSet::new();
    // Numbered fields are members of a list's items, where they have no twins.
    for field in fields.iter_mut().filter(|field| !field.name.contains('$')) {
        let own = naming::field_name(&field.name);
        if seen.insert(own.clone()) {
            continue;
        }
        let plural = format!("{own}s");
        let others = (2..).map(|number| format!("{own}_{number}"));
        let name = std::iter::once(plural)
            .chain(others)
            .find(|name| taken.insert(name.clone()));
        if let Some(name) = name {
            notes.proposed(
                format!("{} and another field are {own} in Rust", field.name),
                format!("{} as {name}", field.name),
                "two names alike",
            );
            field.rename = Some(name);
        }
    }
}

/// The word between backquotes: 场景`METRO`信息 → METRO.
fn quoted_word(label: &str) -> Option<&str> {
    label
        .split('`')
        .nth(1)
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether an example is what stands on the wire: long, and base64 throughout.
fn is_ciphertext(value: &serde_json::Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() >= 32 && example::matches("[A-Za-z0-9+/]+={0,2}", text))
}

/// A text without rules, for a variable that the facts do not describe.
pub(super) fn bare_text() -> Schema {
    Schema::new(SchemaKind::Text(TextSchema::default()))
}
