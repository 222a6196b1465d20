//! Values as Rust source.

use super::super::items::{
    ChoiceItem, EnumItem, FieldItem, Group, Known, ObjectItem, SharedShapes, TypeItem, TypeRef,
};
use super::super::literal::{self, rust_text};
use super::CRATE;
use crate::model::Literal;
use crate::naming;
use std::collections::BTreeMap;

/// The longest expression that stays on one line.
const LONGEST: usize = 80;
/// How deep objects may stand in each other; deeper ones are a cycle that the checks refuse.
const DEEPEST: usize = 24;

pub(super) struct Writer<'a> {
    pub(super) shapes: &'a BTreeMap<String, SharedShapes>,
}

/// The group whose nested types are meant by their bare names, and the path of its module.
pub(super) struct Home<'a> {
    pub(super) group: &'a Group,
    pub(super) nested: String,
}

/// A shared type.
pub(super) struct Shared<'a> {
    /// The path of the type.
    pub(super) path: String,
    pub(super) home: Home<'a>,
}

impl<'a> Writer<'a> {
    /// A shared object with the module of its nested types.
    pub(super) fn shape(&self, name: &TypeRef) -> Option<Shared<'a>> {
        let (id, side) = match name {
            TypeRef::Nested(_) => return None,
            TypeRef::Object(id, side) => (id, Some(*side)),
            TypeRef::Both(id) => (id, None),
        };
        let shapes = self.shapes.get(&id.product)?;
        let mut path = shapes_path(&id.product);
        let files = match side {
            None => &shapes.both,
            Some(side) => {
                path = format!("{path}::{}", side.module());
                shapes.side(side)
            }
        };
        let group = &files.iter().find(|file| file.name == id.name)?.group;
        let nested = format!("{path}::{}", naming::rust_name(&group.module));
        Some(Shared {
            path: format!("{path}::{}", id.name),
            home: Home { group, nested },
        })
    }

    /// An object, through its steps.
    pub(super) fn object(
        &self,
        path: &str,
        object: &ObjectItem,
        home: &Home<'a>,
        literal: Option<&Literal>,
        depth: usize,
    ) -> String {
        if depth > DEEPEST {
            return format!("{path}::new()");
        }
        let fields = shown(object, literal);
        let calls: Vec<_> = fields
            .iter()
            .map(|field| {
                let literal = member(literal, &field.wire).or(field.example.as_ref());
                let value = self.value(&field.ty, literal, &stand_in(field), home, depth + 1);
                format!(".{}({value})", naming::rust_name(&field.name))
            })
            .collect();
        let line = format!("{path}::new(){}", calls.concat());
        if line.len() <= LONGEST && !line.contains('\n') {
            return line;
        }
        let indent = "    ".repeat(depth + 1);
        let calls = calls.iter().map(|call| format!("\n{indent}{call}"));
        format!("{path}::new(){}", calls.collect::<String>())
    }

    fn value(
        &self,
        ty: &TypeItem,
        literal: Option<&Literal>,
        field: &str,
        home: &Home<'a>,
        depth: usize,
    ) -> String {
        match ty {
            TypeItem::Text | TypeItem::Sensitive | TypeItem::Json => text(literal, field),
            TypeItem::Known(known) => text(literal, sample(*known)),
            TypeItem::Integer => integer(literal),
            TypeItem::Number => number(literal),
            TypeItem::Boolean => matches!(literal, None | Some(Literal::Boolean(true))).to_string(),
            TypeItem::Named(name) | TypeItem::Boxed(name) => self.named(name, literal, home, depth),
            TypeItem::List(item) => {
                let first = first(literal);
                let value = match **item {
                    TypeItem::List(_) | TypeItem::Map(_) => {
                        self.exact(item, first, field, home, depth)
                    }
                    _ => self.value(item, first, field, home, depth),
                };
                format!("[{value}]")
            }
            TypeItem::Map(item) => format!(
                "[(\"key\", {})]",
                self.exact(item, None, field, home, depth)
            ),
            TypeItem::JsonText(inner) | TypeItem::UrlEncoded(inner) => {
                self.exact(inner, literal, field, home, depth)
            }
            TypeItem::File => format!("{CRATE}::File::new(\"licence.png\", \"the file's bytes\")"),
            TypeItem::FileContent => String::new(),
        }
    }

    /// A value of exactly its type, where nothing converts it.
    fn exact(
        &self,
        ty: &TypeItem,
        literal: Option<&Literal>,
        field: &str,
        home: &Home<'a>,
        depth: usize,
    ) -> String {
        match ty {
            TypeItem::Text => format!("String::from({})", text(literal, field)),
            TypeItem::Integer => format!("{}_i64", integer(literal).trim_end_matches("_i64")),
            TypeItem::List(item) => format!(
                "vec![{}]",
                self.exact(item, first(literal), field, home, depth)
            ),
            TypeItem::Map(item) => {
                let value = self.exact(item, None, field, home, depth);
                format!("std::collections::BTreeMap::from([(String::from(\"key\"), {value})])")
            }
            other => self.value(other, literal, field, home, depth),
        }
    }

    /// A choice, by its first alternative.
    fn first_of(
        &self,
        ty: &str,
        choice: &ChoiceItem,
        home: &Home<'a>,
        literal: Option<&Literal>,
        depth: usize,
    ) -> Option<String> {
        let (name, _) = choice.alternatives.first()?;
        let mut objects = home.group.objects.iter();
        let object = objects.find(|object| object.name == *name)?;
        let path = format!("{}::{name}", home.nested);
        let object = self.object(&path, object, home, literal, depth);
        Some(format!("{ty}::{name}({object})"))
    }

    fn named(
        &self,
        name: &TypeRef,
        literal: Option<&Literal>,
        home: &Home<'a>,
        depth: usize,
    ) -> String {
        let found = match name {
            TypeRef::Nested(name) => {
                let path = format!("{}::{name}", home.nested);
                let object = home
                    .group
                    .objects
                    .iter()
                    .find(|object| object.name == *name);
                let values = || home.group.enums.iter().find(|item| item.name == *name);
                object
                    .map(|object| self.object(&path, object, home, literal, depth))
                    .or_else(|| Some(variant(&path, values()?, literal)))
                    .or_else(|| {
                        let choice = home.group.choices.iter().find(|item| item.name == *name);
                        self.first_of(&path, choice?, home, literal, depth)
                    })
            }
            TypeRef::Object(..) | TypeRef::Both(_) => self.shape(name).and_then(|shared| {
                let Shared { path, home } = shared;
                let group = home.group;
                if let Some(root) = &group.root {
                    return Some(self.object(&path, root, &home, literal, depth));
                }
                let values = group.enums.first();
                values
                    .map(|values| variant(&path, values, literal))
                    .or_else(|| self.first_of(&path, group.choices.first()?, &home, literal, depth))
            }),
        };
        // What is missing was told as an error already.
        found.unwrap_or_else(|| "()".to_owned())
    }
}

