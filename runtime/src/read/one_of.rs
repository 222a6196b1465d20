//! Fills one of several objects: the one that the document fits best.

use super::{Fill, Filled, Reading};
use crate::drift::DriftKind;
use crate::value::{OneOf, Value};
use serde::de::{DeserializeSeed, Deserializer, Error};

/// Tries each alternative. The one with the fewest differences is taken, the first of equals, as long as nothing is wrong in it
/// beyond members that are not described; else the document is kept as it is.
pub(super) fn fill<'de, D: Deserializer<'de>>(
    value: &mut dyn OneOf,
    document: D,
    reading: &mut Reading<'_>,
) -> Result<Filled, D::Error> {
    let document = <serde_json::Value as serde::Deserialize>::deserialize(document)?;
    if document.is_null() {
        return Ok(Filled::Null);
    }
    let count = value.count();
    let fits = (0..count).filter_map(|index| {
        let mut trial = reading.trial();
        let filled = put(value.choose(index), &document, &mut trial).ok()?;
        let known = |kind: DriftKind| matches!(kind, DriftKind::UnknownField);
        let fits = filled == Filled::Put && trial.drift.iter().all(|drift| known(drift.kind));
        fits.then_some((trial.drift.len(), index))
    });
    let Some((_, best)) = fits.min() else {
        reading.differs(DriftKind::UnknownValue);
        return put(value.choose(count), &document, reading).map_err(D::Error::custom);
    };
    put(value.choose(best), &document, reading).map_err(D::Error::custom)
}

fn put(
    value: &mut dyn Value,
    document: &serde_json::Value,
    reading: &mut Reading<'_>,
) -> Result<Filled, serde_json::Error> {
    let slot = value.slot();
    Fill { slot, reading }.deserialize(document)
}
