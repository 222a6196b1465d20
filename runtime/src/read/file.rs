//! Fills a file from what an application stored.

use super::{Filled, Reading, scalar};
use crate::value::{File, Slot};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::MapAccess;
use serde_json::Value;

/// `{"file_name": "a.png", "content": "<base64>"}`
pub(super) fn fill<'de, A: MapAccess<'de>>(
    file: &mut File,
    mut members: A,
    reading: &mut Reading<'_>,
) -> Result<Filled, A::Error> {
    let (mut name, mut content) = (None, None);
    while let Some((key, value)) = members.next_entry::<String, Value>()? {
        match (key.as_str(), value) {
            ("file_name", Value::String(text)) => name = Some(text),
            ("content", Value::String(text)) => content = STANDARD.decode(text).ok(),
            _ => {}
        }
    }
    match (name, content) {
        (Some(name), Some(content)) => {
            *file = File::new(name, content);
            Ok(Filled::Put)
        }
        _ => Ok(scalar::wrong(&Slot::File(file), "an object", reading)),
    }
}
