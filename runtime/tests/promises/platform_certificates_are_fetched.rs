//! Platform certificates are fetched when they are needed, by one request for all who need them; in public key mode never.

use crate::families_of_hosts_are_kept_apart::opened;
use crate::support::certificates::list;
use crate::support::client;
use crate::support::example::{OrderReply, get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::platform::{NEW, OLD, automatic, fetches, serving, without_keys};
use crate::support::server::Server;
use std::time::Duration;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{
    AutomaticCertificates, Client, Error, ErrorCode, ErrorKind, Host, Method, Outcome, RetryPolicy,
};

#[tokio::test]
async fn the_first_call_fetches_and_later_ones_do_not() {
    let keys = Keys::load();
    let server = serving(&[OLD, NEW], NEW);
    let client = automatic(&keys, &server.url);
    assert!(server.received().is_empty(), "nothing is fetched before");
    for _ in 0..3 {
        post(&client, &order()).await.expect("a reply");
    }
    let received = server.received();
    assert_eq!(received.len(), 1 + 3);
    assert_eq!(received[0].method, "GET");
    assert_eq!(received[0].target, "/v3/certificates");
    assert_eq!(received[0].header("wechatpay-serial"), None);
    let authorization = received[0].header("authorization").expect("signed");
    assert!(
        authorization.contains(&keys.mchid),
        "signed by the merchant"
    );
    let newest = keys.serial(NEW);
    assert_eq!(received[1].header("wechatpay-serial"), Some(&*newest));
}

#[tokio::test]
async fn fields_are_encrypted_for_the_certificate_that_was_fetched() {
    let keys = Keys::load();
    let server = serving(&[OLD, NEW], NEW);
    let client = automatic(&keys, &server.url);
    let mut request = order();
    request.payer_name = Some("张三".into());
    post(&client, &request).await.expect("a reply");
    let sent = server.received().pop().expect("a request");
    assert_eq!(sent.header("wechatpay-serial"), Some(&*keys.serial(NEW)));
    assert_eq!(opened(&keys, NEW, &sent).as_deref(), Some("张三"));

    request.payer_name = Some("x".repeat(1_000).into());
    let error = post(&client, &request).await.expect_err("too long");
    assert_eq!(error.kind(), &ErrorKind::Validation);
    assert_eq!(error.violations()[0].place, "payer_name");
}

#[tokio::test]
async fn hong_kong_has_certificates_of_its_own() {
    static THERE: rt::Operation =
        rt::Operation::new(Method::Get, "/hk/v3/example", Host::HONG_KONG);
    let keys = Keys::load();
    let (here, there) = (serving(&[OLD], OLD), serving(&[NEW], NEW));
    let client: Client = without_keys(&keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .platform_certificates_automatic(AutomaticCertificates::new().host(Host::HONG_KONG))
        .host_base_url(Host::DEFAULT, &here.url)
        .host_base_url(Host::HONG_KONG, &there.url)
        .build()
        .expect("a client");
    let call = rt::Call::<OrderReply>::new(&client, &THERE, &[], None);
    call.await.expect("a reply");
    assert!(here.received().is_empty());
    assert_eq!(fetches(&there)[0].target, "/v3/global/certificates");
    get(&client).await.expect("a reply");
    assert_eq!(fetches(&here)[0].target, "/v3/certificates");
}

#[tokio::test]
async fn in_public_key_mode_nothing_is_ever_fetched() {
    let keys = Keys::load();
    // Whatever the replies are signed with, and whatever is asked for.
    for signer in ["platform-public", OLD, NEW] {
        let server = serving(&[OLD, NEW], signer);
        let client = client(&keys, &server.url);
        let mut request = order();
        request.payer_name = Some("张三".into());
        for _ in 0..3 {
            drop(get(&client).await);
            drop(post(&client, &request).await);
        }
        let store = client.platform_key_store("default").expect("a store");
        store.ready().await.expect("the public key");
        store.knowing(&keys.serial(NEW)).await;
        assert!(!server.received().is_empty());
        assert!(fetches(&server).is_empty());
    }
}

#[tokio::test]
async fn a_call_whose_keys_cannot_be_fetched_was_not_sent() {
    let keys = Keys::load();
    let server = Server::start(|_, _| false);
    let client: Client = without_keys(&keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(&server.url)
        .retry(RetryPolicy::never())
        .build()
        .expect("a client");
    let log = Log::listen();
    let error = post(&client, &order()).await.expect_err("no keys");
    assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
    assert_eq!(error.outcome(), Outcome::NotSent);
    let told = error.to_string();
    assert!(told.starts_with("POST /v3/example"), "{told}");
    // That of the fetch is unknown, and is not to be taken for the call's.
    assert!(!told.contains("outcome unknown"), "{told}");
    assert_eq!(fetches(&server).len(), server.received().len());
    let logged = log.text();
    assert!(logged.contains("could not be fetched"), "{logged}");
    // The next call within a second fails by the same, without another fetch.
    post(&client, &order()).await.expect_err("no keys");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_call_waits_for_keys_no_longer_than_its_timeout() {
    let keys = Keys::load();
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let held = std::sync::Mutex::new(held);
    let server = Server::start(move |_, _| held.lock().expect("a receiver").recv().is_ok());
    let client = automatic(&keys, &server.url);
    let error = post(&client, &order())
        .timeout(Duration::from_millis(50))
        .await
        .expect_err("no keys in time");
    assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
    assert_eq!(error.outcome(), Outcome::NotSent);
    drop(hold);
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named_where_no_keys_could_be_fetched_for_it() {
    let keys = Keys::load();
    let body = list(&keys, &[OLD]);
    let headers = keys.signature_headers_of(OLD, keys.now - 600, body.as_bytes());
    let server = Server::answering(reply(200, &headers, body.as_bytes()));
    let error = get(&automatic(&keys, &server.url)).await;
    let error = error.expect_err("no keys");
    assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
    let skew = error.clock_skew().expect("a skew");
    assert_eq!(skew.ahead_by_seconds(), 600);
}

#[tokio::test]
async fn why_a_fetch_failed_is_among_the_sources() {
    let keys = Keys::load();
    let refusal = br#"{"code":"NO_AUTH","message":"x","detail":{"field":"mchid"}}"#;
    let server = Server::answering(reply(403, "", refusal));
    let error = post(&automatic(&keys, &server.url), &order())
        .await
        .expect_err("no keys");
    assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
    // What the other call was answered is no answer to this one.
    assert_eq!((error.status(), error.code()), (None, None));
    let first = std::error::Error::source(&error);
    let fetch = std::iter::successors(first, |cause| cause.source())
        .find_map(|cause| cause.downcast_ref::<Error>())
        .expect("the error of the fetch");
    assert_eq!(fetch.status(), Some(403));
    assert_eq!(fetch.code(), Some(&ErrorCode::NoAuth));
    assert_eq!(fetch.request_id(), Some("08F7"));
    assert_eq!(fetch.raw_body(), Some(&refusal[..]));
}
