//! A copy of a described value.

use super::{Generated, List, ListMut, Map, MapMut, Object, ObjectMut, OneOf, Slot, Value, View};

/// A copy of an object.
#[inline]
pub fn copied<T: Generated>(from: &T) -> T {
    let mut new = T::EMPTY;
    copy(from, &mut new);
    new
}

/// Puts what an object holds into another of its type, which holds nothing yet.
#[inline]
pub fn copy(from: &dyn Object, to: &mut dyn ObjectMut) {
    for index in 0..from.shape().fields.len() {
        if let (Some(from), Some(to)) = (from.get(index), to.get_mut(index)) {
            value(from, to);
        }
    }
}

#[inline]
fn value(from: View<'_>, to: &mut dyn Value) {
    if !matches!(from, View::Absent) {
        slot(from, to.slot());
    }
}

#[inline]
fn slot(from: View<'_>, to: Slot<'_>) {
    match (from, to) {
        (View::Text(from), Slot::Text(to)) | (View::Sensitive(from, _), Slot::Sensitive(to, _)) => {
            to.push_str(from);
        }
        (View::Integer(from), Slot::Integer(to)) => *to = from,
        (View::Number(from), Slot::Number(to, _)) => *to = from,
        (View::Boolean(from), Slot::Boolean(to)) => *to = from,
        (View::Enum(from, _), Slot::Enum(to)) => {
            to.set(from);
        }
        (View::Json(from, _), Slot::Json(to, _)) => to.clone_from(from),
        (View::File(from), Slot::File(to, _)) => to.clone_from(from),
        (View::Object(from), Slot::Object(to)) => copy(from, to),
        (from, Slot::OneOf(to)) => alternative(from, to),
        (View::JsonText(from), Slot::JsonText(to))
        | (View::UrlEncoded(from), Slot::UrlEncoded(to, _)) => value(from.shown(), to),
        (View::List(from), Slot::List(to)) => list(from, to),
        (View::Map(from), Slot::Map(to)) => map(from, to),
        // Both are of one type, so there are no other pairs.
        _ => {}
    }
}

#[inline]
fn list(from: &dyn List, to: &mut dyn ListMut) {
    for index in 0..from.len() {
        if let Some(item) = from.get(index) {
            value(item, to.push());
        }
    }
}

#[inline]
fn map(from: &dyn Map, to: &mut dyn MapMut) {
    from.each(&mut |key, item| value(item, to.entry(key)));
}

/// Becomes the alternative whose shape the object has; what has none is kept as JSON.
#[inline]
fn alternative(from: View<'_>, to: &mut dyn OneOf) {
    let count = to.count();
    let is_of = |view: View<'_>| match (&from, view) {
        (View::Object(one), View::Object(other)) => core::ptr::eq(one.shape(), other.shape()),
        _ => false,
    };
    let found = (0..count).find(|index| is_of(to.choose(*index).view()));
    value(from, to.choose(found.unwrap_or(count)));
}
