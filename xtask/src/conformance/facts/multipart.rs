//! The parts of a form as it was received.

use super::compare::{Absence, differences};
use super::kind::plain;
use super::node::Node;
use super::operation::{Operation, Place};
use super::request::{FILE, FILE_NAME};
use super::upload::{META, Upload};
use multer::Multipart;
use serde_json::{Map, Value};

/// A part.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    file_name: Option<String>,
    media: Option<String>,
    bytes: Vec<u8>,
}

/// Reads a form.
///
/// # Errors
/// What is wrong with it.
pub(super) async fn read(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let mut form = Multipart::with_reader(body, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| error.to_string())? {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            media: field
                .content_type()
                .map(|media| media.essence_str().to_owned()),
            bytes: field
                .bytes()
                .await
                .map_err(|error| error.to_string())?
                .to_vec(),
        });
    }
    Ok(parts)
}

/// The text that is signed: that of `meta` alone.
pub(super) fn signed(parts: &[Part]) -> &[u8] {
    let meta = parts.iter().find(|part| part.name == META);
    meta.map_or(&[], |meta| &meta.bytes)
}

/// What is wrong with the parts of an upload; `plain` is the document that the caller gave for `meta`, and `decrypt` gives the
/// plain text of what was received.
pub(super) fn problems(
    operation: &Operation,
    upload: &Upload,
    given: &Map<String, Value>,
    parts: &[Part],
    decrypted: impl Fn(&Node, Value) -> Result<Value, String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    let mut left: Vec<&Part> = parts.iter().collect();
    let mut take = |name: &str, problems: &mut Vec<String>| {
        let place = left.iter().position(|part| part.name == name);
        if place.is_none() {
            problems.push(format!("the part {name} is not there"));
        }
        place.map(|place| left.remove(place))
    };
    if let Some(meta) = take(META, &mut problems) {
        problems.extend(of_meta(operation, upload, given, meta, decrypted));
    }
    if let Some(file) = take(&upload.part, &mut problems) {
        problems.extend(of_file(file));
    }
    for member in operation.members_in(Place::Form) {
        let Some(value) = given.get(&member.name) else {
            continue;
        };
        let part = take(&member.name, &mut problems);
        if part.is_some_and(|part| part.bytes != plain(value).as_bytes()) {
            problems.push(format!("the part {} is not as it was given", member.name));
        }
    }
    problems.extend(
        left.iter()
            .map(|part| format!("the part {} is not described", part.name)),
    );
    problems
}

fn of_meta(
    operation: &Operation,
    upload: &Upload,
    given: &Map<String, Value>,
    meta: &Part,
    decrypted: impl Fn(&Node, Value) -> Result<Value, String>,
) -> Vec<String> {
    let mut problems = Vec::new();
    if meta.media.as_deref() != Some("application/json") {
        problems.push(format!(
            "the part meta is {:?}, not application/json",
            meta.media
        ));
    }
    let node = operation.document();
    let found = serde_json::from_slice(&meta.bytes).map_err(|error| error.to_string());
    let mut found = match found.and_then(|found| decrypted(&node, found)) {
        Ok(Value::Object(found)) => found,
        Ok(_) => return vec!["the part meta is no object".to_owned()],
        Err(why) => return vec![format!("the part meta: {why}")],
    };
    let digest = found
        .remove(&upload.digest)
        .as_ref()
        .map(plain)
        .unwrap_or_default();
    if !digest.eq_ignore_ascii_case(&upload.algorithm.digest(FILE)) {
        problems.push(format!(
            "{} is not the file's digest by {:?}",
            upload.digest, upload.algorithm
        ));
    }
    if let Some(field) = &upload.file_name
        && found.remove(field).as_ref().map(plain).as_deref() != Some(FILE_NAME)
    {
        problems.push(format!("{field} is not the file's name"));
    }
    let expected = operation.given_in(Place::Body, given);
    problems.extend(differences(&node, &expected, &found.into(), Absence::Exact));
    problems
}

fn of_file(file: &Part) -> Vec<String> {
    let mut problems = Vec::new();
    if file.file_name.as_deref() != Some(FILE_NAME) {
        problems.push(format!(
            "the file is called {:?}, not {FILE_NAME}",
            file.file_name
        ));
    }
    if file.bytes != FILE {
        problems.push("the file's bytes are not those that were given".to_owned());
    }
    problems
}
