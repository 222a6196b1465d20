//! Fills one of several objects: the one that the document fits best.

use super::{Filled, Reading, document};
use crate::drift::DriftKind;
use crate::value::OneOf;

/// Tries each alternative. The one with the fewest differences is taken, the first of equals, as long as nothing is wrong in it
/// beyond members that are not described, or came twice; else the document is kept as it is.
///
/// # Errors
/// Where the text is no JSON.
#[inline]
pub(crate) fn fill(
    value: &mut dyn OneOf,
    text: &str,
    reading: &mut Reading<'_>,
) -> Result<Filled, serde_json::Error> {
    if text == "null" {
        return Ok(Filled::Null);
    }
    let count = value.count();
    let mut put = |index: usize, reading: &mut Reading<'_>| {
        document(text.as_bytes(), value.choose(index).slot(), reading)
    };
    let fits = (0..count).filter_map(|index| {
        let mut trial = reading.trial();
        let filled = put(index, &mut trial).ok()?;
        let known = |kind| matches!(kind, DriftKind::UnknownField | DriftKind::Duplicate);
        let fits = filled == Filled::Put && trial.drift.iter().all(|drift| known(drift.kind));
        fits.then_some((trial.drift.len(), index))
    });
    match fits.min() {
        Some((_, best)) => put(best, reading),
        None => {
            reading.differs(DriftKind::UnknownValue);
            put(count, reading)
        }
    }
}
