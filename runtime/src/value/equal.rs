//! Whether two described values are the same.

use super::{List, Map, Object, View};
use std::collections::BTreeMap;

/// Whether two objects of one type hold the same.
#[inline]
pub fn equal(one: &dyn Object, other: &dyn Object) -> bool {
    let count = one.shape().fields.len();
    (0..count).all(|index| same(one.get(index), other.get(index)))
}

#[inline]
fn same(one: Option<View<'_>>, other: Option<View<'_>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => views(one, other),
        (None, None) => true,
        _ => false,
    }
}

#[inline]
fn views(one: View<'_>, other: View<'_>) -> bool {
    match (one, other) {
        (View::Absent, View::Absent) => true,
        (View::Text(one), View::Text(other)) => one == other,
        (View::Sensitive(one, _), View::Sensitive(other, _)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Number(one), View::Number(other)) => one == other,
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Enum(one, _), View::Enum(other, _)) => one == other,
        (View::Json(one, _), View::Json(other, _)) => one == other,
        (View::File(one), View::File(other)) => one == other,
        (View::Object(one), View::Object(other)) => {
            // Of a choice, two alternatives may stand here.
            core::ptr::eq(one.shape(), other.shape()) && equal(one, other)
        }
        (View::JsonText(one), View::JsonText(other))
        | (View::UrlEncoded(one), View::UrlEncoded(other)) => views(one.shown(), other.shown()),
        (View::List(one), View::List(other)) => lists(one, other),
        (View::Map(one), View::Map(other)) => maps(one, other),
        _ => false,
    }
}

#[inline]
fn lists(one: &dyn List, other: &dyn List) -> bool {
    one.len() == other.len() && (0..one.len()).all(|index| same(one.get(index), other.get(index)))
}

#[inline]
fn maps(one: &dyn Map, other: &dyn Map) -> bool {
    let (one, mut other) = (entries(one), entries(other));
    one.len() == other.len()
        && one
            .into_iter()
            .all(|(key, value)| same(Some(value), other.remove(key)))
}

#[inline]
fn entries(map: &dyn Map) -> BTreeMap<&str, View<'_>> {
    let mut entries = BTreeMap::new();
    map.each(&mut |key, value| {
        entries.insert(key, value);
    });
    entries
}
