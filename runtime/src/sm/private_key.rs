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

impl Halves {
    /// The library's keys neither wipe themselves nor can be wiped. Another key is written over them, and looked at, so that the
    /// compiler cannot leave the writing out.
    fn wipe(&mut self) {
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

impl Drop for Halves {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SEC1 of a number, without its public half.
    fn sec1(number: &[u8; 32]) -> Vec<u8> {
        let (head, curve) = (
            [0x30, 49, 2, 1, 1, 4, 32],
            [0xa0, 10, 6, 8, 0x2a, 0x81, 0x1c],
        );
        let rest = [0xcf, 0x55, 1, 0x82, 0x2d];
        [head.as_slice(), number, &curve, &rest].concat()
    }

    /// The order of the curve less a small number.
    fn order_less(difference: u8) -> [u8; 32] {
        let mut number = [0xff; 32];
        number[3] = 0xfe;
        let low = [
            0x72,
            0x03,
            0xdf,
            0x6b,
            0x21,
            0xc6,
            0x05,
            0x2b,
            0x53,
            0xbb,
            0xf4,
            0x09,
            0x39,
            0xd5,
            0x41,
            0x23 - difference,
        ];
        number[16..].copy_from_slice(&low);
        number
    }

    #[test]
    fn numbers_out_of_range_are_no_keys() {
        let mut one = [0; 32];
        assert!(Sm2PrivateKey::from_der(&sec1(&one)).is_none());
        one[31] = 1;
        for good in [one, order_less(2)] {
            assert!(Sm2PrivateKey::from_der(&sec1(&good)).is_some());
        }
        for bad in [order_less(1), order_less(0), [0xff; 32]] {
            assert!(Sm2PrivateKey::from_der(&sec1(&bad)).is_none());
        }
    }

    #[test]
    fn a_key_that_was_wiped_is_another() {
        let mut key = Sm2PrivateKey::from_der(&sec1(&order_less(2))).expect("a key");
        key.halves.wipe();
        assert_ne!(*key.halves.sign.to_bytes(), order_less(2));
        assert_ne!(*key.halves.decrypt.to_bytes(), order_less(2));
    }
}
