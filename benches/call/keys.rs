//! The keys of the test vectors, and a reply signed with one of them.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) struct Keys {
    pub(crate) mchid: String,
    pub(crate) serial_no: String,
    pub(crate) private_key: String,
    pub(crate) platform_public: String,
    pub(crate) platform_id: String,
    platform_private: String,
}

impl Keys {
    pub(crate) fn read() -> Self {
        let folder = folder();
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a key file");
        let facts: serde_json::Value = serde_json::from_str(&text("keys.json")).expect("keys.json");
        let field = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        Self {
            mchid: field(&facts["mchid"]),
            serial_no: field(&facts["serials"]["merchant"]),
            private_key: text("merchant.key.pem"),
            platform_public: text("platform-public.pub.pem"),
            platform_id: field(&facts["serials"]["platform-public"]),
            platform_private: text("platform-public.key.pem"),
        }
    }

    /// A whole HTTP/1.1 answer, signed now: good for five minutes.
    pub(crate) fn signed_reply(&self) -> String {
        let body = r#"{"prepay_id":"wx201410272009395522657a690389285100"}"#;
        let timestamp = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("a clock")
            .as_secs();
        let nonce = "c5ac7061fccab6bf3e254dcf98995b8c";
        let signature = sign(
            &self.platform_private,
            &format!("{timestamp}\n{nonce}\n{body}\n"),
        );
        let (length, serial) = (body.len(), &self.platform_id);
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nRequest-ID: 08F4\r\n\
             Wechatpay-Timestamp: {timestamp}\r\nWechatpay-Nonce: {nonce}\r\nWechatpay-Serial: {serial}\r\n\
             Wechatpay-Signature-Type: WECHATPAY2-SHA256-RSA2048\r\nWechatpay-Signature: {signature}\r\n\r\n{body}"
        )
    }
}

/// The RSA key in a PKCS#8 PEM.
pub(crate) fn key_pair(pem: &str) -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(&der(pem)).expect("a PKCS#8 key")
}

/// The bytes between the lines of a PEM.
pub(crate) fn der(pem: &str) -> Vec<u8> {
    let text: String = pem
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    STANDARD.decode(text).expect("base64")
}

fn sign(pem: &str, message: &str) -> String {
    let key = key_pair(pem);
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut signature,
    )
    .expect("a signature");
    STANDARD.encode(signature)
}

fn folder() -> PathBuf {
    match std::env::var_os("WECHATPAY_VECTORS") {
        Some(folder) => Path::new(&folder).join("keys"),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/tests/vectors/keys"),
    }
}
