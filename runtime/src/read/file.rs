//! Fills a file from what an application stored.

use super::{Filled, Reading};
use crate::drift::DriftKind;
use crate::value::File;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// `{"file_name": "a.png", "content": "<base64>"}`, and its `media_type` where it was named.
///
/// # Errors
/// Where the text is no JSON.
#[inline]
pub(crate) fn fill(
    file: &mut File,
    text: &str,
    reading: &mut Reading<'_>,
) -> Result<Filled, serde_json::Error> {
    let stored: Value = serde_json::from_slice(text.as_bytes())?;
    let member = |name: &str| stored.get(name).and_then(Value::as_str);
    let content = member("content").and_then(|text| STANDARD.decode(text).ok());
    match (member("file_name"), content) {
        (Some(name), Some(content)) => {
            let stored = File::new(name, content);
            *file = match member("media_type") {
                Some(named) => stored.with_media_type(named),
                None => stored,
            };
            Ok(Filled::Put)
        }
        _ => {
            let (expected, found) = ("a file", "an object");
            reading.differs(DriftKind::Type { expected, found });
            Ok(Filled::Wrong)
        }
    }
}
