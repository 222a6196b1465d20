//! How a content is sealed, as replies tell it.

use super::link::refused;
use super::unseal::Unseal;
use crate::error::{DownloadFailure, Error};
use core::fmt;
use zeroize::Zeroizing;

/// How a content is sealed: the key in plain text, which its reply had encrypted for the merchant, and the nonce.
#[derive(Clone)]
pub(super) struct Seal {
    pub(super) key: Zeroizing<String>,
    pub(super) nonce: String,
}

impl Seal {
    /// What opens it.
    ///
    /// # Errors
    /// With this key nothing can be opened. Nothing was sent.
    pub(super) fn opener(&self) -> Result<Unseal, Error> {
        let opener = Unseal::new(self.key.as_bytes(), self.nonce.as_bytes());
        opener.ok_or_else(|| {
            let text = match (self.key.len(), cfg!(feature = "sm")) {
                (0, _) => "the bill is encrypted, and its reply has no `encrypt_key` that could be decrypted: see its `drift()`".to_owned(),
                _ if self.nonce.is_empty() => "the bill is encrypted, and its reply has no `nonce`".to_owned(),
                (16, false) => "the bill is encrypted by SM4 (国密), which needs the Cargo feature `sm`".to_owned(),
                (length, _) => format!("the bill is encrypted with a key of {length} bytes; AES-256 has 32, SM4 16"),
            };
            refused(DownloadFailure::Encrypted, text)
        })
    }
}

/// Shows nothing of the key.
impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seal").finish_non_exhaustive()
    }
}
