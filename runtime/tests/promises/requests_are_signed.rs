//! What is sent is what was signed, with the headers that WeChat Pay asks for.

use crate::support::example::{ORDER, OrderReply, get, order, post};
use crate::support::keys::Keys;
use crate::support::server::{Received, Server};
use crate::support::{builder, client};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::sha2::Sha256;
use rsa::signature::Verifier;
use std::collections::BTreeMap;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{Identity, Method};

/// The parameters of `Authorization`, after its signature was verified over what arrived.
pub(crate) fn verified(keys: &Keys, request: &Received) -> BTreeMap<String, String> {
    let authorization = request.header("authorization").expect("an authorization");
    let (scheme, rest) = authorization.split_once(' ').expect("a scheme");
    let mut parameters: BTreeMap<String, String> = rest
        .split(',')
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned()))
        .collect();
    let mut message = format!(
        "{}\n{}\n{}\n{}\n",
        request.method, request.target, parameters["timestamp"], parameters["nonce_str"]
    )
    .into_bytes();
    message.extend_from_slice(&request.body);
    message.push(b'\n');
    let signature = STANDARD.decode(&parameters["signature"]).expect("base64");
    let signature = Signature::try_from(signature.as_slice()).expect("a signature");
    let key = VerifyingKey::<Sha256>::new(keys.private("merchant").to_public_key());
    key.verify(&message, &signature)
        .expect("the signature fits what arrived");
    parameters.insert("scheme".to_owned(), scheme.to_owned());
    parameters
}

#[tokio::test]
async fn a_merchant_signs() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let mut request = order();
    request.mchid = Some("1 900/订".to_owned());
    request.states = vec!["A&B".to_owned(), "C".to_owned()];
    request.device = Some("till 7".to_owned());
    let client = client(&keys, &server.url);
    let call: rt::Call<'_, ()> = rt::Call::new(&client, &ORDER, &["a/b?"], Some(&request));
    let reply = call.header("X-Trace", "7").await.expect("a reply");
    assert_eq!(reply.status(), 204);
    let sent = server.only();
    let parameters = verified(&keys, &sent);
    assert_eq!(parameters["scheme"], "WECHATPAY2-SHA256-RSA2048");
    assert_eq!(parameters["mchid"], keys.mchid);
    assert_eq!(parameters["serial_no"], keys.serial("merchant"));
    assert_eq!(parameters["timestamp"], keys.now.to_string());
    assert_eq!(
        sent.target,
        "/v3/example/a%2Fb%3F/order?mchid=1%20900%2F%E8%AE%A2&states=A%26B&states=C"
    );
    assert_eq!(sent.header("accept"), Some("application/json"));
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("x-trace"), Some("7"));
    assert_eq!(sent.header("x-device"), Some("till 7"));
    assert_eq!(
        sent.header("wechatpay-serial"),
        Some(keys.serial("platform-public").as_str())
    );
    assert!(
        sent.header("user-agent")
            .is_some_and(|agent| agent.starts_with("wechatpay-rust/"))
    );
    assert_eq!(sent.header("accept-encoding"), None);
    assert_eq!(
        sent.text(),
        r#"{"kind":"PAID","tags":["a"],"by_card":true}"#
    );
}

#[tokio::test]
async fn a_request_without_a_body_signs_the_empty_text() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    get(&client(&keys, &server.url)).await.expect("a reply");
    let sent = server.only();
    verified(&keys, &sent);
    assert!(sent.body.is_empty());
    assert_eq!(sent.header("content-type"), None);
}

#[tokio::test]
async fn a_brand_signs_its_own_calls() {
    static BRAND: rt::Operation =
        rt::Operation::new(Method::Get, "/brand/example", rt::Host::DEFAULT)
            .identity(Identity::Brand);
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let client = builder(&keys)
        .brand_id("4045")
        .brand_serial_no(keys.serial("merchant").to_lowercase())
        .brand_private_key(keys.file("merchant.pkcs1.key.pem"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    rt::Call::<OrderReply>::new(&client, &BRAND, &[], None)
        .await
        .expect("a reply");
    let parameters = verified(&keys, &server.only());
    assert_eq!(parameters["scheme"], "WECHATPAY-BRAND-SHA256-RSA2048");
    assert_eq!(parameters["brand_id"], "4045");
    assert_eq!(parameters["serial_no"], keys.serial("merchant"));
    assert!(!parameters.contains_key("mchid"));
}

#[tokio::test]
async fn an_idempotency_key_is_made_where_it_is_described() {
    static KEYED: rt::Operation =
        rt::Operation::new(Method::Post, "/v3/example", rt::Host::DEFAULT)
            .body(rt::Body::Json)
            .repeatable(rt::Repeatable::Key);
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let (client, request) = (client(&keys, &server.url), order());
    let call = || rt::Call::<()>::new(&client, &KEYED, &[], Some(&request));
    call().await.expect("a reply");
    call().await.expect("a reply");
    call()
        .header("Idempotency-Key", "mine")
        .await
        .expect("a reply");
    post(&client, &request).await.expect("a reply");
    // An empty one keeps nothing from being done twice.
    call().header("Idempotency-Key", "").await.expect("a reply");
    let sent = server.received();
    let key = |index: usize| sent[index].header("idempotency-key");
    assert_eq!(key(0).map(str::len), Some(32));
    assert_ne!(key(0), key(1));
    assert_eq!(key(2), Some("mine"));
    assert_eq!(key(3), None);
    assert_eq!(key(4).map(str::len), Some(32));
}
