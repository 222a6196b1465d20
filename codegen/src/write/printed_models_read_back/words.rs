//! Texts, names and single values of any kind.

use crate::model::*;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

pub(super) fn texts() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-zA-Z_]{1,8}",
        "[0-9a-fA-FxeETZ.:+-]{0,8}",
        "[\\u{4e00}-\\u{4e20}，、 #:?,{}\\[\\]'\"\\\\-]{0,8}",
        Just("yes".to_owned()),
        Just("null".to_owned()),
        any::<String>(),
    ]
    .boxed()
}

/// An official name: the reader asks for one.
pub(super) fn titles() -> BoxedStrategy<String> {
    texts()
        .prop_filter("no title", |title| !title.trim().is_empty())
        .boxed()
}

/// A name on the wire: what begins with `$` or ends with `?` means something else in a map of fields.
pub(super) fn wire_name() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-z][a-z0-9_]{0,8}(_\\$n)?",
        1 => texts().prop_filter("no name on the wire", |name| !name.is_empty() && !name.starts_with('$') && !name.ends_with('?')),
    ]
        .boxed()
}

pub(super) fn upper_name() -> BoxedStrategy<String> {
    "[A-Z][A-Za-z0-9]{0,6}".boxed()
}

pub(super) fn literal() -> BoxedStrategy<Literal> {
    let leaf = prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(Literal::Integer),
        finite().prop_map(Literal::Number),
        texts().prop_map(Literal::Text),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Literal::List),
            btree_map(texts(), inner, 0..3)
                .prop_map(|members| Literal::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

pub(super) fn finite() -> BoxedStrategy<f64> {
    any::<f64>()
        .prop_filter("the reader refuses others", |number| number.is_finite())
        .boxed()
}
