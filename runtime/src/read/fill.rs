//! Fills one slot with whatever comes.

use super::{Reading, object, raw, scalar};
use crate::drift::DriftKind;
use crate::location::Step;
use crate::value::{ListMut, MapMut, Slot};
use core::fmt;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

/// A slot about to be filled.
pub(crate) struct Fill<'s, 'r, 'c> {
    pub(crate) slot: Slot<'s>,
    pub(crate) reading: &'r mut Reading<'c>,
}

/// What became of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    /// A value was put into it.
    Put,
    /// There was `null`.
    Null,
    /// There was something that does not fit, which is recorded.
    Wrong,
}

/// The member that serde_json, built with `arbitrary_precision` by some other crate of the application, wraps a number in.
const WRAPPED_NUMBER: &str = "$serde_json::private::Number";

impl<'de> DeserializeSeed<'de> for Fill<'_, '_, '_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, document: D) -> Result<Filled, D::Error> {
        match self.slot {
            Slot::Nothing => {
                IgnoredAny::deserialize(document)?;
                Ok(Filled::Put)
            }
            Slot::Json(json, read) => {
                let text = raw::text(document, self.reading)?;
                (read.0)(json, &text).map_err(D::Error::custom)?;
                Ok(if json.is_null() {
                    Filled::Null
                } else {
                    Filled::Put
                })
            }
            Slot::OneOf(value) => {
                let text = raw::text(document, self.reading)?;
                (value.reading().0)(value, &text, self.reading).map_err(D::Error::custom)
            }
            Slot::Number(value, read) => {
                let text = raw::text(document, self.reading)?;
                match (read.0)(&text) {
                    Some(number) => {
                        *value = number;
                        Ok(Filled::Put)
                    }
                    None => otherwise(Slot::Number(value, read), &text, self.reading)
                        .map_err(D::Error::custom),
                }
            }
            Slot::File(value, read) => {
                let text = raw::text(document, self.reading)?;
                let filled = match text.starts_with('{') {
                    true => (read.0)(value, &text, self.reading),
                    false => otherwise(Slot::File(value, read), &text, self.reading),
                };
                filled.map_err(D::Error::custom)
            }
            _ => document.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(scalar::expected(&self.slot))
    }

    fn visit_unit<E>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_none<E>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, document: D) -> Result<Filled, D::Error> {
        self.deserialize(document)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Filled, E> {
        Ok(scalar::boolean(self.slot, value, self.reading))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Filled, E> {
        Ok(scalar::number(self.slot, value.into(), self.reading))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Filled, E> {
        Ok(scalar::number(self.slot, value.into(), self.reading))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Filled, E> {
        Ok(match serde_json::Number::from_f64(value) {
            Some(number) => scalar::number(self.slot, number, self.reading),
            None => scalar::wrong(&self.slot, "no finite number", self.reading),
        })
    }

    fn visit_str<E>(self, text: &str) -> Result<Filled, E> {
        Ok(scalar::text(self.slot, text.into(), self.reading))
    }

    fn visit_string<E>(self, text: String) -> Result<Filled, E> {
        Ok(scalar::text(self.slot, text.into(), self.reading))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Filled, A::Error> {
        match self.slot {
            Slot::List(list) => fill_list(list, items, self.reading),
            Slot::JsonText(value) => {
                scalar::lenient("a text that holds JSON", "a list", self.reading);
                let slot = value.slot();
                let reading = self.reading;
                Fill { slot, reading }.visit_seq(items)
            }
            slot => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(scalar::wrong(&slot, "a list", self.reading))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Filled, A::Error> {
        match self.slot {
            Slot::Object(value) => object::fill(value, members, self.reading),
            Slot::Map(map) => fill_map(map, members, self.reading),
            Slot::UrlEncoded(value, _) => {
                scalar::lenient("a text of pairs", "an object", self.reading);
                let slot = value.slot();
                let reading = self.reading;
                Fill { slot, reading }.visit_map(members)
            }
            Slot::JsonText(value) => {
                scalar::lenient("a text that holds JSON", "an object", self.reading);
                let slot = value.slot();
                let reading = self.reading;
                Fill { slot, reading }.visit_map(members)
            }
            slot => wrapped_number(slot, members, self.reading),
        }
    }
}

/// Fills a slot that takes its value apart from the document with a value of another kind.
fn otherwise(
    slot: Slot<'_>,
    text: &str,
    reading: &mut Reading<'_>,
) -> Result<Filled, serde_json::Error> {
    serde_json::Deserializer::from_slice(text.as_bytes()).deserialize_any(Fill { slot, reading })
}

fn fill_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn ListMut,
    mut items: A,
    reading: &mut Reading<'_>,
) -> Result<Filled, A::Error> {
    for index in 0.. {
        reading.location.enter(Step::Index(index));
        let slot = list.push().slot();
        let filled = items.next_element_seed(Fill { slot, reading })?;
        if filled == Some(Filled::Null) {
            reading.differs(DriftKind::Null);
        }
        reading.location.leave();
        if filled != Some(Filled::Put) {
            list.pop();
        }
        if filled.is_none() {
            break;
        }
    }
    Ok(Filled::Put)
}

fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn MapMut,
    mut members: A,
    reading: &mut Reading<'_>,
) -> Result<Filled, A::Error> {
    while let Some(key) = members.next_key::<String>()? {
        reading.location.enter(Step::key(&key));
        map.remove(&key);
        let slot = map.entry(&key).slot();
        let filled = members.next_value_seed(Fill { slot, reading })?;
        if filled == Filled::Null {
            reading.differs(DriftKind::Null);
        }
        reading.location.leave();
        if filled != Filled::Put {
            map.remove(&key);
        }
    }
    Ok(Filled::Put)
}

/// An object where a plain value is described: a wrapped number, or something that does not fit.
fn wrapped_number<'de, A: MapAccess<'de>>(
    slot: Slot<'_>,
    mut members: A,
    reading: &mut Reading<'_>,
) -> Result<Filled, A::Error> {
    if let Some(key) = members.next_key::<String>()? {
        if key == WRAPPED_NUMBER {
            let digits = members.next_value::<String>()?;
            if let Ok(number) = serde_json::from_slice(digits.as_bytes()) {
                return Ok(scalar::number(slot, number, reading));
            }
        } else {
            members.next_value::<IgnoredAny>()?;
        }
    }
    while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(scalar::wrong(&slot, "an object", reading))
}