/// A text for a field without an example: its name, made as long as the field's rules want it.
fn stand_in(field: &FieldItem) -> String {
    let length = field.name.chars().count();
    let bound = |bound: Option<i64>| bound.and_then(|bound| usize::try_from(bound).ok());
    let least = bound(field.rules.min).unwrap_or(length);
    let most = bound(field.rules.max).unwrap_or(usize::MAX);
    let letters = field.name.chars().cycle();
    letters.take(length.max(least).min(most)).collect()
}

/// The steps, then what the example names, then one of each group of which one must be set; of an object with none of these, the
/// first with an example.
fn shown<'o>(object: &'o ObjectItem, literal: Option<&Literal>) -> Vec<&'o FieldItem> {
    let mut fields = object.steps();
    fields.extend(
        object
            .setters()
            .filter(|field| member(literal, &field.wire).is_some()),
    );
    for group in &object.exactly_one {
        if !fields.iter().any(|field| group.contains(&field.wire)) {
            fields.extend(object.setters().find(|field| group.contains(&field.wire)));
        }
    }
    if fields.is_empty() {
        fields.extend(
            object
                .setters()
                .find(|field| field.example.is_some() && field.deprecated.is_none()),
        );
    }
    fields
}

fn shapes_path(product: &str) -> String {
    format!(
        "{CRATE}::shapes::{}",
        naming::rust_name(&naming::field_name(product))
    )
}

fn variant(path: &str, item: &EnumItem, literal: Option<&Literal>) -> String {
    let value = literal.and_then(literal::inline);
    let known = item
        .variants
        .iter()
        .find(|variant| Some(&variant.value) == value.as_ref());
    let variant = known.or(item.variants.first());
    format!(
        "{path}::{}",
        variant.map_or("", |variant| variant.name.as_str())
    )
}

fn member<'l>(literal: Option<&'l Literal>, name: &str) -> Option<&'l Literal> {
    match literal {
        Some(Literal::Object(members)) => members
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value),
        _ => None,
    }
}

fn first(literal: Option<&Literal>) -> Option<&Literal> {
    match literal {
        Some(Literal::List(items)) => items.first(),
        other => other,
    }
}

fn text(literal: Option<&Literal>, otherwise: &str) -> String {
    let value = literal.and_then(literal::inline);
    rust_text(value.as_deref().unwrap_or(otherwise))
}

fn integer(literal: Option<&Literal>) -> String {
    let value = match literal {
        Some(Literal::Integer(number)) => Some(*number),
        Some(Literal::Text(text)) => text.parse().ok(),
        _ => None,
    };
    let value: i64 = value.unwrap_or(1);
    match i32::try_from(value) {
        Ok(small) => small.to_string(),
        Err(_) => format!("{value}_i64"),
    }
}

fn number(literal: Option<&Literal>) -> String {
    let value = match literal {
        Some(Literal::Number(number)) => Some(*number),
        Some(Literal::Integer(number)) => return format!("{number}.0"),
        Some(Literal::Text(text)) => text.parse().ok(),
        _ => None,
    };
    format!(
        "{:?}",
        value
            .filter(|number: &f64| number.is_finite())
            .unwrap_or(1.0)
    )
}

fn sample(known: Known) -> &'static str {
    match known {
        Known::DateTime => "2026-01-31T13:29:35+08:00",
        Known::Date => "2026-01-31",
        Known::CompactDateTime => "20260131132935",
    }
}

#[cfg(test)]
mod tests {
    use super::stand_in;
    use crate::lower::items::{Docs, FieldItem, Place, Rules, TypeItem};

    #[test]
    fn the_name_of_a_field_is_made_to_fit() {
        let made = |min, max| {
            stand_in(&FieldItem {
                wire: "out_no".into(),
                name: "out_no".into(),
                place: Place::Body,
                required: true,
                ty: TypeItem::Text,
                rules: Rules {
                    min,
                    max,
                    ..Rules::default()
                },
                docs: Docs::default(),
                example: None,
                deprecated: None,
            })
        };
        assert_eq!(made(None, None), "out_no");
        assert_eq!(made(Some(8), None), "out_noou");
        assert_eq!(made(Some(1), Some(3)), "out");
    }
}
