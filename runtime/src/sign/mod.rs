//! The signature of a request.

pub(crate) mod apiv2;

use crate::credentials::PrivateKey;
use crate::operation::Identity;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use core::fmt;

/// Who signs: an identity with its certificate's serial number and private key.
#[derive(Clone, Debug)]
pub struct Signer {
    /// A merchant or a brand.
    pub identity: Identity,
    /// The `mchid` or `brand_id`.
    pub id: String,
    /// The serial number of the identity's API certificate.
    pub serial_no: String,
    /// The private key of that certificate.
    pub private_key: PrivateKey,
}

/// What is signed, exactly as it is sent.
#[derive(Clone, Copy)]
pub struct ToSign<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The path and query, percent-encoding included, without host or fragment.
    pub target: &'a str,
    /// Unix seconds.
    pub timestamp: u64,
    /// A text that is used once.
    pub nonce: &'a str,
    /// The body's bytes; empty where there is none. Of an upload, its `meta`.
    pub body: &'a [u8],
}

/// The crypto library could not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignError;

impl ToSign<'_> {
    /// The text that is signed: each part with a line feed after it.
    pub fn message(&self) -> Vec<u8> {
        let head = format!(
            "{}\n{}\n{}\n{}\n",
            self.method, self.target, self.timestamp, self.nonce
        );
        let mut message = head.into_bytes();
        message.reserve_exact(self.body.len() + 1);
        message.extend_from_slice(self.body);
        message.push(b'\n');
        message
    }

    /// The value of the header `Authorization`. It is a secret for as long as its timestamp is fresh.
    ///
    /// # Errors
    /// Where the crypto library could not sign.
    pub fn authorization(&self, signer: &Signer) -> Result<String, SignError> {
        let (scheme, name) = match signer.identity {
            Identity::Merchant => ("WECHATPAY2-SHA256-RSA2048", "mchid"),
            Identity::Brand => ("WECHATPAY-BRAND-SHA256-RSA2048", "brand_id"),
        };
        let signature = signer.private_key.sign(&self.message())?;
        Ok(format!(
            "{scheme} {name}=\"{}\",nonce_str=\"{}\",signature=\"{signature}\",timestamp=\"{}\",serial_no=\"{}\"",
            signer.id, self.nonce, self.timestamp, signer.serial_no
        ))
    }
}

impl fmt::Debug for ToSign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToSign")
            .field("method", &self.method)
            .field("timestamp", &self.timestamp)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

impl From<Unspecified> for SignError {
    fn from(_: Unspecified) -> Self {
        Self
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the crypto library could not sign")
    }
}

impl core::error::Error for SignError {}

/// The characters of a nonce: 64 of them would be even, 62 are allowed, so two are drawn again.
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// 32 random letters and digits.
pub(crate) fn nonce() -> Result<String, SignError> {
    let random = SystemRandom::new();
    let mut nonce = String::with_capacity(32);
    while nonce.len() < 32 {
        let mut bytes = [0; 40];
        random.fill(&mut bytes)?;
        let letters = bytes
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte & 63)));
        let room = 32 - nonce.len();
        nonce.extend(letters.take(room).map(|letter| char::from(*letter)));
    }
    Ok(nonce)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_are_letters_and_digits_and_differ() {
        let (one, other) = (nonce().expect("random"), nonce().expect("random"));
        for nonce in [&one, &other] {
            assert_eq!(nonce.len(), 32);
            assert!(nonce.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
        assert_ne!(one, other);
    }
}
