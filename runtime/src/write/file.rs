//! A file as applications store it: `{"file_name": "a.png", "content": "<base64>"}`, and its `media_type` where it was named.

use crate::value::File;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::ser::{Error, SerializeMap, Serializer};

pub(super) fn write<S: Serializer>(file: &File, to: S) -> Result<S::Ok, S::Error> {
    let Some(content) = file.content() else {
        return Err(S::Error::custom(
            "a file that is read while it is sent cannot be stored",
        ));
    };
    let named = file.named_media_type();
    let mut members = to.serialize_map(Some(2 + usize::from(named.is_some())))?;
    members.serialize_entry("file_name", file.name())?;
    members.serialize_entry("content", &STANDARD.encode(content))?;
    if let Some(named) = named {
        members.serialize_entry("media_type", named)?;
    }
    members.end()
}
