//! Any schema.

use super::words::*;
use crate::model::*;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

pub(super) fn shape_id() -> BoxedStrategy<ShapeId> {
    (product(), upper_name())
        .prop_map(|(product, name)| ShapeId { product, name })
        .boxed()
}

pub(super) fn product() -> BoxedStrategy<String> {
    prop_oneof![Just("pay".to_owned()), Just("pay-score".to_owned())].boxed()
}

pub(super) fn text_rules() -> BoxedStrategy<TextSchema> {
    (
        option::of(0..99u64),
        option::of(0..99u64),
        option::of(texts()),
        option::of(texts()),
    )
        .prop_map(|(min, max, pattern, format)| TextSchema {
            min,
            max,
            pattern,
            format,
        })
        .boxed()
}

pub(super) fn number_rules() -> BoxedStrategy<NumberSchema> {
    (
        option::of(any::<i64>()),
        option::of(any::<i64>()),
        option::of(texts()),
    )
        .prop_map(|(min, max, format)| NumberSchema { min, max, format })
        .boxed()
}

pub(super) fn enum_schema() -> BoxedStrategy<EnumSchema> {
    let literals = prop_oneof![
        vec(texts().prop_map(Literal::Text), 0..4),
        vec(any::<i64>().prop_map(Literal::Integer), 1..4),
        vec(finite().prop_map(Literal::Number), 1..4),
        vec(any::<bool>().prop_map(Literal::Boolean), 1..3),
    ];
    (
        literals,
        vec((option::of(texts()), option::of(texts())), 4),
        any::<bool>(),
    )
        .prop_map(|(literals, words, closed)| {
            let values = literals
                .into_iter()
                .zip(words)
                .map(|(value, (name, label))| EnumValue { value, name, label });
            EnumSchema {
                values: values.collect(),
                closed,
            }
        })
        .boxed()
}

pub(super) fn kind() -> BoxedStrategy<SchemaKind> {
    let leaf = prop_oneof![
        text_rules().prop_map(SchemaKind::Text),
        number_rules().prop_map(SchemaKind::Integer),
        number_rules().prop_map(SchemaKind::Number),
        Just(SchemaKind::Boolean),
        Just(SchemaKind::Any),
        enum_schema().prop_map(SchemaKind::Enum),
        shape_id().prop_map(SchemaKind::Ref),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let schema = || schema_of(inner.clone()).prop_map(Box::new);
        let object = || object_of(inner.clone());
        let alternative = (upper_name(), option::of(texts()), object()).prop_map(|(name, label, object)| Alternative { name, label, object });
        prop_oneof![
            2 => object().prop_map(SchemaKind::Object),
            3 => (schema(), option::of(0..9u32), option::of(0..9u32), option::of(texts())).prop_map(|(items, min_items, max_items, key)| {
                SchemaKind::List(ListSchema { items, min_items, max_items, key })
            }),
            1 => schema().prop_map(SchemaKind::Map),
            1 => schema().prop_map(SchemaKind::Json),
            1 => object().prop_map(SchemaKind::UrlEncoded),
            1 => vec(alternative, 1..3).prop_map(SchemaKind::OneOf),
        ]
    })
        .boxed()
}

pub(super) fn schema_of(kind: BoxedStrategy<SchemaKind>) -> BoxedStrategy<Schema> {
    let words = (
        option::of(texts()),
        option::of(texts()),
        option::of(literal()),
        option::of(literal()),
        option::of(texts()),
    );
    let names = (option::of(upper_name()), option::of(texts()));
    (kind, words, names, any::<[bool; 5]>())
        .prop_map(|(kind, words, (type_name, unit), flags)| {
            let (label, doc, example, default, deprecated) = words;
            let named = matches!(
                kind,
                SchemaKind::Object(_)
                    | SchemaKind::Enum(_)
                    | SchemaKind::OneOf(_)
                    | SchemaKind::UrlEncoded(_)
            );
            let counted = matches!(kind, SchemaKind::Integer(_) | SchemaKind::Number(_));
            let [nullable, sensitive, private, unconfirmed, cdata] = flags;
            Schema {
                kind,
                type_name: type_name.filter(|_| named),
                label,
                doc,
                example,
                default,
                unit: unit.filter(|_| counted),
                nullable,
                sensitive,
                private,
                unconfirmed,
                deprecated,
                cdata,
            }
        })
        .boxed()
}

/// Mostly bare schemas, since those have the short forms.
pub(super) fn schema() -> BoxedStrategy<Schema> {
    prop_oneof![schema_of(kind()), kind().prop_map(Schema::new)].boxed()
}

pub(super) fn fields_of(kind: BoxedStrategy<SchemaKind>) -> BoxedStrategy<Vec<Field>> {
    let schema = prop_oneof![schema_of(kind.clone()), kind.prop_map(Schema::new)];
    btree_map(
        wire_name(),
        (any::<bool>(), option::of(texts()), schema),
        0..4,
    )
    .prop_map(|fields| {
        let fields = fields
            .into_iter()
            .map(|(name, (required, rename, schema))| Field {
                name,
                rename,
                required,
                schema,
            });
        fields.collect()
    })
    .boxed()
}

pub(super) fn object_of(kind: BoxedStrategy<SchemaKind>) -> BoxedStrategy<ObjectSchema> {
    let groups = vec(vec(wire_name(), 0..3), 0..2);
    (fields_of(kind), groups, option::of(texts()))
        .prop_map(|(fields, exactly_one, envelope)| ObjectSchema {
            fields,
            exactly_one,
            envelope,
        })
        .boxed()
}
