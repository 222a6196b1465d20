//! The parts of an upload: `meta`, the file, and what stands beside them.

use super::multipart::Part;
use super::query::plain_text;
use super::{Encrypt, Protect, WrittenObject, members};
use crate::operation::{DigestAlgorithm, Upload};
use crate::value::{File, Object, Place, View};
use bytes::Bytes;
use md5::Md5;
use serde::ser::{Serialize, SerializeMap, Serializer};
use sm3::{Digest as _, Sm3};

/// The name of the part that is signed.
const META: &str = "meta";

/// The text that is signed, and the parts that are sent.
///
/// # Errors
/// Where a field could not be encrypted.
pub(crate) fn form(
    object: &dyn Object,
    upload: Upload,
    encrypt: &Encrypt<'_>,
) -> Result<(Bytes, Vec<Part>), serde_json::Error> {
    let protect = Protect::Encrypt(encrypt);
    let mut signed = Bytes::new();
    let mut parts = Vec::new();
    let mut file_part = None;
    let mut texts = Vec::new();
    for (field, view) in members(object, Place::Form) {
        match view {
            View::File(file) => file_part = Some((field.name, file)),
            view => texts.push(text(field.name, plain_text(view, protect)?.into(), None)),
        }
    }
    if let Some((name, file)) = file_part {
        let digest = digest(upload.algorithm, file.content());
        if upload.meta {
            let meta = Meta {
                object: WrittenObject {
                    object,
                    protect,
                    place: Some(Place::Body),
                },
                upload,
                file_name: file.name(),
                digest: &digest,
            };
            signed = serde_json::to_vec(&meta)?.into();
            parts.push(text(META, signed.clone(), Some("application/json")));
        } else {
            texts.push(text(upload.digest, digest.into(), None));
        }
        parts.extend(texts);
        parts.push(part(name, file));
    }
    Ok((signed, parts))
}

fn text(name: &'static str, content: Bytes, media_type: Option<&str>) -> Part {
    Part {
        name,
        content,
        media_type: media_type.map(str::to_owned),
        file_name: None,
    }
}

fn part(name: &'static str, file: &File) -> Part {
    Part {
        name,
        content: file.content().clone(),
        media_type: Some(file.media_type().to_owned()),
        file_name: Some(file.name().to_owned()),
    }
}

/// The document of the part `meta`: what is told of the file, and the request's own members.
struct Meta<'a, 'c> {
    object: WrittenObject<'a, 'c>,
    upload: Upload,
    file_name: &'a str,
    digest: &'a str,
}

impl Serialize for Meta<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut members = to.serialize_map(None)?;
        if let Some(member) = self.upload.file_name {
            members.serialize_entry(member, self.file_name)?;
        }
        members.serialize_entry(self.upload.digest, self.digest)?;
        self.object.write_members(&mut members)?;
        members.end()
    }
}

/// The digest in lower-case hexadecimal.
fn digest(algorithm: DigestAlgorithm, content: &[u8]) -> String {
    use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
    match algorithm {
        DigestAlgorithm::Sha256 => hexadecimal(digest(&SHA256, content).as_ref()),
        DigestAlgorithm::Sha1 => hexadecimal(digest(&SHA1_FOR_LEGACY_USE_ONLY, content).as_ref()),
        DigestAlgorithm::Sm3 => hexadecimal(&Sm3::digest(content)),
        DigestAlgorithm::Md5 => hexadecimal(&Md5::digest(content)),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The digests of `abc`, as the standards print them.
    #[test]
    fn digests_are_those_of_the_standards() {
        for (algorithm, expected) in [
            (
                DigestAlgorithm::Sha256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                DigestAlgorithm::Sm3,
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            ),
            (
                DigestAlgorithm::Sha1,
                "a9993e364706816aba3e25717850c26c9cd0d89d",
            ),
            (DigestAlgorithm::Md5, "900150983cd24fb0d6963f7d28e17f72"),
        ] {
            assert_eq!(digest(algorithm, b"abc"), expected);
        }
    }
}
