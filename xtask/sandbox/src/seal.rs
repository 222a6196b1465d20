//! Sealed resources (`AEAD_AES_256_GCM` with the APIv3 key) and encrypted fields (RSA-OAEP with SHA-1).

use crate::Error;
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::{PrivateKey, PublicKey};
use sha1::Sha1;

/// The one algorithm of sealed resources that the sandbox has.
pub const AEAD_AES_256_GCM: &str = "AEAD_AES_256_GCM";

/// A sealed resource as it stands in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedResource {
    /// The algorithm: `AEAD_AES_256_GCM`.
    pub algorithm: String,
    /// Twelve characters that were never used with this key before.
    pub nonce: String,
    /// What is authenticated but not hidden; may be empty.
    pub associated_data: String,
    /// The ciphertext with the tag at its end, in base64.
    pub ciphertext: String,
}

/// Seals a text with the APIv3 key.
///
/// # Errors
///
/// The key has not 32 bytes.
pub fn seal(
    apiv3_key: &str,
    associated_data: &str,
    plaintext: &[u8],
) -> Result<SealedResource, Error> {
    let nonce = crate::keys::random_text(12);
    let failed = |reason: &dyn std::fmt::Display| Error::cryptography("sealing a resource", reason);
    let cipher = Aes256Gcm::new_from_slice(apiv3_key.as_bytes()).map_err(|error| failed(&error))?;
    let position = Nonce::try_from(nonce.as_bytes()).map_err(|error| failed(&error))?;
    let payload = Payload {
        msg: plaintext,
        aad: associated_data.as_bytes(),
    };
    let ciphertext = cipher
        .encrypt(&position, payload)
        .map_err(|error| failed(&error))?;
    Ok(SealedResource {
        algorithm: AEAD_AES_256_GCM.into(),
        nonce,
        associated_data: associated_data.into(),
        ciphertext: STANDARD.encode(ciphertext),
    })
}

/// Opens what was sealed with the APIv3 key.
///
/// # Errors
///
/// Another algorithm, a nonce of another length, a ciphertext that is no base64, or one that this key, nonce and associated data
/// did not make.
pub fn open(apiv3_key: &str, resource: &SealedResource) -> Result<Vec<u8>, Error> {
    let failed = |reason: &dyn std::fmt::Display| Error::cryptography("opening a resource", reason);
    if resource.algorithm != AEAD_AES_256_GCM {
        return Err(failed(&format!(
            "the algorithm is {}, not {AEAD_AES_256_GCM}",
            resource.algorithm
        )));
    }
    let cipher = Aes256Gcm::new_from_slice(apiv3_key.as_bytes()).map_err(|error| failed(&error))?;
    let nonce = Nonce::try_from(resource.nonce.as_bytes()).map_err(|error| failed(&error))?;
    let ciphertext = STANDARD
        .decode(&resource.ciphertext)
        .map_err(|error| failed(&error))?;
    let payload = Payload {
        msg: &ciphertext,
        aad: resource.associated_data.as_bytes(),
    };
    cipher
        .decrypt(&nonce, payload)
        .map_err(|error| failed(&error))
}

/// Encrypts a field's value for the holder of a key.
///
/// # Errors
///
/// The text has more than 214 bytes (for an RSA-2048 key).
pub fn encrypt_field(key: &PublicKey, plaintext: &str) -> Result<String, Error> {
    let ciphertext = key
        .oaep_encrypt::<Sha1>(plaintext.as_bytes())
        .map_err(|error| Error::cryptography("encrypting a field", error))?;
    Ok(STANDARD.encode(ciphertext))
}

/// Decrypts a field's value.
///
/// # Errors
///
/// It is no base64, was not encrypted for this key, or holds no UTF-8.
pub fn decrypt_field(key: &PrivateKey, ciphertext: &str) -> Result<String, Error> {
    let failed = |reason: &dyn std::fmt::Display| Error::cryptography("decrypting a field", reason);
    let ciphertext = STANDARD
        .decode(ciphertext)
        .map_err(|error| failed(&error))?;
    let plaintext = key
        .oaep_decrypt::<Sha1>(&ciphertext)
        .map_err(|error| failed(&error))?;
    String::from_utf8(plaintext).map_err(|error| failed(&error.utf8_error()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SandboxKeys;

    #[test]
    fn a_resource_opens_with_its_key_and_associated_data_alone() {
        let key = "0123456789abcdef0123456789abcdef";
        let sealed = seal(key, "certificate", "证书".as_bytes()).expect("sealed");
        assert_eq!(open(key, &sealed).expect("opened"), "证书".as_bytes());
        assert!(open("0123456789abcdef0123456789abcdeF", &sealed).is_err());
        let other = SealedResource {
            associated_data: "transaction".into(),
            ..sealed
        };
        assert!(open(key, &other).is_err());
    }

    #[test]
    fn a_field_is_read_by_the_holder_of_the_key_alone() {
        let keys = SandboxKeys::shared().expect("keys");
        let platform = keys.platform_public_key();
        let ciphertext = encrypt_field(platform.public_key(), "张三").expect("ciphertext");
        let read = decrypt_field(platform.private_key(), &ciphertext).expect("plaintext");
        assert_eq!(read, "张三");
        assert!(decrypt_field(keys.merchant().private_key(), &ciphertext).is_err());
        assert!(encrypt_field(platform.public_key(), &"x".repeat(215)).is_err());
    }
}
