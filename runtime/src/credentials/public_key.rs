//! A public key for RSA: WeChat Pay's, given by itself or within a certificate.

use super::armor;
use super::inspect::inspect;
use super::{Found, KeyError};
use crate::encrypt::Unencryptable;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PublicEncryptingKey, PublicKey as RsaPublicKey,
};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use std::path::Path;
use std::sync::Arc;

const EXPECTED: &str = "a public RSA key (as PEM or DER)";

/// A public key for RSA, in PEM or DER. WeChat Pay hands its own out as `pub_key.pem`. Cloning shares it.
#[derive(Clone)]
pub struct PublicKey(Arc<Parsed>);

struct Parsed {
    der: Vec<u8>,
    verify: ParsedPublicKey,
    encrypt: OaepPublicEncryptingKey,
}

impl PublicKey {
    /// Reads PEM text.
    ///
    /// # Errors
    /// What was found instead of a public RSA key, and what to do.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads the bytes of a key file: PEM or DER.
    ///
    /// # Errors
    /// What was found instead of a public RSA key, and what to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let block = armor::open(bytes, EXPECTED)?;
        match inspect(&block) {
            Found::PublicKey => {
                Self::from_der(&block.der).ok_or_else(|| KeyError::new(EXPECTED, Found::Damaged))
            }
            found => Err(KeyError::new(EXPECTED, found.or_damaged())),
        }
    }

    /// Reads a key file: PEM or DER.
    ///
    /// # Errors
    /// Where the file cannot be read; else what was found instead of a public RSA key, and what to do.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::from_bytes(&armor::read_file(path.as_ref(), EXPECTED)?)
    }

    /// Reads PKCS#1 or X.509's SubjectPublicKeyInfo.
    pub(super) fn from_der(der: &[u8]) -> Option<Self> {
        let key = RsaPublicKey::from_der(der).ok()?;
        let spki = key.as_der().ok()?;
        let encrypt = PublicEncryptingKey::from_der(spki.as_ref()).ok()?;
        Some(Self(Arc::new(Parsed {
            der: key.as_ref().to_vec(),
            verify: ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.as_ref()).ok()?,
            encrypt: OaepPublicEncryptingKey::new(encrypt).ok()?,
        })))
    }

    /// Whether a signature by PKCS#1 v1.5 with SHA-256 fits a text.
    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        self.0.verify.verify_sig(text, signature).is_ok()
    }

    /// The bytes of text that can be encrypted at most.
    pub fn longest_plaintext(&self) -> usize {
        self.0.encrypt.max_plaintext_size(&OAEP_SHA1_MGF1SHA1)
    }

    /// Encrypts a field by RSA-OAEP with SHA-1, as base64.
    ///
    /// # Errors
    /// Where the text is longer than [`PublicKey::longest_plaintext`].
    pub fn encrypt(&self, text: &str) -> Result<String, Unencryptable> {
        let most = self.longest_plaintext();
        let actual = text.len();
        if actual > most {
            return Err(Unencryptable::TooLong { most, actual });
        }
        let key = &self.0.encrypt;
        let mut room = vec![0; key.ciphertext_size()];
        let sealed = key
            .encrypt(&OAEP_SHA1_MGF1SHA1, text.as_bytes(), &mut room, None)
            .map_err(|_| Unencryptable::Failed)?;
        Ok(STANDARD.encode(sealed))
    }

    /// The key as PKCS#1 DER.
    pub(crate) fn der(&self) -> &[u8] {
        &self.0.der
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(RSA)")
    }
}

super::forms::from_forms!(PublicKey);
