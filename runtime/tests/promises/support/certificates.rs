//! The list of platform certificates, as WeChat Pay hands it out.

use super::keys::Keys;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The body of the answer to `GET /v3/certificates`.
pub(crate) fn list(keys: &Keys, names: &[&str]) -> String {
    let data: Vec<Value> = names.iter().map(|name| entry(keys, name)).collect();
    json!({ "data": data }).to_string()
}

/// A certificate's entry in the list.
pub(crate) fn entry(keys: &Keys, name: &str) -> Value {
    let pem = keys.file(&format!("{name}.crt.pem"));
    sealed(&keys.serial(name), &keys.apiv3_key, pem.as_bytes())
}

/// A text in the place of a certificate, sealed with a key under a serial number.
pub(crate) fn sealed(serial: &str, key: &str, text: &[u8]) -> Value {
    let nonce = "q0nZ5q1EEA2B";
    let key = UnboundKey::new(&AES_256_GCM, key.as_bytes()).expect("a key");
    let unique = Nonce::try_assume_unique_for_key(nonce.as_bytes()).expect("a nonce");
    let mut sealed = text.to_vec();
    LessSafeKey::new(key)
        .seal_in_place_append_tag(unique, Aad::from(b"certificate"), &mut sealed)
        .expect("sealed");
    json!({
        "serial_no": serial,
        "encrypt_certificate": {
            "algorithm": "AEAD_AES_256_GCM",
            "nonce": nonce,
            "associated_data": "certificate",
            "ciphertext": STANDARD.encode(sealed),
        },
    })
}
