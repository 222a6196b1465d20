//! Several merchants in one process: a registry chooses the client, connections are shared, keys are not.

use crate::support::builder;
use crate::support::example::{order, post};
use crate::support::keys::Keys;
use crate::support::server::Server;
use std::collections::BTreeSet;
use wechatpay_runtime::{
    Client, Error, ErrorKind, Merchants, Outcome, PlatformKeys, UnknownMerchant,
};

/// A merchant's client, all alike but for the number.
fn merchant(keys: &Keys, mchid: &str, url: &str) -> Client {
    builder(keys)
        .mchid(mchid)
        .base_url(url)
        .build()
        .expect("a client")
}

#[tokio::test]
async fn the_number_chooses_who_signs() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let merchants = Merchants::new();
    for mchid in ["1900000001", "1900000002"] {
        let replaced = merchants.insert(merchant(&keys, mchid, &server.url));
        assert!(replaced.expect("a merchant").is_none());
    }
    assert_eq!(merchants.mchids(), ["1900000001", "1900000002"]);
    for mchid in ["1900000002", "1900000001"] {
        let client = merchants.get(mchid).expect("a client");
        post(&client, &order()).await.expect("a reply");
        let sent = server.received().pop().expect("a request");
        let authorization = sent.header("authorization").expect("signed");
        assert!(authorization.contains(&format!("mchid=\"{mchid}\"")));
    }
}

#[tokio::test]
async fn an_unknown_number_is_an_error_by_its_name() {
    let merchants: Merchants<Client> = Merchants::new();
    let unknown: UnknownMerchant = merchants.get("1900000009").expect_err("nobody");
    assert_eq!(unknown.mchid(), "1900000009");
    assert!(unknown.to_string().contains("`1900000009`"));
    let error = Error::from(unknown);
    assert_eq!(error.kind(), &ErrorKind::Configuration);
    assert_eq!(error.argument(), Some("mchid"));
    assert_eq!(error.outcome(), Outcome::NotSent);
    let hostile = merchants.get("1\n\u{1b}[31m").expect_err("nobody");
    assert!(!hostile.to_string().contains(['\n', '\u{1b}']));
}

#[tokio::test]
async fn merchants_come_and_go_while_calls_are_made() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let merchants = Merchants::new();
    let handle = merchants.clone();
    let client = merchant(&keys, "1900000001", &server.url);
    merchants.insert(client).expect("a merchant");
    let held = handle.get("1900000001").expect("a client");
    let other = merchant(&keys, "1900000001", &server.url);
    let replaced = handle.insert(other).expect("a merchant");
    assert!(replaced.is_some());
    assert!(merchants.remove("1900000001").is_some());
    assert!(merchants.remove("1900000001").is_none());
    handle.get("1900000001").expect_err("it is gone");
    post(&held, &order()).await.expect("who holds it keeps it");
}

#[tokio::test]
async fn a_brand_alone_is_no_merchant() {
    let keys = Keys::load();
    let brand: Client = Client::builder()
        .brand_id("10000")
        .brand_certificate(keys.file("merchant.crt.pem"))
        .brand_private_key(keys.file("merchant.key.pem"))
        .platform_public_key(keys.file("platform-public.pub.pem"))
        .platform_public_key_id(keys.serial("platform-public"))
        .build()
        .expect("a client");
    let error = Merchants::new().insert(brand).expect_err("no merchant");
    assert_eq!(error.argument(), Some("mchid"));
}

#[tokio::test]
async fn connections_are_shared_and_keys_are_not() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let first = merchant(&keys, "1900000001", &server.url);
    let certificate = keys.file("platform-new.crt.pem");
    let certificate = wechatpay_runtime::Certificate::from_pem(&certificate).expect("one");
    let now = keys.now;
    let second: Client = Client::builder()
        .mchid("1900000002")
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .merchant_private_key(keys.file("merchant.key.pem"))
        .host_platform_keys("default", PlatformKeys::new().with_certificate(certificate))
        .clock(move || std::time::UNIX_EPOCH + std::time::Duration::from_secs(now))
        .connections_of(&first)
        .base_url(&server.url)
        .build()
        .expect("a client");
    post(&first, &order()).await.expect("a reply");
    let error = post(&second, &order()).await.expect_err("another's key");
    assert!(
        matches!(error.kind(), ErrorKind::Verification(_)),
        "{error}"
    );
    let received = server.received();
    let connections: BTreeSet<u16> = received.iter().map(|it| it.connection).collect();
    assert!(received.len() > 1);
    assert_eq!(connections.len(), 1);
}
