//! Encrypted fields go out under the platform's key, whose name stands in the same request, and come in opened.

use crate::support::client;
use crate::support::example::{get, order, post};
use crate::support::keys::Keys;
use crate::support::server::Server;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use wechatpay_runtime::{DriftKind, ErrorKind, Outcome, PublicKey, Rule};

/// What the platform reads.
fn opened(keys: &Keys, ciphertext: &str) -> String {
    let sealed = STANDARD.decode(ciphertext).expect("base64");
    let key = keys.private("platform-public");
    let plain = key
        .decrypt(rsa::Oaep::<Sha1>::new(), &sealed)
        .expect("sealed for the platform");
    String::from_utf8(plain).expect("a text")
}

#[tokio::test]
async fn what_is_sent_is_sealed_in_body_and_query() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let mut request = order();
    request.payer_name = Some("张三".into());
    request.holder = Some("李四".into());
    post(&client(&keys, &server.url), &request)
        .await
        .expect("a reply");
    let sent = server.only();
    assert_eq!(
        sent.header("wechatpay-serial"),
        Some(keys.serial("platform-public").as_str())
    );
    let body: serde_json::Value = serde_json::from_str(&sent.text()).expect("JSON");
    assert_eq!(
        opened(&keys, body["payer_name"].as_str().expect("a text")),
        "张三"
    );
    let (_, query) = sent.target.split_once("?holder=").expect("a query");
    let query = percent_encoding::percent_decode_str(query)
        .decode_utf8()
        .expect("a text");
    assert_eq!(opened(&keys, &query), "李四");
}

#[tokio::test]
async fn an_empty_or_absent_value_is_not_encrypted() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let mut request = order();
    request.payer_name = Some("".into());
    post(&client(&keys, &server.url), &request)
        .await
        .expect("a reply");
    let body: serde_json::Value = serde_json::from_str(&server.only().text()).expect("JSON");
    assert_eq!(body["payer_name"], "");
    assert_eq!(body.get("holder"), None);
}

#[tokio::test]
async fn what_is_too_long_is_refused_by_name_even_unchecked() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    let public = PublicKey::from_pem(&keys.file("platform-public.pub.pem")).expect("a key");
    let most = public.longest_plaintext();
    let mut inner = order();
    inner.payer_name = Some("x".repeat(most + 1).into());
    let mut request = order();
    request.next = Some(Box::new(inner));
    let error = post(&client, &request)
        .unchecked()
        .await
        .expect_err("too long");
    assert_eq!(error.kind(), &ErrorKind::Validation);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(error.violations()[0].place, "next.payer_name");
    assert_eq!(
        error.violations()[0].rule,
        Rule::TooLongToEncrypt {
            most,
            actual: most + 1
        }
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn what_is_received_is_opened_or_recorded() {
    let keys = Keys::load();
    let merchant = {
        let certificate = keys.file("merchant.crt.pem");
        wechatpay_runtime::Certificate::from_pem(&certificate).expect("a certificate")
    };
    let sealed = merchant.public_key().encrypt("张三").expect("sealed");
    let body = format!(r#"{{"state":"PAID","total":1,"payer_name":"{sealed}"}}"#);
    let server = Server::answering(keys.signed_reply(200, &body));
    let reply = get(&client(&keys, &server.url)).await.expect("a reply");
    assert_eq!(
        reply.payer_name.as_ref().map(|name| name.expose().as_str()),
        Some("张三")
    );
    assert!(reply.drift().is_empty());

    let body = r#"{"state":"PAID","total":1,"payer_name":"not sealed"}"#;
    let server = Server::answering(keys.signed_reply(200, body));
    let reply = get(&client(&keys, &server.url)).await.expect("a reply");
    assert_eq!(reply.payer_name, None);
    let kinds: Vec<_> = reply.drift().iter().map(|drift| drift.kind).collect();
    assert_eq!(kinds, [DriftKind::Undecryptable]);
}

#[test]
fn a_text_may_be_as_long_as_the_key_takes_and_no_longer() {
    let keys = Keys::load();
    let key = PublicKey::from_pem(&keys.file("platform-public.pub.pem")).expect("a key");
    assert_eq!(format!("{key:?}"), "PublicKey(RSA)");
    let most = key.longest_plaintext();
    assert_eq!(most, 214);
    key.encrypt(&"a".repeat(most)).expect("sealed");
    assert!(key.encrypt(&"a".repeat(most + 1)).is_err());
}
