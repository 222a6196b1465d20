//! Other implementations' results. No value is known by heart: all come from the files.

use crate::support::keys::{Keys, cases};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use std::collections::BTreeMap;
use wechatpay_runtime::credentials::{Apiv3Key, Certificate, PlatformKeys, PrivateKey, PublicKey};
use wechatpay_runtime::encrypt::{Resource, ResourceError, Unencryptable};
use wechatpay_runtime::sign::{SigningIdentity, SigningKey, ToSign};
use wechatpay_runtime::{Identity, Unverified, VerificationFailure};

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name]
        .as_str()
        .unwrap_or_else(|| panic!("`{name}` of {case}"))
}

fn signer(keys: &Keys, case: &Value) -> SigningIdentity {
    let (identity, id) = match case["brand_id"].as_str() {
        Some(id) => (Identity::Brand, id.to_owned()),
        None => (Identity::Merchant, keys.mchid.clone()),
    };
    SigningIdentity {
        identity,
        id,
        serial_no: keys.serial("merchant"),
        key: SigningKey::Local(
            PrivateKey::from_pem(&keys.file("merchant.key.pem")).expect("a key"),
        ),
        certificate: None,
    }
}

/// The scheme and the parameters of an `Authorization`, whose order is free.
fn parameters(authorization: &str) -> (&str, BTreeMap<&str, &str>) {
    let (scheme, rest) = authorization.split_once(' ').expect("a scheme");
    (
        scheme,
        rest.split(',')
            .filter_map(|part| part.split_once('='))
            .collect(),
    )
}

#[tokio::test]
async fn vectors_of_requests_are_signed_alike() {
    let keys = Keys::load();
    for case in cases("v3-request.json") {
        let to_sign = ToSign {
            method: text(&case, "method"),
            target: text(&case, "url"),
            timestamp: text(&case, "timestamp").parse().expect("a timestamp"),
            nonce: text(&case, "nonce_str"),
            body: text(&case, "body").as_bytes(),
        };
        assert_eq!(to_sign.message(), text(&case, "message").as_bytes());
        let authorization = to_sign
            .authorization(&signer(&keys, &case))
            .await
            .expect("signed");
        assert_eq!(
            parameters(&authorization),
            parameters(text(&case, "authorization"))
        );
        assert!(authorization.contains(text(&case, "signature")));
    }
}

fn platform_keys(keys: &Keys) -> PlatformKeys {
    let certificate = |name: &str| Certificate::from_pem(&keys.file(name)).expect("a certificate");
    let public = PublicKey::from_pem(&keys.file("platform-public.pub.pem")).expect("a key");
    PlatformKeys::new()
        .with_certificate(certificate("platform-old.crt.pem"))
        .with_certificate(certificate("platform-new.crt.pem"))
        .with_public_key(&keys.serial("platform-public"), public)
        .expect("an id")
        .with_merchant_serial_no(keys.serial("merchant"))
}

fn name_of(failure: &VerificationFailure) -> &'static str {
    match failure {
        VerificationFailure::MissingHeader(_) => "missing_header",
        VerificationFailure::MalformedHeader(_) => "malformed_header",
        VerificationFailure::ClockSkew { .. } => "clock_skew",
        VerificationFailure::UnknownSerial(_) => "unknown_serial",
        VerificationFailure::MerchantSerial(_) => "merchant_serial",
        VerificationFailure::BadSignature => "bad_signature",
        VerificationFailure::Probe => "probe",
        other => panic!("{other:?}"),
    }
}

#[test]
fn vectors_of_replies_verify_or_fail_alike() {
    let keys = platform_keys(&Keys::load());
    for case in cases("v3-reply.json") {
        let headers: HeaderMap = case["headers"]
            .as_object()
            .expect("headers")
            .iter()
            .map(|(name, value)| {
                let value =
                    HeaderValue::from_str(value.as_str().expect("a text")).expect("a value");
                (
                    HeaderName::from_bytes(name.as_bytes()).expect("a name"),
                    value,
                )
            })
            .collect();
        let body = text(&case, "body").to_owned();
        let status = u16::try_from(case["status"].as_u64().expect("a status")).expect("a status");
        let reply = Unverified::new(status, headers, body.clone());
        let result = reply.verify(&keys, case["now"].as_u64().expect("now"));
        let found = match &result {
            Ok(verified) => {
                assert_eq!(verified.body(), body.as_bytes());
                "ok"
            }
            Err(rejected) => name_of(rejected.failure()),
        };
        assert_eq!(found, text(&case, "expect"), "{}", text(&case, "name"));
    }
}

#[test]
fn vectors_of_encrypted_fields_open_or_fail_alike() {
    let keys = Keys::load();
    for case in cases("v3-sensitive.json") {
        let name = text(&case, "key");
        let expect = text(&case, "expect");
        if expect == "too_long" {
            let public =
                PublicKey::from_pem(&keys.file(&format!("{name}.pub.pem"))).expect("a key");
            let error = public
                .encrypt(text(&case, "plaintext"))
                .expect_err("too long");
            assert!(matches!(error, Unencryptable::TooLong { .. }));
            continue;
        }
        let private = PrivateKey::from_pem(&keys.file(&format!("{name}.key.pem"))).expect("a key");
        let opened = private.decrypt(text(&case, "ciphertext"));
        match expect {
            "ok" => assert_eq!(opened.as_deref(), Ok(text(&case, "plaintext"))),
            "decrypt_failed" => assert!(opened.is_err()),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn vectors_of_sealed_resources_open_or_fail_alike() {
    let key = Apiv3Key::new(&Keys::load().apiv3_key).expect("a key");
    for case in cases("v3-resource.json") {
        let resource = Resource {
            algorithm: text(&case, "algorithm"),
            nonce: text(&case, "nonce"),
            associated_data: case["associated_data"].as_str().unwrap_or_default(),
            ciphertext: text(&case, "ciphertext"),
        };
        let opened = resource.open(&key);
        let found = match &opened {
            Ok(plain) => {
                assert_eq!(plain, text(&case, "plaintext").as_bytes());
                "ok"
            }
            Err(ResourceError::UnsupportedAlgorithm) => "unsupported_algorithm",
            Err(ResourceError::Malformed(_)) => "malformed",
            Err(ResourceError::DecryptFailed) => "decrypt_failed",
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(found, text(&case, "expect"), "{case}");
    }
}
