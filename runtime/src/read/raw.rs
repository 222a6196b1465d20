//! A part of a document as its text, to be read apart.

use super::{Reading, Source};
use serde::de::{Deserialize, Deserializer, IgnoredAny};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

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

/// How many items a list has that is a member of a document, whatever they are. `None`: there is no such list.
#[cold]
#[inline(never)]
pub(crate) fn items_of(document: &[u8], member: &str) -> Option<usize> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(document).ok()?;
    let list = members.get(member)?.get();
    // Nothing is kept of what is ignored, so this takes no memory.
    let items: Vec<IgnoredAny> = serde_json::from_slice(list.as_bytes()).ok()?;
    Some(items.len())
}
