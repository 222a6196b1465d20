//! Where something can be downloaded, and which hash it has: as replies tell it, or as a plain URL.

use super::seal::Seal;
use crate::error::DownloadFailure;
use crate::error::{Error, ErrorKind, Outcome, Report};
use crate::operation::DigestAlgorithm;
use crate::reply::Reply;
use crate::value::{Object, View};
use core::fmt;

/// The hash that a content must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    pub(super) algorithm: DigestAlgorithm,
    pub(super) value: String,
}

impl Hash {
    /// A hash of an algorithm, in hexadecimal of either case.
    pub fn new(algorithm: DigestAlgorithm, value: impl Into<String>) -> Self {
        let value = value.into().trim().to_ascii_lowercase();
        Self { algorithm, value }
    }

    /// A hash as replies tell it: `SHA1`, `SHA256`, `SM3` or `MD5`, and the value.
    ///
    /// # Errors
    /// The type is not known; the value is empty.
    pub fn named(hash_type: &str, value: impl Into<String>) -> Result<Self, Error> {
        let plain: String = hash_type
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let algorithm = match plain.as_str() {
            "SHA1" => DigestAlgorithm::Sha1,
            "SHA256" => DigestAlgorithm::Sha256,
            "SM3" => DigestAlgorithm::Sm3,
            "MD5" => DigestAlgorithm::Md5,
            _ => {
                let text = "the hash is of a type that is not known; give the one that the content must have by `hash`, or leave it unchecked by `without_hash`";
                return Err(refused(DownloadFailure::UnknownHash, text));
            }
        };
        let hash = Self::new(algorithm, value);
        if hash.value.is_empty() {
            let text = "a hash was told of which the value is missing; give the one that the content must have by `hash`, or leave it unchecked by `without_hash`";
            return Err(refused(DownloadFailure::UnknownHash, text));
        }
        Ok(hash)
    }
}

/// What tells where something can be downloaded: a URL, or any typed reply (or a member of one) that has a `download_url`.
///
/// Where it has a `hash_type` and a `hash_value` too, what is downloaded must have that hash. One of them without the other is
/// [`DownloadFailure::UnknownHash`], before anything is sent.
pub trait Link {
    /// The link.
    ///
    /// # Errors
    /// There is none: the file is not made yet, say.
    fn link(&self) -> Result<FoundLink, Error>;
}

/// A link, and what is told of what is behind it.
#[derive(Clone)]
pub struct FoundLink {
    pub(super) url: String,
    /// The type and the value of the hash.
    pub(super) hash: Option<(String, String)>,
    /// How the content is sealed, where it is.
    pub(super) seal: Option<Seal>,
}

impl fmt::Debug for FoundLink {
    /// The query tells who may fetch the file, so it is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.url.split(['?', '#']).next().unwrap_or_default();
        let is_plain = shown.contains("://") && !shown.contains('@');
        f.debug_struct("FoundLink")
            .field("url", &if is_plain { shown } else { "<hidden>" })
            .field("hash", &self.hash)
            .field("seal", &self.seal)
            .finish()
    }
}

impl Link for str {
    fn link(&self) -> Result<FoundLink, Error> {
        Ok(FoundLink {
            url: self.to_owned(),
            hash: None,
            seal: None,
        })
    }
}

impl Link for String {
    fn link(&self) -> Result<FoundLink, Error> {
        self.as_str().link()
    }
}

impl<T: Object> Link for T {
    fn link(&self) -> Result<FoundLink, Error> {
        told_by(self)
    }
}

impl<R: Object> Link for Reply<R> {
    fn link(&self) -> Result<FoundLink, Error> {
        told_by(&**self)
    }
}

/// The link that an object tells.
fn told_by(object: &dyn Object) -> Result<FoundLink, Error> {
    let url = text(object, "download_url").or_else(|| text(object, "url"));
    let Some(url) = url.filter(|url| !url.is_empty()) else {
        let text = "the reply has no `download_url`: what is to be downloaded is not made yet, or could not be made";
        return Err(refused(DownloadFailure::NoLink, text));
    };
    let hash_type = text(object, "hash_type").unwrap_or_default();
    let value = text(object, "hash_value").unwrap_or_default();
    // One without the other is told when the file is asked for: nothing is left unchecked because half of it was lost.
    let hash = (!hash_type.is_empty() || !value.is_empty()).then_some((hash_type, value));
    Ok(FoundLink {
        url,
        hash,
        seal: seal(object),
    })
}

/// How the content is sealed. A reply has either a key and a nonce, or neither.
fn seal(object: &dyn Object) -> Option<Seal> {
    let has_key = object
        .shape()
        .fields
        .iter()
        .any(|field| field.name == "encrypt_key");
    if !has_key {
        return None;
    }
    let seal = Seal {
        key: text(object, "encrypt_key").unwrap_or_default().into(),
        nonce: text(object, "nonce").unwrap_or_default(),
    };
    let told = !seal.key.is_empty() || !seal.nonce.is_empty();
    told.then_some(seal)
}

/// The text of a member.
fn text(object: &dyn Object, name: &str) -> Option<String> {
    let mut fields = object.shape().fields.iter();
    let index = fields.position(|field| field.name == name)?;
    match object.get(index)? {
        View::Text(text) | View::Sensitive(text, _) => Some(text.to_owned()),
        View::Enum(text, _) => Some(text.to_owned()),
        _ => None,
    }
}

/// What is wrong with a link, before anything is sent.
pub(super) fn refused(failure: DownloadFailure, text: impl Into<String>) -> Error {
    Report::new(ErrorKind::Download(failure), Outcome::NotSent, text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_hashes_are_known_however_they_are_written() {
        for (written, expected) in [
            ("SHA1", DigestAlgorithm::Sha1),
            ("sha-1", DigestAlgorithm::Sha1),
            ("SHA256", DigestAlgorithm::Sha256),
            ("SM3", DigestAlgorithm::Sm3),
        ] {
            let hash = Hash::named(written, " ABCDEF ").expect("known");
            assert_eq!(hash, Hash::new(expected, "abcdef"));
        }
        let error = Hash::named("", "abcdef").expect_err("unknown");
        assert_eq!(
            error.kind(),
            &ErrorKind::Download(DownloadFailure::UnknownHash)
        );
    }
}
