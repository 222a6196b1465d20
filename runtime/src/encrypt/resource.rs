//! Resources sealed with the APIv3 key: platform certificates, the content of notifications.

use crate::credentials::Apiv3Key;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;

/// The length of the tag at a ciphertext's end.
const TAG: usize = 16;

/// A sealed resource, as it stands in a document.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// `AEAD_AES_256_GCM`, or with the feature `sm` `AEAD_SM4_GCM`.
    pub algorithm: &'a str,
    /// Twelve bytes of text.
    pub nonce: &'a str,
    /// What the seal covers besides; empty where the document has none.
    pub associated_data: &'a str,
    /// Base64 of the ciphertext with the tag at its end.
    pub ciphertext: &'a str,
}

/// Why a sealed resource was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResourceError {
    /// Another algorithm than `AEAD_AES_256_GCM` and, with the feature `sm`, `AEAD_SM4_GCM`.
    UnsupportedAlgorithm,
    /// The nonce or the ciphertext is not what it should be.
    Malformed(&'static str),
    /// It was sealed with another key, or was changed.
    DecryptFailed,
}

impl Resource<'_> {
    /// Opens the resource.
    ///
    /// # Errors
    /// Why it was not opened. With a right document it is the key that is wrong.
    #[inline]
    pub fn open(&self, key: &Apiv3Key) -> Result<Vec<u8>, ResourceError> {
        match self.algorithm {
            "AEAD_AES_256_GCM" => self.open_aes(key),
            #[cfg(feature = "sm")]
            "AEAD_SM4_GCM" => crate::sm::open(
                key,
                self.nonce.as_bytes(),
                self.associated_data.as_bytes(),
                self.content()?,
            ),
            _ => Err(ResourceError::UnsupportedAlgorithm),
        }
    }

    /// The ciphertext with its tag.
    #[inline]
    fn content(&self) -> Result<Vec<u8>, ResourceError> {
        let content = STANDARD.decode(self.ciphertext).ok();
        content
            .filter(|content| content.len() >= TAG)
            .ok_or(ResourceError::Malformed("ciphertext"))
    }

    #[inline]
    fn open_aes(&self, key: &Apiv3Key) -> Result<Vec<u8>, ResourceError> {
        let nonce = Nonce::try_assume_unique_for_key(self.nonce.as_bytes())
            .map_err(|_| ResourceError::Malformed("nonce"))?;
        let mut content = self.content()?;
        let key =
            UnboundKey::new(&AES_256_GCM, key.bytes()).map_err(|_| ResourceError::DecryptFailed)?;
        let aad = Aad::from(self.associated_data.as_bytes());
        let length = LessSafeKey::new(key)
            .open_in_place(nonce, aad, &mut content)
            .map_err(|_| ResourceError::DecryptFailed)?
            .len();
        content.truncate(length);
        Ok(content)
    }
}

impl fmt::Display for ResourceError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedAlgorithm => {
                f.write_str(match cfg!(feature = "sm") {
                    true => "only resources sealed by AEAD_AES_256_GCM or AEAD_SM4_GCM can be opened",
                    false => "only resources sealed by AEAD_AES_256_GCM can be opened; AEAD_SM4_GCM (国密) needs the Cargo feature `sm`",
                })
            }
            Self::Malformed(part) => write!(f, "the resource's {part} is malformed"),
            Self::DecryptFailed => f.write_str(
                "the resource was sealed with another APIv3 key, or was changed on its way",
            ),
        }
    }
}

impl core::error::Error for ResourceError {}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "01234567890123456789012345678901";
    const NONCE: &str = "abcdefghijkl";

    /// Seals a text, and gives back the first bytes of the ciphertext.
    fn sealed(text: &str, length: usize) -> String {
        let key = UnboundKey::new(&AES_256_GCM, KEY.as_bytes()).expect("a key");
        let nonce = Nonce::try_assume_unique_for_key(NONCE.as_bytes()).expect("a nonce");
        let mut content = text.as_bytes().to_vec();
        LessSafeKey::new(key)
            .seal_in_place_append_tag(nonce, Aad::from(b"data"), &mut content)
            .expect("sealed");
        STANDARD.encode(&content[..length])
    }

    fn opened(ciphertext: &str) -> Result<Vec<u8>, ResourceError> {
        let resource = Resource {
            algorithm: "AEAD_AES_256_GCM",
            nonce: NONCE,
            associated_data: "data",
            ciphertext,
        };
        resource.open(&Apiv3Key::new(KEY).expect("a key"))
    }

    #[test]
    fn a_ciphertext_has_its_tag_at_least() {
        assert_eq!(opened(&sealed("text", 4 + TAG)), Ok(b"text".to_vec()));
        assert_eq!(opened(&sealed("", TAG)), Ok(Vec::new()));
        let short = Err(ResourceError::Malformed("ciphertext"));
        assert_eq!(opened(&sealed("", TAG - 1)), short);
        assert_eq!(opened(""), short);
        let cut = opened(&sealed("text", 3 + TAG));
        assert_eq!(cut, Err(ResourceError::DecryptFailed));
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let malformed = ResourceError::Malformed("nonce").to_string();
        assert!(malformed.contains("nonce"), "{malformed}");
        let texts = [
            ResourceError::UnsupportedAlgorithm.to_string(),
            ResourceError::DecryptFailed.to_string(),
        ];
        assert!(texts[0].contains("AEAD_AES_256_GCM"), "{}", texts[0]);
        assert!(texts[1].contains("APIv3 key"), "{}", texts[1]);
    }
}
