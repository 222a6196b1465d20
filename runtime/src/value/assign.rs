//! What the setters and accessors of emitted types have in common.

use super::{Generated, MissingField};
use std::collections::BTreeMap;

/// Puts a value into a member, which held nothing.
pub fn put<T>(member: &mut T, value: impl Into<T>) {
    // To drop nothing is code all the same, wherever a request is made.
    core::mem::forget(core::mem::replace(member, value.into()));
}

/// Puts a value into an optional member.
pub fn put_some<T>(member: &mut Option<T>, value: impl Into<T>) {
    *member = Some(value.into());
}

/// Puts whatever a setter was given into a list.
pub fn put_list<T>(member: &mut Vec<T>, values: impl IntoIterator<Item = impl Into<T>>) {
    *member = values.into_iter().map(Into::into).collect();
}

/// Puts whatever a setter was given into a map.
pub fn put_map<T>(
    member: &mut BTreeMap<String, T>,
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) {
    let entries = entries.into_iter();
    *member = entries
        .map(|(key, value)| (key.into(), value.into()))
        .collect();
}

/// A member that the description calls required.
///
/// # Errors
/// Where the reply does not have it.
pub fn need<T: Copy>(
    value: &Option<T>,
    type_name: &'static str,
    field: &'static str,
) -> Result<T, MissingField> {
    value.ok_or(MissingField::new(type_name, field))
}

/// As [`need`], of what is not copied.
///
/// # Errors
/// Where the reply does not have it.
pub fn need_ref<'a, T>(
    value: &'a Option<T>,
    type_name: &'static str,
    field: &'static str,
) -> Result<&'a T, MissingField> {
    need(&value.as_ref(), type_name, field)
}

/// As [`need`], of a text.
///
/// # Errors
/// Where the reply does not have it.
pub fn need_text<'a>(
    value: &'a Option<String>,
    type_name: &'static str,
    field: &'static str,
) -> Result<&'a str, MissingField> {
    need(&value.as_deref(), type_name, field)
}

/// As [`need`], of what stands in a box.
///
/// # Errors
/// Where the reply does not have it.
pub fn need_box<'a, T>(
    value: &'a Option<Box<T>>,
    type_name: &'static str,
    field: &'static str,
) -> Result<&'a T, MissingField> {
    need(&value.as_deref(), type_name, field)
}

/// The one of an enumeration's known values that has a text; where none has it, what keeps the text.
pub fn find<T: Generated, const N: usize>(
    known: [T; N],
    text: impl AsRef<str>,
    unrecognized: fn(String) -> T,
) -> T {
    let text = text.as_ref();
    let found = known.into_iter().find(|one| one.text() == text);
    found.unwrap_or_else(|| unrecognized(text.to_owned()))
}

/// Whether two values of an enumeration have the same text.
pub fn same_text<T: Generated>(one: &T, other: &T) -> bool {
    one.text() == other.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_maps_are_made_of_what_turns_into_their_items() {
        let (mut list, mut map) = (Vec::<String>::new(), BTreeMap::<String, i64>::new());
        put_list(&mut list, ["a", "b"]);
        assert_eq!(list, ["a", "b"]);
        put_map(&mut map, [("a", 1)]);
        assert_eq!(map, BTreeMap::from([("a".to_owned(), 1)]));
    }

    #[test]
    fn a_missing_member_is_named() {
        assert_eq!(need(&Some(1), "Reply", "total"), Ok(1));
        assert_eq!(
            need(&None::<i64>, "Reply", "total"),
            Err(MissingField::new("Reply", "total"))
        );
    }
}
