//! The value of a field: a type, or a map of attributes.

use super::Reader;
use super::attributes::{COMMON, KEYS, STRUCTURES, attributes_of, whom_for};
use super::keys::Keys;
use super::literal::literal;
use super::node::{Node, Value};
use super::type_expression::{BaseType, TypeExpression};
use super::values::attribute;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{ListSchema, NumberSchema, Schema, SchemaKind, TextSchema};

impl Reader<'_> {
    /// The value of a field, of an item, of a map. `is_field` tells whether it may have another name in Rust.
    pub(crate) fn schema(&mut self, node: &Node, pointer: &str, is_field: bool) -> Schema {
        match &node.value {
            Value::Text(text) => match TypeExpression::parse(text, node.span, &self.product) {
                Ok(expression) => {
                    self.place(attribute(pointer, "type"), node.span);
                    let kind = self.bare_kind(&expression.base, node.span);
                    in_lists(Schema::new(kind), expression.lists)
                }
                Err(problem) => {
                    self.report(*problem);
                    unreadable()
                }
            },
            Value::Map(_) => self.attributes(node, pointer, is_field),
            _ => {
                let example = "seq?: integer` or `seq?: { type: integer, max: 9 }";
                self.wrong_kind(node, pointer, "a type, or a map of attributes", example);
                unreadable()
            }
        }
    }

    fn attributes(&mut self, node: &Node, pointer: &str, is_field: bool) -> Schema {
        let known: Vec<&'static str> = KEYS
            .into_iter()
            .filter(|key| is_field || *key != "as")
            .collect();
        let Some(keys) = Keys::of(self, node, pointer, "a field", &known) else {
            return unreadable();
        };
        let structure = self.structure(&keys);
        let expression = match self.type_of(&keys) {
            Ok(expression) => expression,
            Err(()) => return self.described(&keys, pointer, SchemaKind::Any, 0),
        };
        let (base, lists) = match expression {
            Some(expression) => (Some(expression.base), expression.lists),
            None => (None, 0),
        };
        let inside = format!("{pointer}{}", "[]".repeat(lists));
        let kind = match (structure, keys.get("enum")) {
            (Some(structure), _) => {
                self.structured(&keys, structure, base.as_ref(), pointer, &inside)
            }
            (None, Some(values)) => {
                self.declared_as(
                    &keys,
                    base.as_ref(),
                    &["string", "integer", "number", "boolean"],
                    "enum",
                );
                let closed = self.flag(&keys, "closed", pointer);
                self.enumeration(values, base.as_ref(), closed, pointer)
            }
            (None, None) => self.plain(&keys, base.as_ref(), pointer),
        };
        self.refuse_misplaced(&keys, &kind, lists);
        self.described(&keys, pointer, kind, lists)
    }

    /// Puts the attributes that every type has to a value, and the value into its lists.
    fn described(
        &mut self,
        keys: &Keys<'_>,
        pointer: &str,
        kind: SchemaKind,
        lists: usize,
    ) -> Schema {
        let mut item = Schema::new(kind);
        item.type_name = self.text(keys, "name", pointer, "name: StoreInfo");
        item.unit = self.text(keys, "unit", pointer, "unit: fen");
        item.sensitive = self.flag(keys, "sensitive", pointer);
        item.cdata = self.flag(keys, "cdata", pointer);
        let mut schema = in_lists(item, lists);
        if let (true, SchemaKind::List(list)) = (lists > 0, &mut schema.kind) {
            self.list_rules(keys, pointer, list);
        }
        schema.label = self.text(keys, "label", pointer, "label: 商户服务订单号");
        schema.doc = self.text(
            keys,
            "doc",
            pointer,
            "doc: The number that the merchant gave to the order.",
        );
        schema.example = keys.get("example").and_then(literal);
        schema.default = keys.get("default").and_then(literal);
        schema.nullable = self.flag(keys, "nullable", pointer);
        schema.private = self.flag(keys, "private", pointer);
        schema.unconfirmed = self.flag(keys, "unconfirmed", pointer);
        schema.deprecated = self.deprecation(keys, pointer);
        schema
    }

    fn type_of(&mut self, keys: &Keys<'_>) -> Result<Option<TypeExpression>, ()> {
        let Some(node) = keys.get("type") else {
            return Ok(None);
        };
        let Value::Text(text) = &node.value else {
            let span = keys.entry("type").map_or(node.span, |entry| entry.place());
            let message = format!("expected the name of a type, found {}", node.kind());
            self.report(
                Diagnostic::error("wrong-kind", span, message)
                    .help("for example `type: integer`; a field that is called `type` stands under `fields`, with the others"),
            );
            return Err(());
        };
        TypeExpression::parse(text, node.span, &self.product)
            .map(Some)
            .map_err(|problem| self.report(*problem))
    }

    /// The attribute that says of what the value consists.
    fn structure(&mut self, keys: &Keys<'_>) -> Option<&'static str> {
        let mut present = keys
            .present()
            .filter(|(key, _)| STRUCTURES.contains(key) || *key == "enum");
        let (first, first_entry) = present.next()?;
        if let Some((second, entry)) = present.next() {
            let message = format!("`{first}` and `{second}` exclude each other");
            let problem = Diagnostic::error("conflicting-keys", entry.key_span, message)
                .also(first_entry.key_span, "the other one")
                .help("a value is an object (`fields`), a list (`items`), a map, an enumeration …, never two of them");
            self.report(problem);
        }
        STRUCTURES.contains(&first).then_some(first)
    }

    fn structured(
        &mut self,
        keys: &Keys<'_>,
        structure: &'static str,
        base: Option<&BaseType>,
        pointer: &str,
        inside: &str,
    ) -> SchemaKind {
        let allowed: &[&str] = match structure {
            "fields" | "one_of" => &["object"],
            "json" | "urlencoded" => &["string"],
            _ => &[],
        };
        self.declared_as(keys, base, allowed, structure);
        let Some(node) = keys.get(structure) else {
            return SchemaKind::Any;
        };
        match structure {
            "fields" => SchemaKind::Object(self.object(node, inside)),
            "urlencoded" => SchemaKind::UrlEncoded(self.object(node, inside)),
            "one_of" => SchemaKind::OneOf(self.alternatives(node, inside)),
            "map" => SchemaKind::Map(Box::new(self.inner(node, format!("{inside}{{}}")))),
            "json" => SchemaKind::Json(Box::new(self.inner(node, format!("{inside}~")))),
            _ => {
                let mut rules = ListSchema {
                    items: Box::new(self.inner(node, format!("{inside}[]"))),
                    min_items: None,
                    max_items: None,
                    key: None,
                };
                self.list_rules(keys, pointer, &mut rules);
                SchemaKind::List(rules)
            }
        }
    }

    fn inner(&mut self, node: &Node, pointer: String) -> Schema {
        let span = if node.is_scalar() {
            node.span
        } else {
            self.place_of(&pointer)
        };
        self.place(pointer.clone(), span);
        self.schema(node, &pointer, false)
    }

    fn list_rules(&mut self, keys: &Keys<'_>, pointer: &str, list: &mut ListSchema) {
        list.min_items = self.item_count(keys, "min_items", pointer);
        list.max_items = self.item_count(keys, "max_items", pointer);
        list.key = self.text(keys, "key", pointer, "key: goods_id");
    }

    /// A value of a type that needs no further attribute.
    fn plain(&mut self, keys: &Keys<'_>, base: Option<&BaseType>, pointer: &str) -> SchemaKind {
        match base.unwrap_or(&BaseType::Text) {
            BaseType::Text => SchemaKind::Text(TextSchema {
                min: self.count(keys, "min", pointer),
                max: self.count(keys, "max", pointer),
                pattern: self.text(keys, "pattern", pointer, "pattern: '[0-9]{6}'"),
                format: self.text(keys, "format", pointer, "format: rfc3339"),
            }),
            BaseType::Integer => SchemaKind::Integer(self.number(keys, pointer)),
            BaseType::Number => SchemaKind::Number(self.number(keys, pointer)),
            other => {
                let span = keys.entry("type").map(|entry| entry.place());
                self.bare_kind(other, span.unwrap_or_else(|| self.place_of(pointer)))
            }
        }
    }

    fn number(&mut self, keys: &Keys<'_>, pointer: &str) -> NumberSchema {
        NumberSchema {
            min: self.whole_number(keys, "min", pointer),
            max: self.whole_number(keys, "max", pointer),
            format: self.text(keys, "format", pointer, "format: int32"),
        }
    }

    fn bare_kind(&mut self, base: &BaseType, span: Span) -> SchemaKind {
        match base {
            BaseType::Text => SchemaKind::Text(TextSchema::default()),
            BaseType::Integer => SchemaKind::Integer(NumberSchema::default()),
            BaseType::Number => SchemaKind::Number(NumberSchema::default()),
            BaseType::Boolean => SchemaKind::Boolean,
            BaseType::Any => SchemaKind::Any,
            BaseType::Shape(id) => SchemaKind::Ref(id.clone()),
            BaseType::Object => {
                let problem = Diagnostic::error("object-without-fields", span, "an object without `fields`")
                    .help("write its members under `fields`; if nobody knows them, the type is `any`, and if the names are free, `{ map: string }`");
                self.report(problem);
                SchemaKind::Any
            }
        }
    }

    /// Reports a `type` that does not go with what the value consists of.
    fn declared_as(
        &mut self,
        keys: &Keys<'_>,
        base: Option<&BaseType>,
        allowed: &[&str],
        structure: &str,
    ) {
        let Some(base) = base else { return };
        if allowed.contains(&word(base)) {
            return;
        }
        let Some(entry) = keys.entry("type") else {
            return;
        };
        let message = format!("`type` and `{structure}` contradict each other");
        let help = match structure {
            "enum" => "an enumeration's type is that of its values: leave `type` out".to_owned(),
            "items" => "write `type: X[]` or `items`, not both".to_owned(),
            "map" => "leave `type` out; for a list of maps write `items: { map: … }`".to_owned(),
            _ => format!(
                "leave `type` out; for a list, write `type: {}[]`",
                allowed.join("")
            ),
        };
        let problem = Diagnostic::error("conflicting-keys", entry.place(), message).help(help);
        self.report(problem);
    }

    /// Reports the attributes that say nothing of a kind.
    fn refuse_misplaced(&mut self, keys: &Keys<'_>, kind: &SchemaKind, lists: usize) {
        let (own, name) = attributes_of(kind);
        for (key, entry) in keys.present() {
            let of_list = lists > 0 && ["min_items", "max_items", "key"].contains(&key);
            if COMMON.contains(&key)
                || own.contains(&key)
                || STRUCTURES.contains(&key)
                || key == "enum"
                || of_list
            {
                continue;
            }
            let message = format!("`{key}` says nothing of {name}");
            let problem =
                Diagnostic::error("misplaced-key", entry.key_span, message).help(whom_for(key));
            self.report(problem);
        }
    }
}

fn word(base: &BaseType) -> &'static str {
    match base {
        BaseType::Text => "string",
        BaseType::Integer => "integer",
        BaseType::Number => "number",
        BaseType::Boolean => "boolean",
        BaseType::Any => "any",
        BaseType::Object => "object",
        BaseType::Shape(_) => "a shared shape",
    }
}

fn in_lists(item: Schema, lists: usize) -> Schema {
    (0..lists).fold(item, |items, _| {
        Schema::new(SchemaKind::List(ListSchema {
            items: Box::new(items),
            min_items: None,
            max_items: None,
            key: None,
        }))
    })
}

/// What stands for a value that could not be read: nothing more can be wrong with it.
fn unreadable() -> Schema {
    Schema::new(SchemaKind::Any)
}
