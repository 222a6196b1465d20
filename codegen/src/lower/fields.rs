//! A field of the description as a member of a struct.

use super::docs;
use super::items::{FieldItem, Place, Rules, TypeItem};
use crate::model::{Field, Literal, NumberSchema, Schema, SchemaKind};
use crate::naming;

pub(super) fn item(field: &Field, place: Place, ty: TypeItem) -> FieldItem {
    FieldItem {
        wire: field.name.clone(),
        name: rust_name(field),
        place,
        required: field.required,
        ty,
        rules: rules(&field.schema),
        docs: docs::field(field),
        example: example(&field.schema),
        deprecated: field.schema.deprecated.clone(),
    }
}

/// The file of an upload, by the name of its part.
pub(super) fn file(part: &str) -> FieldItem {
    FieldItem {
        wire: part.to_owned(),
        name: naming::field_name(part),
        place: Place::Form,
        required: true,
        ty: TypeItem::File,
        rules: Rules::default(),
        docs: docs::file(),
        example: None,
        deprecated: None,
    }
}

/// An example, of a list made of one item where only the item has one.
fn example(schema: &Schema) -> Option<Literal> {
    let own = schema.example.clone();
    own.or_else(|| match &schema.kind {
        SchemaKind::List(list) => Some(Literal::List(vec![example(&list.items)?])),
        _ => None,
    })
}

/// The name of a field in Rust, without `r#`.
pub(super) fn rust_name(field: &Field) -> String {
    naming::field_name(field.rename.as_deref().unwrap_or(&field.name))
}

/// What is checked of a value; of a list's items, where it is one.
pub(super) fn rules(schema: &Schema) -> Rules {
    let mut rules = Rules {
        nullable: schema.nullable,
        private: schema.private,
        ..Rules::default()
    };
    let checked = match &schema.kind {
        SchemaKind::List(list) => {
            rules.min_items = list.min_items;
            rules.max_items = list.max_items;
            rules.private |= list.items.private;
            &list.items
        }
        _ => schema,
    };
    match &checked.kind {
        SchemaKind::Text(text) => {
            rules.min = text.min.and_then(|min| i64::try_from(min).ok());
            rules.max = text.max.and_then(|max| i64::try_from(max).ok());
            rules.pattern.clone_from(&text.pattern);
        }
        SchemaKind::Integer(number) | SchemaKind::Number(number) => {
            rules.min = number.min;
            rules.max = number.max;
        }
        _ => {}
    }
    rules
}

/// Whether a number is a whole one, whatever its type says.
pub(super) fn is_whole(number: &NumberSchema) -> bool {
    let format = number.format.as_deref().unwrap_or_default();
    format.starts_with("int") || format.starts_with("uint") || format.starts_with("unit")
}

/// The name of the step that takes a field.
pub(crate) fn step_name(field: &FieldItem) -> String {
    format!("Needs{}", naming::type_name(&field.name))
}

/// The module of a nested type's steps.
pub(crate) fn module_name(type_name: &str) -> String {
    naming::field_name(type_name)
}
