//! A file as applications store it: `{"file_name": "a.png", "content": "<base64>"}`

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
    let mut members = to.serialize_map(Some(2))?;
    members.serialize_entry("file_name", file.name())?;
    members.serialize_entry("content", &STANDARD.encode(content))?;
    members.end()
}
