//! Uploads: which parts a form has, and how the file is told in `meta`.

use super::kind::plain;
use super::node::{Node, Stands, Type};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::collections::BTreeMap;

/// The name of the part that tells of the file.
pub(super) const META: &str = "meta";

/// The names under which `meta` tells the file's name, and its digest. The client fills both.
const FILE_NAMES: &[&str] = &["filename", "file_name"];
const DIGESTS: &[&str] = &["sha256", "file_digest", "digest"];

/// The names of the field that tells how the digest is made: one of them misspelt upstream, and sent so. The caller sets it.
const ALGORITHMS: &[&str] = &["digest_algorithm", "digest_alogrithm"];

/// An upload.
#[derive(Debug)]
pub(super) struct Upload {
    /// The name of the file's part.
    pub(super) part: String,
    pub(super) file_name: Option<String>,
    pub(super) digest: String,
    pub(super) algorithm: Algorithm,
    /// The further fields of `meta`, which the caller gives.
    pub(super) fields: BTreeMap<String, Node>,
}

/// How a digest is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Sha256,
    Sm3,
}

impl Algorithm {
    /// The digest of some bytes in hexadecimal.
    pub(super) fn digest(self, bytes: &[u8]) -> String {
        let digest = match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sm3 => Sm3::digest(bytes).to_vec(),
        };
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Upload {
    /// Whether a part of the form is the file or its `meta`.
    pub(super) fn takes(&self, name: &str) -> bool {
        name == self.part || name == META
    }
}

/// The upload of an operation with these parameters; `None` where no part is a file.
///
/// # Errors
/// What of it is not known here.
pub(super) fn of(params: &[Node]) -> Result<Option<Upload>, String> {
    let parts = || {
        params
            .iter()
            .filter(|param| param.stands == Some(Stands::FormData))
    };
    let Some(file) = parts().find(|part| part.kind == Some(Type::File)) else {
        return Ok(None);
    };
    let part = file.name.clone().ok_or("a file without a name")?;
    let meta = parts().find(|part| part.name.as_deref() == Some(META));
    let mut fields = meta
        .and_then(|meta| meta.fields.clone())
        .ok_or("an upload without `meta`")?;
    let algorithm = algorithm(&fields)?;
    Ok(Some(Upload {
        part,
        file_name: take(&mut fields, FILE_NAMES),
        digest: take(&mut fields, DIGESTS).ok_or("an upload without a digest")?,
        algorithm,
        fields,
    }))
}

fn take(fields: &mut BTreeMap<String, Node>, names: &[&str]) -> Option<String> {
    let (name, _) = names.iter().find_map(|name| fields.remove_entry(*name))?;
    Some(name)
}

fn algorithm(fields: &BTreeMap<String, Node>) -> Result<Algorithm, String> {
    let Some(field) = ALGORITHMS.iter().find_map(|name| fields.get(*name)) else {
        return Ok(Algorithm::Sha256);
    };
    let shown = field.example.as_ref().map(plain).unwrap_or_default();
    if shown.ends_with("SM3") {
        Ok(Algorithm::Sm3)
    } else {
        Err(format!("a digest by `{shown}`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn upload(meta: Value, part: &str) -> Result<Option<Upload>, String> {
        let params = json!([
            {"name": "meta", "in": "formData", "type": "object", "fields": meta},
            {"name": part, "in": "formData", "type": "file"},
        ]);
        let params: Vec<Node> = serde_json::from_value(params).expect("parameters");
        of(&params)
    }

    #[test]
    fn the_client_tells_of_the_file() {
        let text = json!({"type": "string"});
        let one = upload(json!({"filename": text, "sha256": text}), "file")
            .expect("known")
            .expect("an upload");
        assert_eq!(
            (one.file_name.as_deref(), &*one.digest),
            (Some("filename"), "sha256")
        );
        assert_eq!(one.algorithm, Algorithm::Sha256);
        assert!(one.fields.is_empty());
        let meta = json!({"digest": text, "digest_alogrithm": {"type": "string", "example": "SM3"}, "sub_mchid": text});
        let other = upload(meta, "data").expect("known").expect("an upload");
        assert_eq!(
            (other.file_name, &*other.digest, other.algorithm),
            (None, "digest", Algorithm::Sm3)
        );
        assert_eq!(
            other.fields.keys().collect::<Vec<_>>(),
            ["digest_alogrithm", "sub_mchid"]
        );
        assert!(other.part == "data" && of(&[]).expect("known").is_none());
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let odd = json!({"digest": {"type": "string"}, "digest_algorithm": {"type": "string", "example": "CRC"}});
        assert!(upload(odd, "file").is_err());
        assert!(upload(json!({"filename": {"type": "string"}}), "file").is_err());
    }

    /// The first from the standard's own example, the second shown in the facts.
    #[test]
    fn digests_are_those_of_the_standards() {
        assert_eq!(
            Algorithm::Sm3.digest(b"abc"),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
        assert_eq!(
            Algorithm::Sha256.digest(b"hello world").to_uppercase(),
            "B94D27B9934D3E08A52E52D7DA7DABFAC484EFE37A5380EE9088F7ACE2EFCDE9"
        );
    }
}
