//! With SM2 credentials a call is signed, sealed, verified and opened by the national algorithms, through the same types.

use crate::support::example::{get, order, post};
use crate::support::keys::Keys;
use crate::support::national::{Witness, builder, file, merchant, private};
use crate::support::server::{Received, Server};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sm2::dsa::signature::Verifier;
use sm2::dsa::{Signature, VerifyingKey};
use sm2::pkcs8::DecodePublicKey;
use std::collections::BTreeMap;
use std::io::Write;
use wechatpay_runtime::encrypt::Resource;
use wechatpay_runtime::{
    Algorithm, Apiv3Key, AutomaticCertificates, Certificate, Client, ErrorKind, Outcome,
    PlatformKeys, PrivateKey, Unverified, VerificationFailure,
};

fn client(keys: &Keys, url: &str) -> Client {
    builder(keys).base_url(url).build().expect("a client")
}

/// The parameters of `Authorization`, after its signature was verified over what arrived.
fn verified(keys: &Keys, request: &Received) -> BTreeMap<String, String> {
    let authorization = request.header("authorization").expect("an authorization");
    let (scheme, rest) = authorization.split_once(' ').expect("a scheme");
    assert_eq!(scheme, "WECHATPAY2-SM2-WITH-SM3");
    let pairs = rest.split(',').filter_map(|part| part.split_once('='));
    let parameters: BTreeMap<String, String> = pairs
        .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        .collect();
    let message = format!(
        "{}\n{}\n{}\n{}\n{}\n",
        request.method,
        request.target,
        parameters["timestamp"],
        parameters["nonce_str"],
        request.text()
    );
    let key = sm2::PublicKey::from_public_key_der(
        &std::fs::read(file("merchant.pub.der")).expect("a file"),
    );
    let key = VerifyingKey::new("1234567812345678", key.expect("a key")).expect("a key");
    let der = STANDARD.decode(&parameters["signature"]).expect("base64");
    key.verify(
        message.as_bytes(),
        &Signature::from_der(&der).expect("a signature"),
    )
    .expect("the signature fits what arrived");
    assert_eq!(parameters["mchid"], keys.mchid);
    parameters
}

#[tokio::test]
async fn a_write_is_signed_and_sealed() {
    let (keys, witness) = (Keys::load(), Witness::load());
    let server = Server::answering(witness.reply(204, "empty_reply", ""));
    let mut request = order();
    let long = "订单".repeat(500);
    request.payer_name = Some("张三".into());
    request.holder = Some(long.clone().into());
    let reply = post(&client(&keys, &server.url), &request)
        .await
        .expect("a reply");
    assert_eq!(reply.status(), 204);
    assert!(reply.is_verified());
    let sent = server.only();
    let parameters = verified(&keys, &sent);
    assert_eq!(parameters["serial_no"], witness.serial("merchant"));
    assert_eq!(
        sent.header("wechatpay-serial"),
        Some(witness.serial("platform"))
    );
    let body: Value = serde_json::from_str(&sent.text()).expect("JSON");
    let platform = private(&keys, "platform");
    let name = platform.decrypt(body["payer_name"].as_str().expect("a text"));
    assert_eq!(name.as_deref(), Ok("张三"));
    let (_, holder) = sent.target.split_once("holder=").expect("a query");
    let holder = percent_encoding::percent_decode_str(holder);
    let holder = platform.decrypt(&holder.decode_utf8().expect("a text"));
    assert_eq!(holder, Ok(long));
}

#[tokio::test]
async fn a_reply_is_verified_and_opened() {
    let (keys, witness) = (Keys::load(), Witness::load());
    let server = Server::answering(witness.reply(200, "reply", witness.body("reply")));
    let reply = get(&client(&keys, &server.url)).await.expect("a reply");
    assert!(reply.is_verified() && reply.drift().is_empty());
    let name = reply.payer_name.as_ref().map(|name| name.expose().as_str());
    assert_eq!(name, Some("张三"));
    verified(&keys, &server.only());
}

