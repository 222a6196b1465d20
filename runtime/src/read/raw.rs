//! A part of a document as its text, to be read apart.

use super::{Reading, Source};
use serde::de::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The text of a value. One that comes from WeChat Pay is JSON already; one from an application's store may have any format.
pub(super) fn text<'de, D: Deserializer<'de>>(
    document: D,
    reading: &Reading<'_>,
) -> Result<Cow<'de, str>, D::Error> {
    match reading.source {
        Source::Wire(_) => <&RawValue>::deserialize(document).map(|raw| raw.get().into()),
        #[cfg(feature = "serde")]
        Source::Store => {
            let value = serde_json::Value::deserialize(document)?;
            Ok(value.to_string().into())
        }
    }
}
