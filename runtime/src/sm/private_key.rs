//! A private key for SM2: it signs, and it opens encrypted fields.

use super::USER_ID;
use super::random::Random;
use aws_lc_rs::error::Unspecified;
use core::hint::black_box;
use sm2::dsa::SigningKey;
use sm2::dsa::signature::RandomizedSigner;
use sm2::elliptic_curve::sec1::ToSec1Point;
use sm2::pke::DecryptingKey;
use sm2::{NonZeroScalar, Scalar, SecretKey};
use zeroize::{Zeroize, Zeroizing};

/// A private key for SM2. It is wiped when dropped.
pub(crate) struct Sm2PrivateKey {
    halves: Halves,
    /// The public half, as an uncompressed point.
    public: Vec<u8>,
}

/// The two forms in which the library takes a key.
struct Halves {
    sign: SigningKey,
    decrypt: DecryptingKey,
}

impl Sm2PrivateKey {
    /// Reads PKCS#8 or SEC1.
    pub(crate) fn from_der(der: &[u8]) -> Option<Self> {
        let mut secret = SecretKey::from_der(der).ok()?.to_nonzero_scalar();
        let halves = Halves::of(secret);
        secret.zeroize();
        let halves = halves?;
        let public = halves.sign.verifying_key().to_sec1_point(false);
        let key = Self {
            public: public.as_bytes().to_vec(),
            halves,
        };
        // One number is in the range of keys and cannot sign: the greatest.
        key.sign(b"").ok()?;
        Some(key)
    }

    /// The signature over a text, as DER.
    pub(crate) fn sign(&self, text: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let signature = self
            .halves
            .sign
            .try_sign_with_rng(&mut Random::new(), text)
            .map_err(|_| Unspecified)?;
        Ok(signature.to_der().to_vec())
    }

    /// What was encrypted for this key: DER of a point, a hash, and the ciphertext.
    pub(crate) fn decrypt(&self, ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let plain = self.halves.decrypt.decrypt_der(ciphertext).ok()?;
        Some(Zeroizing::new(plain))
    }

    /// The public half, as an uncompressed point.
    pub(crate) fn public(&self) -> &[u8] {
        &self.public
    }
}

impl Halves {
    fn of(secret: NonZeroScalar) -> Option<Self> {
        Some(Self {
            sign: SigningKey::from_nonzero_scalar(USER_ID, secret).ok()?,
            decrypt: DecryptingKey::from_nonzero_scalar(secret).ok()?,
        })
    }
}

impl Drop for Halves {
    /// The library's keys neither wipe themselves nor can be wiped. Another key is written over them, and looked at, so that the
    /// compiler cannot leave the writing out.
    fn drop(&mut self) {
        let one = NonZeroScalar::new(Scalar::ONE).into_option();
        let key = one.and_then(|one| SigningKey::from_nonzero_scalar(USER_ID, one).ok());
        if let Some(key) = key {
            self.sign = key;
        }
        if let Some(key) = one.and_then(|one| DecryptingKey::from_nonzero_scalar(one).ok()) {
            self.decrypt = key;
        }
        black_box((&self.sign, &self.decrypt));
    }
}
