//! A public key: WeChat Pay's, given by itself or within a certificate.

use super::armor;
use super::inspect::{inspect, modulus_bits};
use super::{Algorithm, Found, KeyError};
use crate::encrypt::Unencryptable;
#[cfg(feature = "sm")]
use crate::sm::Sm2PublicKey;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OaepPublicEncryptingKey, PublicEncryptingKey, PublicKey as RsaPublicKey,
};
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

#[cfg(not(feature = "sm"))]
const EXPECTED: &str = "a public RSA key (as PEM or DER)";
#[cfg(feature = "sm")]
const EXPECTED: &str = "a public key for RSA or SM2 (as PEM or DER)";

/// A public key for RSA, in PEM or DER; with the feature `sm` also one for SM2. WeChat Pay hands its own out as `pub_key.pem`.
/// Cloning shares it.
#[derive(Clone)]
pub struct PublicKey(Kind);

#[derive(Clone)]
enum Kind {
    Rsa(Arc<Parsed>),
    #[cfg(feature = "sm")]
    Sm2(Arc<Sm2PublicKey>),
}

struct Parsed {
    der: Vec<u8>,
    verify: ParsedPublicKey,
    /// Made when it is first needed, and of a type that is forgotten: a program that never encrypts carries nothing of it.
    encrypt: OnceLock<Option<Box<dyn Encrypt>>>,
}

/// A key that encrypts.
trait Encrypt: Send + Sync {
    /// The bytes that it encrypts at most.
    fn most(&self) -> usize;
    fn encrypted(&self, text: &[u8]) -> Result<Vec<u8>, Unspecified>;
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
        Self::from_der(&block.der, inspect(&block))
            .map_err(|found| KeyError::new(EXPECTED, found.or_damaged()))
    }

    /// Reads a key file: PEM or DER.
    ///
    /// # Errors
    /// Where the file cannot be read; else what was found instead of a public RSA key, and what to do.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::from_bytes(&armor::read_file(path.as_ref(), EXPECTED)?)
    }

    /// Reads X.509's SubjectPublicKeyInfo, or PKCS#1, of which it was found out what it holds.
    pub(super) fn from_der(der: &[u8], found: Found) -> Result<Self, Found> {
        let kind = match found {
            Found::PublicKey => Parsed::from_der(der).map(|key| Kind::Rsa(Arc::new(key))),
            #[cfg(feature = "sm")]
            Found::Sm2PublicKey => Sm2PublicKey::from_der(der).map(|key| Kind::Sm2(Arc::new(key))),
            other => return Err(other),
        };
        kind.map(Self).ok_or(Found::Damaged)
    }

    /// The key's algorithm.
    pub fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Kind::Rsa(_) => Algorithm::Rsa,
            #[cfg(feature = "sm")]
            Kind::Sm2(_) => Algorithm::Sm2,
        }
    }

    /// Whether a signature fits a text: by PKCS#1 v1.5 with SHA-256, or by SM2 with SM3, as the key is.
    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Kind::Rsa(key) => key.verify.verify_sig(text, signature).is_ok(),
            #[cfg(feature = "sm")]
            Kind::Sm2(key) => key.verifies(text, signature),
        }
    }

    /// The bytes of text that can be encrypted at most: 214 with RSA of 2048 bits. SM2 has no bound of its own; it is 1 MiB here.
    pub fn longest_plaintext(&self) -> usize {
        match &self.0 {
            Kind::Rsa(key) => key.encrypting().map_or(0, Encrypt::most),
            #[cfg(feature = "sm")]
            Kind::Sm2(_) => Sm2PublicKey::LONGEST_PLAINTEXT,
        }
    }

    /// Encrypts a field by RSA-OAEP with SHA-1, or by SM2 (which takes no empty text), as base64.
    ///
    /// # Errors
    /// Where the text is longer than [`PublicKey::longest_plaintext`].
    pub fn encrypt(&self, text: &str) -> Result<String, Unencryptable> {
        let most = self.longest_plaintext();
        let actual = text.len();
        if actual > most {
            return Err(Unencryptable::TooLong { most, actual });
        }
        let sealed = match &self.0 {
            Kind::Rsa(key) => match key.encrypting() {
                Some(key) => key.encrypted(text.as_bytes()),
                None => Err(Unspecified),
            },
            #[cfg(feature = "sm")]
            Kind::Sm2(key) => key.encrypt(text.as_bytes()),
        };
        match sealed {
            Ok(sealed) => Ok(STANDARD.encode(sealed)),
            Err(Unspecified) => Err(Unencryptable::Failed),
        }
    }

    /// The key as PKCS#1 DER, or as a point of SM2's curve.
    pub(crate) fn der(&self) -> &[u8] {
        match &self.0 {
            Kind::Rsa(key) => &key.der,
            #[cfg(feature = "sm")]
            Kind::Sm2(key) => key.point(),
        }
    }
}

impl Parsed {
    fn from_der(der: &[u8]) -> Option<Self> {
        let key = RsaPublicKey::from_der(der).ok()?;
        // The crypto library would tell of it with the first signature, when a request was sent.
        if !(2048..=8192).contains(&modulus_bits(key.as_ref())) {
            return None;
        }
        Some(Self {
            der: key.as_ref().to_vec(),
            verify: ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key.as_ref()).ok()?,
            encrypt: OnceLock::new(),
        })
    }

    fn encrypting(&self) -> Option<&dyn Encrypt> {
        let key = self.encrypt.get_or_init(|| {
            let spki = RsaPublicKey::from_der(&self.der).ok()?.as_der().ok()?;
            let key = PublicEncryptingKey::from_der(spki.as_ref()).ok()?;
            let key = OaepPublicEncryptingKey::new(key).ok()?;
            Some(Box::new(key))
        });
        key.as_deref()
    }
}

impl Encrypt for OaepPublicEncryptingKey {
    fn most(&self) -> usize {
        self.max_plaintext_size(&OAEP_SHA1_MGF1SHA1)
    }

    fn encrypted(&self, text: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let mut room = vec![0; self.ciphertext_size()];
        let sealed = self.encrypt(&OAEP_SHA1_MGF1SHA1, text, &mut room, None)?;
        Ok(sealed.to_vec())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.algorithm())
    }
}

super::forms::from_forms!(PublicKey);
