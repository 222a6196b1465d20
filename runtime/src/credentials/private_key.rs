//! A private key: the merchant's, or the brand's.

use super::armor::{self, Block};
use super::inspect::inspect;
use super::{Algorithm, Found, KeyError};
use crate::encrypt::Undecryptable;
#[cfg(feature = "sm")]
use crate::sm::Sm2PrivateKey;
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{OAEP_SHA1_MGF1SHA1, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use zeroize::Zeroizing;

#[cfg(not(feature = "sm"))]
const EXPECTED: &str = "a private RSA key (PKCS#8 or PKCS#1, as PEM or DER)";
#[cfg(feature = "sm")]
const EXPECTED: &str = "a private key for RSA or SM2 (PKCS#8, PKCS#1 or SEC1, as PEM or DER)";

/// A private key for RSA, as PKCS#8 or PKCS#1, in PEM or DER. WeChat Pay hands it out as `apiclient_key.pem`.
///
/// With the feature `sm` also one for SM2, as PKCS#8 or SEC1: an identity that has it signs by SM2 with SM3.
///
/// Cloning shares the key. `Debug` shows nothing of it, and its memory is wiped when the last clone is dropped.
#[derive(Clone)]
pub struct PrivateKey(Kind);

#[derive(Clone)]
enum Kind {
    Rsa(Arc<Pair>),
    #[cfg(feature = "sm")]
    Sm2(Arc<Sm2PrivateKey>),
}

struct Pair {
    sign: RsaKeyPair,
    /// Made when it is first needed, and of a type that is forgotten: a program that never decrypts carries nothing of it.
    decrypt: OnceLock<Option<Box<dyn Decrypt>>>,
}

/// A key that decrypts.
trait Decrypt: Send + Sync {
    fn decrypted(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>>;
}

impl PrivateKey {
    /// Reads PEM text.
    ///
    /// # Errors
    /// What was found instead of a private RSA key, and what to do.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads the bytes of a key file: PEM or DER.
    ///
    /// # Errors
    /// What was found instead of a private RSA key, and what to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let block = armor::open(bytes, EXPECTED)?;
        match inspect(&block) {
            Found::PrivateKey => {
                parse(&block).ok_or_else(|| KeyError::new(EXPECTED, Found::Damaged))
            }
            #[cfg(feature = "sm")]
            Found::Sm2PrivateKey => match Sm2PrivateKey::from_der(&block.der) {
                Some(key) => Ok(Self(Kind::Sm2(Arc::new(key)))),
                None => Err(KeyError::new(EXPECTED, Found::Damaged)),
            },
            found => Err(KeyError::new(EXPECTED, found.or_damaged())),
        }
    }

    /// Reads a key file: PEM or DER.
    ///
    /// # Errors
    /// Where the file cannot be read; else what was found instead of a private RSA key, and what to do.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::from_bytes(&armor::read_file(path.as_ref(), EXPECTED)?)
    }

    /// Reads PEM text that is encrypted with a passphrase (`BEGIN ENCRYPTED PRIVATE KEY`).
    ///
    /// # Errors
    /// As [`PrivateKey::from_encrypted_bytes`].
    #[cfg(feature = "encrypted-keys")]
    pub fn from_encrypted_pem(text: &str, passphrase: &str) -> Result<Self, KeyError> {
        Self::from_encrypted_bytes(text.as_bytes(), passphrase)
    }

    /// Reads the bytes of a key file that is encrypted with a passphrase: PKCS#8 by PBES2, with PBKDF2 or scrypt and AES or
    /// triple DES, as PEM or DER. A key that is not encrypted is taken too, and needs no passphrase.
    ///
    /// # Errors
    /// Where the passphrase is another one, or the encryption not supported; else what was found instead of a private RSA key,
    /// and what to do.
    #[cfg(feature = "encrypted-keys")]
    pub fn from_encrypted_bytes(bytes: &[u8], passphrase: &str) -> Result<Self, KeyError> {
        let block = armor::open(bytes, EXPECTED)?;
        if inspect(&block) != Found::EncryptedPrivateKey {
            return Self::from_bytes(bytes);
        }
        match super::encrypted_key::open(&block.der, passphrase) {
            Ok(plain) => Self::from_bytes(&plain),
            Err(found) => Err(KeyError::new(EXPECTED, found)),
        }
    }

    /// Reads a key file that is encrypted with a passphrase.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), wechatpay_runtime::KeyError> {
    /// use wechatpay_runtime::PrivateKey;
    /// let key = PrivateKey::from_encrypted_file("apiclient_key.encrypted.pem", "passphrase")?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Where the file cannot be read; else as [`PrivateKey::from_encrypted_bytes`].
    #[cfg(feature = "encrypted-keys")]
    pub fn from_encrypted_file(path: impl AsRef<Path>, passphrase: &str) -> Result<Self, KeyError> {
        Self::from_encrypted_bytes(&armor::read_file(path.as_ref(), EXPECTED)?, passphrase)
    }

    /// The key as PKCS#8 DER, for a TLS library that presents the merchant's certificate; `None` where the crypto library does
    /// not give it, and for SM2, which those libraries do not speak. It is wiped when dropped: take care where it goes.
    pub fn to_pkcs8_der(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.0 {
            Kind::Rsa(pair) => {
                let der = pair.sign.as_der().ok()?;
                Some(Zeroizing::new(der.as_ref().to_vec()))
            }
            #[cfg(feature = "sm")]
            Kind::Sm2(_) => None,
        }
    }

    /// The key's algorithm.
    pub fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Kind::Rsa(_) => Algorithm::Rsa,
            #[cfg(feature = "sm")]
            Kind::Sm2(_) => Algorithm::Sm2,
        }
    }

    /// The signature over a text as base64: by PKCS#1 v1.5 with SHA-256, or by SM2 with SM3.
    pub(crate) fn sign(&self, text: &[u8]) -> Result<String, Unspecified> {
        let signature = match &self.0 {
            Kind::Rsa(pair) => pair.sign(text)?,
            #[cfg(feature = "sm")]
            Kind::Sm2(key) => key.sign(text)?,
        };
        Ok(STANDARD.encode(signature))
    }

    /// The plain text of an encrypted field, which is base64 of RSA-OAEP with SHA-1, or of SM2's ciphertext as DER.
    ///
    /// # Errors
    /// Where it was not encrypted for this key.
    pub fn decrypt(&self, ciphertext: &str) -> Result<String, Undecryptable> {
        let sealed = STANDARD.decode(ciphertext).map_err(|_| Undecryptable)?;
        let plain = match &self.0 {
            Kind::Rsa(pair) => pair.decrypt(&sealed)?,
            #[cfg(feature = "sm")]
            Kind::Sm2(key) => key.decrypt(&sealed).ok_or(Undecryptable)?,
        };
        match core::str::from_utf8(&plain) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(Undecryptable),
        }
    }

    /// The public half as [`PublicKey::der`](super::PublicKey::der) gives it.
    pub(crate) fn public_der(&self) -> &[u8] {
        match &self.0 {
            Kind::Rsa(pair) => pair.sign.public_key().as_ref(),
            #[cfg(feature = "sm")]
            Kind::Sm2(key) => key.public(),
        }
    }
}

