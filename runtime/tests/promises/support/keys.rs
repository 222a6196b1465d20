//! The keys of the vectors, and WeChat Pay's part with them, by another crypto library than the runtime's.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1v15::SigningKey;
use rsa::pkcs8::DecodePrivateKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer};
use serde_json::Value;
use std::path::PathBuf;

pub(crate) struct Keys {
    pub(crate) mchid: String,
    pub apiv3_key: String,
    #[cfg_attr(not(feature = "pkcs12"), expect(dead_code))]
    pub(crate) p12_passphrase: String,
    #[cfg_attr(not(feature = "encrypted-keys"), expect(dead_code))]
    pub(crate) encrypted_key_passphrase: String,
    pub(crate) now: u64,
    serials: Value,
}

/// The directory of the vectors: the environment's, else the project's own copy.
pub(crate) fn directory() -> PathBuf {
    match std::env::var_os("WECHATPAY_VECTORS") {
        Some(directory) => PathBuf::from(directory),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors"),
    }
}

/// A file of the vectors.
pub(crate) fn read(path: &str) -> String {
    let path = directory().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of the project's own, beside the vectors.
#[cfg(any(feature = "encrypted-keys", feature = "pkcs12"))]
pub(crate) fn own(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/credentials");
    std::fs::read(format!("{folder}/{name}")).expect(name)
}

/// The cases of a file of the vectors.
pub(crate) fn cases(path: &str) -> Vec<Value> {
    let cases: Vec<Value> = serde_json::from_str(&read(path)).expect("cases");
    assert!(!cases.is_empty(), "{path} has no cases");
    cases
}

impl Keys {
    pub(crate) fn load() -> Self {
        let keys: Value = serde_json::from_str(&read("keys/keys.json")).expect("keys.json");
        let text = |name: &str| keys[name].as_str().expect(name).to_owned();
        Self {
            mchid: text("mchid"),
            apiv3_key: text("apiv3_key"),
            p12_passphrase: text("p12_passphrase"),
            encrypted_key_passphrase: text("encrypted_key_passphrase"),
            now: keys["now"].as_u64().expect("now"),
            serials: keys["serials"].clone(),
        }
    }

    /// A key file as text.
    pub(crate) fn file(&self, name: &str) -> String {
        read(&format!("keys/{name}"))
    }

    /// A key file as bytes.
    #[cfg(feature = "pkcs12")]
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(directory().join("keys").join(name)).expect(name)
    }

    /// A serial number or id.
    pub(crate) fn serial(&self, name: &str) -> String {
        self.serials[name].as_str().expect(name).to_owned()
    }

    pub(crate) fn private(&self, name: &str) -> rsa::PrivateKey {
        rsa::PrivateKey::from_pkcs8_pem(&self.file(&format!("{name}.key.pem"))).expect(name)
    }

    /// A signature by one of the platform's keys.
    pub(crate) fn sign(&self, name: &str, text: &[u8]) -> String {
        let key = SigningKey::<Sha256>::new(self.private(name));
        STANDARD.encode(key.sign(text).to_bytes())
    }

    /// What the platform's public key mode signs a reply with, as header lines.
    pub(crate) fn signature_headers(&self, body: &[u8]) -> String {
        self.signature_headers_of("platform-public", self.now, body)
    }

    pub(crate) fn signature_headers_of(&self, name: &str, timestamp: u64, body: &[u8]) -> String {
        let nonce = "nonce-of-the-reply";
        let mut text = format!("{timestamp}\n{nonce}\n").into_bytes();
        text.extend_from_slice(body);
        text.push(b'\n');
        format!(
            "Wechatpay-Timestamp: {timestamp}\r\nWechatpay-Nonce: {nonce}\r\nWechatpay-Serial: {}\r\nWechatpay-Signature: {}\r\n",
            self.serial(name),
            self.sign(name, &text)
        )
    }

    /// A whole reply, signed.
    pub(crate) fn signed_reply(&self, status: u16, body: &str) -> Vec<u8> {
        reply(
            status,
            &self.signature_headers(body.as_bytes()),
            body.as_bytes(),
        )
    }
}

/// A whole reply with a `Request-ID` and further header lines.
pub(crate) fn reply(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = match status {
        204 => String::new(),
        _ => format!("Content-Length: {}\r\n", body.len()),
    };
    let head = format!("HTTP/1.1 {status} Some\r\n{length}Request-ID: 08F7\r\n{headers}\r\n");
    let mut reply = head.into_bytes();
    if status != 204 {
        reply.extend_from_slice(body);
    }
    reply
}
