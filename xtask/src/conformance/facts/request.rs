//! The requests of cases: what a caller gives.

use super::kind::{Kind, plain};
use super::node::Node;
use super::operation::{Operation, Place};
use super::text;
use super::upload::Upload;
use super::value::{Extent, member, value};
use crate::conformance::witness::UploadedFile;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

/// What a path must encode, added to variables that may hold it.
const ODD: &str = "/ ?#%2F&+单";

/// The bytes of every file that is sent: what a form must not stumble over.
pub(super) const FILE: &[u8] = b"\x89PNG\r\n\x1a\n--\r\n--boundary--\r\n\0\xff\xfe\r\n\r\n";

/// The name of every file that is sent.
pub(super) const FILE_NAME: &str = "photo 1.png";

/// All members of a request by their names; `None` where the operation takes none.
///
/// # Errors
/// Why no value was found for one of them.
pub(super) fn request(operation: &Operation, extent: Extent) -> Result<Option<Value>, String> {
    if !operation.takes_request() {
        return Ok(None);
    }
    let mut members = Map::new();
    for given in &operation.members {
        let made = if given.place == Place::Header {
            header(&given.name, &given.node, extent)?
        } else {
            member(&given.name, &given.node, extent)?
        };
        if let Some(made) = made {
            let known = members.insert(given.name.clone(), made);
            if known.is_some() {
                return Err(format!("{}: two members of that name", given.name));
            }
        }
    }
    if let Some(upload) = &operation.upload {
        members.insert(upload.part.clone(), file(upload)?);
    }
    Ok(Some(members.into()))
}

fn file(upload: &Upload) -> Result<Value, String> {
    let file = UploadedFile {
        file_name: FILE_NAME.to_owned(),
        content: STANDARD.encode(FILE),
    };
    serde_json::to_value(file).map_err(|error| format!("{}: {error}", upload.part))
}

/// The value of a header, which cannot be any text.
fn header(name: &str, node: &Node, extent: Extent) -> Result<Option<Value>, String> {
    let made = member(name, node, extent)?;
    let odd = |value: &Value| {
        value
            .as_str()
            .is_some_and(|text| !text.bytes().all(|byte| byte.is_ascii_graphic()))
    };
    Ok(made.map(|value| if odd(&value) { "made".into() } else { value }))
}

/// The path's variables in their order.
///
/// # Errors
/// Why no value was found for one of them.
pub(super) fn variables(operation: &Operation, extent: Extent) -> Result<Vec<String>, String> {
    let variables = operation.variables.iter();
    variables
        .map(|(name, node)| {
            let text = plain(&value(name, node, Extent::Full)?);
            let odd = format!("{text}{ODD}");
            let free = matches!(node.stands_for(), Kind::Text) && text::keeps_rules(node, &odd);
            Ok(if free && extent == Extent::Full {
                odd
            } else {
                text
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn operation() -> Operation {
        let line = json!({
            "method": "POST", "path": "/v3/a/{name}/{number}", "title": "x", "consumes": "multipart/form-data",
            "params": [
                {"name": "name", "in": "path", "type": "string", "example": "n"},
                {"name": "number", "in": "path", "type": "integer", "example": 7},
                {"name": "page", "in": "query", "type": "integer", "example": 1},
                {"name": "file", "in": "formData", "type": "file", "required": true},
                {"name": "meta", "in": "formData", "type": "object", "fields": {
                    "filename": {"type": "string"}, "sha256": {"type": "string"},
                    "bank_type": {"type": "string", "example": "ICBC", "required": true},
                }},
            ],
            "responses": {"204": {}},
        });
        Operation::of(serde_json::from_value(line).expect("a line")).expect("an operation")
    }

    #[test]
    fn what_the_client_fills_is_not_given() {
        let file = json!({"file_name": FILE_NAME, "content": STANDARD.encode(FILE)});
        let required = json!({"bank_type": "ICBC", "file": file});
        assert_eq!(request(&operation(), Extent::Required), Ok(Some(required)));
        let full = json!({"page": 1, "bank_type": "ICBC", "file": file});
        assert_eq!(request(&operation(), Extent::Full), Ok(Some(full)));
    }

    #[test]
    fn variables_are_odd_where_they_may_be() {
        let variables = |extent| variables(&operation(), extent).expect("values");
        assert_eq!(variables(Extent::Required), ["n", "7"]);
        assert_eq!(variables(Extent::Full), [format!("n{ODD}"), "7".to_owned()]);
    }
}