#[tokio::test]
async fn certificates_for_sm2_are_fetched_where_the_merchant_signs_by_it() {
    let (keys, witness) = (Keys::load(), Witness::load());
    let certificates = witness.reply(200, "certificates", witness.body("certificates"));
    let answer = witness.reply(200, "reply", witness.body("reply"));
    let server = Server::start(move |request, stream| {
        let bytes = match request.target.starts_with("/v3/certificates") {
            true => &certificates,
            false => &answer,
        };
        stream.write_all(bytes).is_ok()
    });
    let client: Client = merchant(&keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(&server.url)
        .build()
        .expect("a client");
    let reply = get(&client).await.expect("a reply");
    assert!(reply.is_verified());
    let received = server.received();
    let targets: Vec<&str> = received.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(
        targets,
        ["/v3/certificates?algorithm_type=SM2", "/v3/example/T1"]
    );
    verified(&keys, &received[0]);
    assert_eq!(
        received[1].header("wechatpay-serial"),
        Some(witness.serial("platform"))
    );
}

#[tokio::test]
async fn a_changed_reply_is_refused() {
    let (keys, witness) = (Keys::load(), Witness::load());
    let changed = witness
        .body("reply")
        .replace("\"total\": 1", "\"total\": 2");
    assert_ne!(changed, witness.body("reply"));
    let server = Server::answering(witness.reply(200, "reply", &changed));
    let error = get(&client(&keys, &server.url)).await.expect_err("changed");
    let refused = ErrorKind::Verification(VerificationFailure::BadSignature);
    assert_eq!(error.kind(), &refused);
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn too_long_a_field_is_refused_by_name() {
    let keys = Keys::load();
    let client = client(&keys, "http://127.0.0.1:9");
    let mut request = order();
    request.payer_name = Some("x".repeat((1 << 20) + 1).into());
    let error = post(&client, &request).await.expect_err("too long");
    assert_eq!(error.violations()[0].place, "payer_name");
    assert_eq!(error.outcome(), Outcome::NotSent);
}

#[test]
fn a_notification_is_verified_and_opened() {
    let (keys, witness) = (Keys::load(), Witness::load());
    let certificate = Certificate::from_file(file("platform.crt.pem")).expect("one");
    let platform = PlatformKeys::new().with_certificate(certificate);
    let body = witness.body("notification").to_owned();
    let unverified = Unverified::new(200, witness.headers("notification"), body);
    let notification = unverified.verify(&platform, keys.now).expect("verified");
    let envelope: Value = serde_json::from_slice(notification.body()).expect("JSON");
    let opened = open(&keys, &envelope["resource"]);
    assert!(opened.contains("out_trade_no"), "{opened}");
}

/// The first answer with certificates: opened with the APIv3 key, then verified with what was in it.
#[test]
fn certificates_are_opened_and_verify_the_reply_that_brought_them() {
    let (keys, witness) = (Keys::load(), Witness::load());
    let body = witness.body("certificates");
    let answer: Value = serde_json::from_str(body).expect("JSON");
    let sealed = &answer["data"][0];
    let pem = open(&keys, &sealed["encrypt_certificate"]);
    let certificate = Certificate::from_pem(&pem)
        .and_then(|it| it.require_serial_no(sealed["serial_no"].as_str().expect("a text")))
        .expect("a certificate");
    assert_eq!(certificate.public_key().algorithm(), Algorithm::Sm2);
    let platform = PlatformKeys::new().with_certificate(certificate);
    let reply = Unverified::new(200, witness.headers("certificates"), body.to_owned());
    assert!(reply.verify(&platform, keys.now).is_ok());
}

fn open(keys: &Keys, sealed: &Value) -> String {
    let text = |name: &str| sealed[name].as_str().expect(name);
    let resource = Resource {
        algorithm: text("algorithm"),
        nonce: text("nonce"),
        associated_data: text("associated_data"),
        ciphertext: text("ciphertext"),
    };
    assert_eq!(resource.algorithm, "AEAD_SM4_GCM");
    let opened = resource.open(&Apiv3Key::new(&keys.apiv3_key).expect("a key"));
    String::from_utf8(opened.expect("opened")).expect("a text")
}

#[test]
fn keys_are_taken_in_every_form() {
    let keys = Keys::load();
    let sealed = Certificate::from_file(file("merchant.crt.der")).expect("one");
    let sealed = sealed.public_key().encrypt("same key").expect("sealed");
    let pem = keys.file("sm2-merchant.key.pem");
    let sec1 = std::fs::read_to_string(file("merchant.sec1.pem")).expect("a file");
    let ec = sec1.replace("SM2 PRIVATE KEY", "EC PRIVATE KEY");
    let parameters = |name: &str, key: &str| {
        format!("-----BEGIN {name}-----\nBggqgRzPVQGCLQ==\n-----END {name}-----\n{key}")
    };
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for form in [
        PrivateKey::from_pem(&pem),
        PrivateKey::from_pem(&sec1),
        PrivateKey::from_pem(&ec),
        PrivateKey::from_pem(&parameters("EC PARAMETERS", &ec)),
        PrivateKey::from_pem(&parameters("SM2 PARAMETERS", &sec1)),
        PrivateKey::from_pem(&parameters("SM2 PARAMETERS", &pem)),
        PrivateKey::from_pem(&bare),
        PrivateKey::from_file(file("merchant.key.der")),
    ] {
        let key = form.expect("a key");
        assert_eq!(key.algorithm(), Algorithm::Sm2);
        assert_eq!(key.decrypt(&sealed).as_deref(), Ok("same key"));
        assert_eq!(format!("{key:?}"), "PrivateKey(<hidden>)");
    }
}

#[test]
#[cfg(all(feature = "encrypted-keys", feature = "pkcs12"))]
fn keys_are_taken_with_a_passphrase_and_out_of_stores() {
    let passphrase = "1929141777";
    let key = PrivateKey::from_encrypted_file(file("merchant.encrypted.pem"), passphrase);
    assert_eq!(key.expect("a key").algorithm(), Algorithm::Sm2);
    let store = wechatpay_runtime::credentials::Pkcs12::from_file(file("merchant.p12"));
    let certified = store.and_then(|store| store.open(passphrase));
    let certified = certified.expect("a key with its certificate");
    let sealed = certified.certificate().public_key().encrypt("same key");
    let opened = certified.private_key().decrypt(&sealed.expect("sealed"));
    assert_eq!(opened.as_deref(), Ok("same key"));
}