impl Pair {
    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let mut signature = vec![0; self.sign.public_modulus_len()];
        let random = SystemRandom::new();
        self.sign
            .sign(&RSA_PKCS1_SHA256, &random, text, &mut signature)?;
        Ok(signature)
    }

    fn decrypt(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Undecryptable> {
        let key = self.decrypt.get_or_init(|| {
            let wrapped = self.sign.as_der().ok()?;
            let key = PrivateDecryptingKey::from_pkcs8(wrapped.as_ref()).ok()?;
            let key = OaepPrivateDecryptingKey::new(key).ok()?;
            Some(Box::new(key))
        });
        let plain = key.as_ref().and_then(|key| key.decrypted(sealed));
        plain.ok_or(Undecryptable)
    }
}

impl Decrypt for OaepPrivateDecryptingKey {
    fn decrypted(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let mut room = Zeroizing::new(vec![0; self.min_output_size()]);
        let plain = self.decrypt(&OAEP_SHA1_MGF1SHA1, sealed, &mut room, None);
        let length = plain.ok()?.len();
        room.truncate(length);
        Some(room)
    }
}

fn parse(block: &Block) -> Option<PrivateKey> {
    let der = block.der.as_slice();
    let sign = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der));
    Some(PrivateKey(Kind::Rsa(Arc::new(Pair {
        sign: sign.ok()?,
        decrypt: OnceLock::new(),
    }))))
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(<hidden>)")
    }
}

super::forms::from_forms!(PrivateKey);
