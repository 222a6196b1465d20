//! SM2 on both sides: the vectors' key pairs, and what openssl signed and sealed with them (`tests/sm/witness.py`).

use super::keys::{Keys, reply};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::{Client, ClientBuilder, PrivateKey};

/// What openssl made.
pub(crate) struct Witness(Value);

/// A file beside the witness.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/sm")
        .join(name)
}

/// A private key of the vectors.
pub(crate) fn private(keys: &Keys, name: &str) -> PrivateKey {
    PrivateKey::from_pem(&keys.file(&format!("sm2-{name}.key.pem"))).expect(name)
}

/// A builder with an SM2 merchant and an SM2 platform certificate.
pub(crate) fn builder(keys: &Keys) -> ClientBuilder {
    merchant(keys).platform_certificate(file("platform.crt.pem"))
}

/// A builder with an SM2 merchant, without any key of the platform.
pub(crate) fn merchant(keys: &Keys) -> ClientBuilder {
    let now = keys.now;
    Client::builder()
        .mchid(&keys.mchid)
        .merchant_certificate(file("merchant.crt.pem"))
        .merchant_private_key(keys.file("sm2-merchant.key.pem"))
        .apiv3_key(&keys.apiv3_key)
        .clock(move || UNIX_EPOCH + Duration::from_secs(now))
}

impl Witness {
    pub(crate) fn load() -> Self {
        let text = std::fs::read_to_string(file("witness.json")).expect("a file");
        Self(serde_json::from_str(&text).expect("JSON"))
    }

    pub(crate) fn serial(&self, name: &str) -> &str {
        self.0["serials"][name].as_str().expect(name)
    }

    /// The body of a signed message.
    pub(crate) fn body(&self, name: &str) -> &str {
        self.0[name]["body"].as_str().expect(name)
    }

    /// The headers of a signed message.
    pub(crate) fn headers(&self, name: &str) -> HeaderMap {
        let headers = self.0[name]["headers"].as_object().expect(name);
        let pairs = headers.iter().map(|(name, value)| {
            let value = value.as_str().expect("a text");
            (
                HeaderName::from_bytes(name.as_bytes()).expect("a name"),
                HeaderValue::from_str(value).expect("a value"),
            )
        });
        pairs.collect()
    }

    /// A whole reply, as it travels, with another body than the signed one if need be.
    pub(crate) fn reply(&self, status: u16, name: &str, body: &str) -> Vec<u8> {
        let headers = self.headers(name);
        let lines = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}\r\n", value.to_str().expect("a text")));
        reply(status, &lines.collect::<String>(), body.as_bytes())
    }
}
