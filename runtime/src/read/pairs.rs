//! Fills an object from a text of `name=value` pairs.

use super::{Filled, Reading, document};
use crate::drift::DriftKind;
use crate::value::Value;
use serde_json::Map;

/// Each value is a text on the wire, so a text that stands for a number is no difference here.
#[inline]
pub(crate) fn fill(value: &mut dyn Value, text: &str, reading: &mut Reading<'_>) -> Filled {
    if text.is_empty() {
        return Filled::Null;
    }
    let mut members = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        members.insert(decoded(name), decoded(value).into());
    }
    let mut trial = reading.trial();
    let members = serde_json::Value::Object(members).to_string();
    let Ok(filled) = document(members.as_bytes(), value.slot(), &mut trial) else {
        reading.differs(DriftKind::Type {
            expected: "a text of pairs",
            found: "another text",
        });
        return Filled::Wrong;
    };
    let told = trial.drift.into_iter();
    for drift in told.filter(|drift| !matches!(drift.kind, DriftKind::Lenient { .. })) {
        reading.member_differs(&drift.path, drift.kind);
    }
    filled
}

#[inline]
fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_encoding::percent_decode_str(&spaced)
        .decode_utf8_lossy()
        .into_owned()
}
