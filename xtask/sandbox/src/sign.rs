//! Signatures of APIv3: RSA PKCS#1 v1.5 with SHA-256, in base64, over lines that each end in a line feed.

use crate::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::{Pkcs1v15Sign, PrivateKey, PublicKey};
use sha2::{Digest as _, Sha256};

/// What the signature of a request covers. `target` is the path and the query as sent.
pub fn request_message(
    method: &str,
    target: &str,
    timestamp: &str,
    nonce: &str,
    body: &[u8],
) -> Vec<u8> {
    lines(&[
        method.as_bytes(),
        target.as_bytes(),
        timestamp.as_bytes(),
        nonce.as_bytes(),
        body,
    ])
}

/// What the signature of a reply or a notification covers.
pub fn reply_message(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    lines(&[timestamp.as_bytes(), nonce.as_bytes(), body])
}

fn lines(parts: &[&[u8]]) -> Vec<u8> {
    parts
        .iter()
        .flat_map(|part| part.iter().chain(b"\n"))
        .copied()
        .collect()
}

/// Signs a message.
///
/// # Errors
///
/// The key is not sound.
pub fn sign(key: &PrivateKey, message: &[u8]) -> Result<String, Error> {
    let digest = Sha256::digest(message);
    let signature = key
        .sign(Pkcs1v15Sign::new::<Sha256>(), &digest)
        .map_err(|error| Error::cryptography("signing", error))?;
    Ok(STANDARD.encode(signature))
}

/// Whether a signature in base64 is that of a message.
pub fn verify(key: &PublicKey, message: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else {
        return false;
    };
    let digest = Sha256::digest(message);
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, &signature)
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SandboxKeys;

    #[test]
    fn each_part_of_a_request_is_a_line() {
        let message = request_message("GET", "/v3/certificates?a=1", "17", "n", b"");
        assert_eq!(message, b"GET\n/v3/certificates?a=1\n17\nn\n\n");
    }

    #[test]
    fn a_signature_holds_for_its_message_and_key_alone() {
        let keys = SandboxKeys::shared().expect("keys");
        let merchant = keys.merchant();
        let signature = sign(merchant.private_key(), b"message").expect("signature");
        assert!(verify(merchant.public_key(), b"message", &signature));
        assert!(!verify(merchant.public_key(), b"Message", &signature));
        let other = keys.platform_public_key().public_key();
        assert!(!verify(other, b"message", &signature));
        assert!(!verify(merchant.public_key(), b"message", "no base64!"));
    }
}
