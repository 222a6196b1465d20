//! No reply of success is given to the application unless its signature fits.

use crate::support::example::{ORDER, OrderReply, get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use crate::support::{builder, client};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{Error, ErrorKind, Method, Outcome, VerificationFailure};

const BODY: &str = r#"{"state":"PAID","total":1}"#;

async fn failure_of(answer: Vec<u8>) -> Error {
    let keys = Keys::load();
    let server = Server::answering(answer);
    let client = client(&keys, &server.url);
    let raw = client
        .request(Method::Post, "/v3/example")
        .await
        .expect_err("unverified");
    let error = post(&client, &order()).await.expect_err("unverified");
    assert_eq!(raw.kind(), error.kind());
    error
}

fn verification(error: &Error) -> &VerificationFailure {
    match error.kind() {
        ErrorKind::Verification(failure) => failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_signed_reply_is_given() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, BODY));
    let reply = get(&client(&keys, &server.url)).await.expect("a reply");
    assert!(reply.is_verified());
    assert_eq!(reply.total, Some(1));
    assert_eq!(reply.raw_body(), BODY.as_bytes());
    assert_eq!(reply.request_id(), Some("08F7"));
}

#[tokio::test]
async fn a_reply_without_a_signature_is_none() {
    let error = failure_of(reply(200, "", BODY.as_bytes())).await;
    assert!(matches!(
        verification(&error),
        VerificationFailure::MissingHeader(_)
    ));
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.status(), Some(200));
    assert_eq!(error.request_id(), Some("08F7"));
    assert_eq!(error.raw_body(), Some(BODY.as_bytes()));
    assert!(!error.is_verified());
}

/// Neither its status nor its code is to be believed, so that it is as good as none.
#[tokio::test]
async fn a_refusal_that_cannot_be_trusted_is_asked_for_again() {
    let keys = Keys::load();
    let refusal = br#"{"code":"ORDER_NOT_EXIST","message":"x"}"#;
    let headers = keys.signature_headers(refusal);
    let probe = headers.replace(
        "Wechatpay-Signature: ",
        "Wechatpay-Signature: WECHATPAY/SIGNTEST/",
    );
    let damaged = keys.signature_headers(b"other bytes");
    for headers in [probe, damaged] {
        let bad = reply(404, &headers, refusal);
        let good = keys.signed_reply(200, BODY);
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |_, stream| {
            let is_first = asked.fetch_add(1, Ordering::SeqCst) == 0;
            stream
                .write_all(if is_first { &bad } else { &good })
                .is_ok()
        });
        let client = client(&keys, &server.url);
        get(&client).await.expect("the second answer");
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn a_204_without_a_signature_is_none() {
    let error = failure_of(reply(204, "", b"")).await;
    assert!(matches!(
        verification(&error),
        VerificationFailure::MissingHeader(_)
    ));
}

#[tokio::test]
async fn a_changed_body_is_none() {
    let keys = Keys::load();
    let headers = keys.signature_headers(BODY.as_bytes());
    let changed = BODY.replace('1', "2");
    let error = failure_of(reply(200, &headers, changed.as_bytes())).await;
    assert_eq!(verification(&error), &VerificationFailure::BadSignature);
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn an_old_signature_tells_both_times() {
    let keys = Keys::load();
    let sent = keys.now - 301;
    let headers = keys.signature_headers_of("platform-public", sent, BODY.as_bytes());
    let error = failure_of(reply(200, &headers, BODY.as_bytes())).await;
    let now = keys.now;
    assert_eq!(
        verification(&error),
        &VerificationFailure::ClockSkew { sent, now }
    );
    assert!(error.to_string().contains(&sent.to_string()));
    assert!(error.to_string().contains(&now.to_string()));
}

#[tokio::test]
async fn a_key_that_was_not_given_verifies_nothing() {
    let keys = Keys::load();
    let headers = keys.signature_headers_of("platform-new", keys.now, BODY.as_bytes());
    let answer = reply(200, &headers, BODY.as_bytes());
    let error = failure_of(answer.clone()).await;
    let serial = keys.serial("platform-new");
    assert_eq!(
        verification(&error),
        &VerificationFailure::UnknownSerial(serial)
    );

    let server = Server::answering(answer);
    let both = builder(&keys)
        .platform_certificate(keys.file("platform-new.crt.pem"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    assert!(get(&both).await.is_ok());
}

#[tokio::test]
async fn keys_of_one_family_of_hosts_verify_nothing_of_another() {
    static ELSEWHERE: rt::Host = rt::Host {
        name: "hong-kong",
        base: "https://hk.invalid",
        backups: &[],
    };
    static THERE: rt::Operation = rt::Operation::new(Method::Get, "/hk/v3/example", &ELSEWHERE);
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, BODY));
    let client = client(&keys, &server.url);
    let error = rt::Call::<OrderReply>::new(&client, &THERE, &[], None)
        .await
        .expect_err("no keys");
    assert_eq!(error.kind(), &ErrorKind::Configuration);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().contains("`hong-kong`"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn only_an_operation_that_says_so_is_answered_unsigned() {
    static UNSIGNED: rt::Operation =
        rt::Operation::new(Method::Get, "/v3/example", rt::Host::DEFAULT).reply_unsigned();
    let keys = Keys::load();
    let server = Server::answering(reply(200, "", BODY.as_bytes()));
    let client = client(&keys, &server.url);
    let reply = rt::Call::<OrderReply>::new(&client, &UNSIGNED, &[], None)
        .await
        .expect("a reply");
    assert!(!reply.is_verified());
    assert!(!ORDER.reply_unsigned);
    assert!(post(&client, &order()).await.is_err());
}
