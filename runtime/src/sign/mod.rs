//! The signature of a request.

pub(crate) mod apiv2;
mod failure;
mod key;
mod signer;

use crate::credentials::{Certificate, PrivateKey};
use crate::operation::Identity;
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use core::fmt;

pub use failure::SignError;
pub use key::{RemoteKey, SigningKey};
pub use signer::{Signer, SignerError, SignerFuture};

/// Who signs: an identity with its certificate's serial number and its key.
#[derive(Clone, Debug)]
pub struct SigningIdentity {
    /// A merchant or a brand.
    pub identity: Identity,
    /// The `mchid` or `brand_id`.
    pub id: String,
    /// The serial number of the identity's API certificate.
    pub serial_no: String,
    /// The private key of that certificate, here or elsewhere.
    pub key: SigningKey,
    /// The certificate itself, where it was given.
    pub certificate: Option<Certificate>,
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
    /// Where the crypto library or the remote signer could not sign, or where WeChat Pay has no scheme for the identity and its key.
    pub async fn authorization(&self, signer: &SigningIdentity) -> Result<String, SignError> {
        match &signer.key {
            SigningKey::Local(key) => self.signed(signer, key),
            SigningKey::Remote(key) => {
                let signature = key.sign(&self.message(), None).await?;
                self.written(signer, &signature)
            }
        }
    }

    /// The same by a key in this process.
    pub(crate) fn signed(
        &self,
        signer: &SigningIdentity,
        key: &PrivateKey,
    ) -> Result<String, SignError> {
        self.written(signer, &key.sign(&self.message())?)
    }

    /// The same, with a signature that was asked for.
    pub(crate) fn written(
        &self,
        signer: &SigningIdentity,
        signature: &str,
    ) -> Result<String, SignError> {
        let scheme = signer.key.algorithm().scheme(signer.identity);
        let scheme = scheme.ok_or(SignError::NoScheme)?;
        let name = match signer.identity {
            Identity::Merchant => "mchid",
            Identity::Brand => "brand_id",
        };
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

/// A random number; the greatest one where there are none.
pub(crate) fn draw() -> u32 {
    let mut bytes = [0; 4];
    match SystemRandom::new().fill(&mut bytes) {
        Ok(()) => u32::from_ne_bytes(bytes),
        Err(_) => u32::MAX,
    }
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
