//! A client that signs as a merchant or a brand does, and can be told to do it wrong.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use rsa::signature::{SignatureEncoding as _, Signer as _, Verifier as _};
use rsa::{PrivateKey, PublicKey};
use serde_json::Value;
use sha2::Sha256;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use wechatpay_sandbox::{ClientMaterial, Sandbox};
use x509_cert::Certificate;
use x509_cert::der::DecodePem as _;
use x509_cert::der::Encode as _;

/// A request; every part of it can be changed before it is sent.
#[derive(Clone)]
pub struct Call {
    pub url: String,
    pub material: ClientMaterial,
    pub method: &'static str,
    /// What is sent.
    pub target: String,
    /// What is sent.
    pub body: Vec<u8>,
    /// What is signed, where it is not what is sent.
    pub signed_target: Option<String>,
    /// What is signed, where it is not what is sent.
    pub signed_body: Option<Vec<u8>>,
    pub scheme: &'static str,
    pub id_name: &'static str,
    pub id: String,
    pub serial_no: String,
    pub private_key: String,
    pub timestamp: i64,
    pub headers: Vec<(&'static str, String)>,
    /// Sent in place of what would be made.
    pub authorization: Option<String>,
    /// How long the reply is waited for.
    pub timeout: Duration,
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    /// The body as a text.
    pub body: String,
    material: ClientMaterial,
}

/// A good call as the merchant.
pub fn call(sandbox: &Sandbox, method: &'static str, target: &str, body: &str) -> Call {
    let material = sandbox.client_material().expect("the client's material");
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let mut headers = vec![
        ("Accept", "application/json".to_owned()),
        ("User-Agent", "sandbox-test".to_owned()),
    ];
    if !body.is_empty() {
        headers.push(("Content-Type", "application/json".to_owned()));
    }
    Call {
        url: sandbox.url(),
        method,
        target: target.into(),
        body: body.into(),
        signed_target: None,
        signed_body: None,
        scheme: "WECHATPAY2-SHA256-RSA2048",
        id_name: "mchid",
        id: material.mchid.clone(),
        serial_no: material.serial_no.clone(),
        private_key: material.private_key.clone(),
        timestamp: now.expect("a time").as_secs().cast_signed(),
        headers,
        authorization: None,
        timeout: Duration::from_secs(30),
        material,
    }
}

impl Call {
    /// The same call, changed.
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// Adds a header, or replaces it.
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(own, _)| *own != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Signs as the brand.
    pub fn signed_by_the_brand(self) -> Self {
        let (brand, serial_no) = self.material.brand.clone().expect("a brand");
        self.with(|call| {
            call.scheme = "WECHATPAY-BRAND-SHA256-RSA2048";
            call.id_name = "brand_id";
            call.id = brand.brand_id;
            call.private_key = brand.private_key;
            call.serial_no = serial_no;
        })
    }

    /// Signs and sends.
    pub async fn send(self) -> Reply {
        self.try_send().await.expect("a reply")
    }

    /// Signs and sends, and takes it as it is where no whole reply comes.
    pub async fn try_send(self) -> reqwest::Result<Reply> {
        let authorization = self.authorization.clone();
        let authorization = authorization.unwrap_or_else(|| self.authorization_header());
        self.send_with(Some(authorization)).await
    }

    /// Sends without the header `Authorization`.
    pub async fn send_unsigned(self) -> Reply {
        self.send_with(None).await.expect("a reply")
    }

    async fn send_with(self, authorization: Option<String>) -> reqwest::Result<Reply> {
        let client = reqwest::Client::builder().no_proxy().build();
        let url = format!("{}{}", self.url, self.target);
        let method = self.method.parse().expect("a method");
        let mut request = client.expect("a client").request(method, url);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(authorization) = authorization {
            request = request.header("Authorization", authorization);
        }
        let request = request.timeout(self.timeout);
        let reply = request.body(self.body).send().await?;
        let (status, headers) = (reply.status().as_u16(), reply.headers().clone());
        let bytes = reply.bytes().await?.to_vec();
        Ok(Reply {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
            material: self.material,
        })
    }

    fn authorization_header(&self) -> String {
        let nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
        let target = self.signed_target.as_ref().unwrap_or(&self.target);
        let body = self.signed_body.as_ref().unwrap_or(&self.body);
        let head = format!("{}\n{target}\n{}\n{nonce}\n", self.method, self.timestamp);
        let message = [head.as_bytes(), body, b"\n"].concat();
        let key = PrivateKey::from_pkcs8_pem(&self.private_key).expect("a private key");
        let signature = SigningKey::<Sha256>::new(key).sign(&message);
        format!(
            r#"{} {}="{}",nonce_str="{nonce}",signature="{}",timestamp="{}",serial_no="{}""#,
            self.scheme,
            self.id_name,
            self.id,
            STANDARD.encode(signature.to_bytes()),
            self.timestamp,
            self.serial_no
        )
    }
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Verifies the signature with the key that `Wechatpay-Serial` names, and gives that name.
    pub fn verified_by(&self) -> String {
        let header = |name| self.header(name).unwrap_or_else(|| panic!("no {name}"));
        let serial = header("Wechatpay-Serial");
        let message = [
            header("Wechatpay-Timestamp").as_bytes(),
            header("Wechatpay-Nonce").as_bytes(),
            &self.bytes,
            b"",
        ]
        .join(&b'\n');
        let signature = STANDARD
            .decode(header("Wechatpay-Signature"))
            .expect("base64");
        let signature = Signature::try_from(signature.as_slice()).expect("a signature");
        VerifyingKey::<Sha256>::new(self.platform_key(serial))
            .verify(&message, &signature)
            .expect("a signature that verifies");
        serial.to_owned()
    }

    fn platform_key(&self, serial: &str) -> PublicKey {
        if serial == self.material.public_key_id {
            return PublicKey::from_public_key_pem(&self.material.public_key)
                .expect("a public key");
        }
        let certificates = &self.material.platform_certificates;
        let (_, pem) = certificates
            .iter()
            .find(|(own, _)| own == serial)
            .expect("a known certificate");
        public_key_of(pem)
    }

    /// Asserts a refusal, and that it carries a signature or none.
    pub fn is_refused(&self, status: u16, code: &str, signed: bool) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        let body = self.json();
        assert_eq!(body["code"], code, "{}", self.body);
        assert!(body["message"].is_string());
        assert!(self.header("Request-ID").is_some());
        if signed {
            self.verified_by();
        } else {
            assert_eq!(self.header("Wechatpay-Signature"), None);
        }
        body["detail"].clone()
    }
}

/// The key of a certificate.
pub fn public_key_of(pem: &str) -> PublicKey {
    let certificate = Certificate::from_pem(pem).expect("a certificate");
    let key = certificate.tbs_certificate().subject_public_key_info();
    PublicKey::from_public_key_der(&key.to_der().expect("DER")).expect("an RSA key")
}
