//! A public key for SM2: it verifies, and it encrypts fields.

use super::USER_ID;
use super::random::Random;
use aws_lc_rs::error::Unspecified;
use sm2::PublicKey;
use sm2::dsa::signature::Verifier;
use sm2::dsa::{Signature, VerifyingKey};
use sm2::elliptic_curve::sec1::ToSec1Point;
use sm2::pkcs8::DecodePublicKey;
use sm2::pke::EncryptingKey;

/// A public key for SM2.
pub(crate) struct Sm2PublicKey {
    verify: VerifyingKey,
    encrypt: EncryptingKey,
    point: Vec<u8>,
}

impl Sm2PublicKey {
    /// The bytes of text that are encrypted at most. SM2 has no bound of its own: this one stands far above any field, and far
    /// below a file that was given in the place of a name.
    pub(crate) const LONGEST_PLAINTEXT: usize = 1 << 20;

    /// Reads X.509's SubjectPublicKeyInfo.
    pub(crate) fn from_der(der: &[u8]) -> Option<Self> {
        let key = PublicKey::from_public_key_der(der).ok()?;
        Some(Self {
            verify: VerifyingKey::new(USER_ID, key).ok()?,
            encrypt: EncryptingKey::new(key),
            point: key.to_sec1_point(false).as_bytes().to_vec(),
        })
    }

    /// Whether a signature, which is DER, fits a text.
    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        Signature::from_der(signature)
            .is_ok_and(|signature| self.verify.verify(text, &signature).is_ok())
    }

    /// Encrypts a text: DER of a point, a hash, and the ciphertext.
    pub(crate) fn encrypt(&self, text: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let sealed = self.encrypt.encrypt_der(&mut Random::new(), text);
        sealed.map_err(|_| Unspecified)
    }

    /// The key as an uncompressed point.
    pub(crate) fn point(&self) -> &[u8] {
        &self.point
    }
}
