//! Fills the members of an object.

use super::{Fill, Filled, Reading};
use crate::drift::DriftKind;
use crate::location::Step;
use crate::value::{Field, Object, ObjectMut, View};
use core::fmt;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// What became of a described member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    No,
    As(Filled),
}

pub(super) fn fill<'de, A: MapAccess<'de>>(
    object: &mut dyn ObjectMut,
    mut members: A,
    reading: &mut Reading<'_>,
) -> Result<Filled, A::Error> {
    let fields = object.shape().fields;
    let mut seen = vec![Seen::No; fields.len()];
    let mut next = 0;
    while let Some(key) = members.next_key_seed(Key { fields, next })? {
        match key {
            Found::Described(index) => {
                next = index + 1;
                let filled = member(object, index, &mut members, reading, &mut seen)?;
                if let Some(seen) = seen.get_mut(index) {
                    *seen = Seen::As(filled);
                }
            }
            Found::Other(name) => {
                reading.member_differs(&name, DriftKind::UnknownField);
                members.next_value::<IgnoredAny>()?;
            }
        }
    }
    complete(object, &seen, reading)?;
    Ok(Filled::Put)
}

fn member<'de, A: MapAccess<'de>>(
    object: &mut dyn ObjectMut,
    index: usize,
    members: &mut A,
    reading: &mut Reading<'_>,
    seen: &mut [Seen],
) -> Result<Filled, A::Error> {
    let fields = object.shape().fields;
    let (Some(field), Some(value)) = (fields.get(index), object.get_mut(index)) else {
        members.next_value::<IgnoredAny>()?;
        return Ok(Filled::Wrong);
    };
    if seen.get(index).is_some_and(|seen| *seen != Seen::No) {
        reading.member_differs(field.name, DriftKind::Duplicate);
    }
    value.clear();
    reading.location.enter(Step::Field(field.name));
    let slot = value.slot();
    let filled = members.next_value_seed(Fill { slot, reading })?;
    reading.location.leave();
    if filled != Filled::Put {
        value.clear();
    }
    Ok(filled)
}

/// Records, or refuses, what is required and did not come.
fn complete<E: Error>(
    object: &dyn Object,
    seen: &[Seen],
    reading: &mut Reading<'_>,
) -> Result<(), E> {
    for (index, (field, seen)) in object.shape().fields.iter().zip(seen).enumerate() {
        if !field.required || *seen == Seen::As(Filled::Put) {
            continue;
        }
        match seen {
            Seen::No => reading.member_differs(field.name, DriftKind::Missing),
            Seen::As(Filled::Null) if !field.nullable => {
                reading.member_differs(field.name, DriftKind::Null);
            }
            Seen::As(_) => {}
        }
        if reading.is_exacting() && object.get(index).is_some_and(stands_for_something) {
            return Err(E::missing_field(field.name));
        }
    }
    Ok(())
}

/// Whether a value that nothing was put into would be taken for one that was given. A list or a map is then empty, an
/// optional value absent; both show that nothing came.
fn stands_for_something(value: View<'_>) -> bool {
    !matches!(value, View::Absent | View::List(_) | View::Map(_))
}

/// The name of a member.
enum Found {
    Described(usize),
    Other(String),
}

/// Looks a name up among the described ones, beginning where the last one was found: members mostly come in order.
struct Key {
    fields: &'static [Field],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Found;
    fn deserialize<D: Deserializer<'de>>(self, document: D) -> Result<Found, D::Error> {
        document.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<Found, E> {
        let count = self.fields.len();
        let position = (0..count)
            .map(|offset| (self.next + offset) % count)
            .find(|&index| {
                self.fields
                    .get(index)
                    .is_some_and(|field| field.name == name)
            });
        Ok(match position {
            Some(index) => Found::Described(index),
            None => Found::Other(name.to_owned()),
        })
    }
}
