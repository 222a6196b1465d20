//! What the setters and accessors of emitted types have in common.

use super::{MissingField, Value};
use std::collections::BTreeMap;

/// A list member of whatever a setter was given.
pub fn list<T>(values: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    values.into_iter().map(Into::into).collect()
}

/// A map member of whatever a setter was given.
pub fn map<T>(
    values: impl IntoIterator<Item = (impl Into<String>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    let entries = values.into_iter();
    entries
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}

/// A member that the description calls required.
///
/// # Errors
/// Where the reply does not have it.
pub fn need<T>(
    value: Option<T>,
    type_name: &'static str,
    field: &'static str,
) -> Result<T, MissingField> {
    value.ok_or(MissingField::new(type_name, field))
}

/// The member at an index, of all members of an object.
pub fn pick<const N: usize>(members: [&mut dyn Value; N], index: usize) -> Option<&mut dyn Value> {
    members.into_iter().nth(index)
}

/// The index of a text among the known ones; past the last where it is none of them.
pub fn position(known: &[&str], text: &str) -> usize {
    let found = known.iter().position(|one| *one == text);
    found.unwrap_or(known.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_maps_are_made_of_what_turns_into_their_items() {
        assert_eq!(list::<String>(["a", "b"]), ["a".to_owned(), "b".to_owned()]);
        assert_eq!(
            map::<i64>([("a", 1)]),
            BTreeMap::from([("a".to_owned(), 1_i64)])
        );
    }

    #[test]
    fn a_missing_member_is_named() {
        assert_eq!(need(Some(1), "Reply", "total"), Ok(1));
        assert_eq!(
            need(None::<i64>, "Reply", "total"),
            Err(MissingField::new("Reply", "total"))
        );
    }
}
