//! Platform certificates are fetched when they are needed, by one request for all who need them; in public key mode never.

use crate::families_of_hosts_are_kept_apart::opened;
use crate::support::certificates::list;
use crate::support::example::{OrderReply, get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::server::{Received, Server};
use crate::support::{builder, client};
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{
    AutomaticCertificates, Certificate, Client, ClientBuilder, Error, ErrorCode, ErrorKind, Host,
    Method, Outcome, PlatformKeyPreference, RetryPolicy, VerificationFailure,
};

pub(crate) const OLD: &str = "platform-old";
pub(crate) const NEW: &str = "platform-new";

/// A builder without any key of the platform.
pub(crate) fn without_keys(keys: &Keys) -> ClientBuilder {
    let now = keys.now;
    Client::builder()
        .mchid(&keys.mchid)
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .merchant_private_key(keys.file("merchant.key.pem"))
        .apiv3_key(&keys.apiv3_key)
        .clock(move || UNIX_EPOCH + Duration::from_secs(now))
        .retry(RetryPolicy::new().first_wait(Duration::from_millis(1)))
}

pub(crate) fn automatic(keys: &Keys, url: &str) -> Client {
    without_keys(keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(url)
        .build()
        .expect("a client")
}

pub(crate) fn signed(keys: &Keys, name: &str, body: &str) -> Vec<u8> {
    let headers = keys.signature_headers_of(name, keys.now, body.as_bytes());
    reply(200, &headers, body.as_bytes())
}

/// A server with these certificates, whose other answers are signed by one of them.
fn server(listed: &'static [&'static str], signer: &'static str) -> Server {
    let keys = Keys::load();
    let certificates = signed(&keys, signer, &list(&keys, listed));
    let other = signed(&keys, signer, "{}");
    Server::start(move |request, stream| {
        let answer = match is_fetch(request) {
            true => &certificates,
            false => &other,
        };
        stream.write_all(answer).is_ok()
    })
}

pub(crate) fn is_fetch(request: &Received) -> bool {
    request.target.contains("certificates")
}

pub(crate) fn fetches(server: &Server) -> Vec<Received> {
    let received = server.received().into_iter();
    received.filter(is_fetch).collect()
}

#[tokio::test]
async fn the_first_call_fetches_and_later_ones_do_not() {
    let keys = Keys::load();
    let server = server(&[OLD, NEW], NEW);
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
    let server = server(&[OLD, NEW], NEW);
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
    let (here, there) = (server(&[OLD], OLD), server(&[NEW], NEW));
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
        let server = server(&[OLD, NEW], signer);
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

/// All 64 calls are under way when WeChat Pay begins to sign with a certificate that the client has not seen.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rotation_in_the_middle_of_64_calls_loses_none() {
    const CALLS: usize = 64;
    let keys = Keys::load();
    let first = signed(&keys, OLD, &list(&keys, &[OLD]));
    let second = signed(&keys, NEW, &list(&keys, &[OLD, NEW]));
    let (by_old, by_new) = (signed(&keys, OLD, "{}"), signed(&keys, NEW, "{}"));
    let (fetched, called) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let all_under_way = Barrier::new(CALLS);
    let server = Server::start(move |request: &Received, stream: &mut TcpStream| {
        let answer = if is_fetch(request) {
            match fetched.fetch_add(1, Ordering::SeqCst) {
                0 => &first,
                _ => &second,
            }
        } else {
            all_under_way.wait();
            match called.fetch_add(1, Ordering::SeqCst) % 2 {
                0 => &by_old,
                _ => &by_new,
            }
        };
        stream.write_all(answer).is_ok()
    });
    let client = automatic(&keys, &server.url);
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut request = order();
                request.payer_name = Some("张三".into());
                post(&client, &request).await.map(|reply| reply.status())
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("a call").expect("a reply"), 200);
    }
    assert_eq!(fetches(&server).len(), 2);
    let received = server.received();
    let sent: Vec<_> = received.iter().filter(|it| !is_fetch(it)).collect();
    assert_eq!(sent.len(), CALLS, "no call was made twice");
    // The key that encrypted is the one that was there when the call began.
    for request in sent {
        assert_eq!(request.header("wechatpay-serial"), Some(&*keys.serial(OLD)));
    }
}

/// Between the attempts of one call the client learns a newer certificate. The call goes on as it began.
#[tokio::test]
async fn fields_are_encrypted_once_and_every_attempt_names_their_key() {
    let keys = Keys::load();
    let own = Keys::load();
    let (fetched, called) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let server = Server::start(move |request, stream| {
        let (keys, failed) = (&own, r#"{"code":"SYSTEM_ERROR"}"#);
        let answer = match is_fetch(request) {
            true if fetched.fetch_add(1, Ordering::SeqCst) == 0 => {
                signed(keys, OLD, &list(keys, &[OLD]))
            }
            true => signed(keys, NEW, &list(keys, &[OLD, NEW])),
            false if called.fetch_add(1, Ordering::SeqCst) == 0 => {
                let headers = keys.signature_headers_of(NEW, keys.now, failed.as_bytes());
                reply(500, &headers, failed.as_bytes())
            }
            false => signed(keys, NEW, "{}"),
        };
        stream.write_all(&answer).is_ok()
    });
    let client = automatic(&keys, &server.url);
    let mut request = order();
    request.payer_name = Some("张三".into());
    post(&client, &request).await.expect("a reply");
    let received = server.received();
    let targets: Vec<_> = received.iter().map(|it| it.target.as_str()).collect();
    let order = "/v3/example/T1/order";
    let certificates = "/v3/certificates";
    assert_eq!(targets, [certificates, order, certificates, order]);
    let (first, second) = (&received[1], &received[3]);
    assert_eq!(first.body, second.body);
    for attempt in [first, second] {
        let serial = keys.serial(OLD);
        assert_eq!(attempt.header("wechatpay-serial"), Some(&*serial));
        assert_eq!(opened(&keys, OLD, attempt).as_deref(), Some("张三"));
    }
    assert_ne!(
        first.header("authorization"),
        second.header("authorization")
    );
    post(&client, &request).await.expect("a reply");
    let next = server.received().pop().expect("a request");
    assert_eq!(next.header("wechatpay-serial"), Some(&*keys.serial(NEW)));
}

#[tokio::test]
async fn serial_numbers_that_nobody_knows_make_no_more_than_one_fetch() {
    let keys = Keys::load();
    let certificates = signed(&keys, OLD, &list(&keys, &[OLD]));
    let count = AtomicUsize::new(0);
    let own = Keys::load();
    let server = Server::start(move |request, stream| {
        if is_fetch(request) {
            return stream.write_all(&certificates).is_ok();
        }
        let number = count.fetch_add(1, Ordering::SeqCst);
        let headers = own.signature_headers_of(OLD, own.now, b"{}");
        let headers = headers.replace(&own.serial(OLD), &format!("{number:040X}1"));
        stream.write_all(&reply(200, &headers, b"{}")).is_ok()
    });
    let client = automatic(&keys, &server.url);
    for _ in 0..20 {
        let error = post(&client, &order())
            .await
            .expect_err("an unknown serial");
        let unknown = matches!(
            error.kind(),
            ErrorKind::Verification(VerificationFailure::UnknownSerial(_))
        );
        assert!(unknown, "{error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    assert_eq!(fetches(&server).len(), 1 + 1);
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

/// WeChat Pay may know a certificate no more that has ended: to be answered must not depend on it.
#[tokio::test]
async fn a_fetch_names_a_certificate_that_it_has_unless_that_has_ended() {
    let keys = Keys::load();
    let certificate = Certificate::from_pem(&keys.file("platform-old.crt.pem")).expect("one");
    let end = certificate.expires_at().duration_since(UNIX_EPOCH);
    let end = end.expect("a time").as_secs();
    let now = Arc::new(AtomicU64::new(keys.now));
    let (own, time) = (Keys::load(), Arc::clone(&now));
    let server = Server::start(move |request, stream| {
        let body = match is_fetch(request) {
            true => list(&own, &[OLD]),
            false => "{}".to_owned(),
        };
        let headers = own.signature_headers_of(OLD, time.load(Ordering::SeqCst), body.as_bytes());
        stream
            .write_all(&reply(200, &headers, body.as_bytes()))
            .is_ok()
    });
    let time = Arc::clone(&now);
    let client: Client = without_keys(&keys)
        .clock(move || UNIX_EPOCH + Duration::from_secs(time.load(Ordering::SeqCst)))
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(&server.url)
        .build()
        .expect("a client");
    let store = client.platform_key_store("default").expect("a store");
    get(&client).await.expect("a reply");
    store.knowing("0A").await;
    now.store(end + 1_000, Ordering::SeqCst);
    get(&client).await.expect("a reply");
    let named: Vec<_> = fetches(&server)
        .iter()
        .map(|fetch| fetch.header("wechatpay-serial").map(str::to_owned))
        .collect();
    assert_eq!(named, [None, Some(keys.serial(OLD)), None]);
}

#[tokio::test]
async fn while_there_are_both_kinds_the_setting_says_which_goes_first() {
    let keys = Keys::load();
    for (preference, first) in [
        (PlatformKeyPreference::PublicKey, "platform-public"),
        (PlatformKeyPreference::Certificate, NEW),
    ] {
        for signer in ["platform-public", NEW] {
            let server = server(&[OLD, NEW], signer);
            let client: Client = builder(&keys)
                .apiv3_key(&keys.apiv3_key)
                .platform_certificates_automatic(AutomaticCertificates::new())
                .platform_key_preference(preference)
                .base_url(&server.url)
                .build()
                .expect("a client");
            // The public key serves meanwhile; wait until the certificates are there.
            let store = client.platform_key_store("default").expect("a store");
            store.ready().await.expect("a key");
            store.knowing(&keys.serial(NEW)).await;
            post(&client, &order()).await.expect("either may sign");
            let sent = server.received().pop().expect("a request");
            assert_eq!(sent.header("wechatpay-serial"), Some(&*keys.serial(first)));
            assert_eq!(fetches(&server).len(), 1);
        }
    }
}

#[tokio::test]
async fn a_restart_with_a_file_fetches_nothing() {
    let keys = Keys::load();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificates.json");
    let client = |url: &str| -> Client {
        without_keys(&keys)
            .platform_certificates_automatic(AutomaticCertificates::new().saved_in(&path))
            .base_url(url)
            .build()
            .expect("a client")
    };
    let before = server(&[OLD, NEW], NEW);
    post(&client(&before.url), &order()).await.expect("a reply");
    for _ in 0..10_000 {
        if path.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let after = server(&[OLD, NEW], NEW);
    post(&client(&after.url), &order()).await.expect("a reply");
    assert_eq!(after.only().method, "POST");

    // Another merchant may have the same APIv3 key, but has other certificates.
    let log = Log::listen();
    let others = server(&[OLD, NEW], NEW);
    let copy = folder.path().join("copy.json");
    std::fs::copy(&path, &copy).expect("copied");
    let other: Client = without_keys(&keys)
        .mchid("1900000110")
        .platform_certificates_automatic(AutomaticCertificates::new().saved_in(&copy))
        .base_url(&others.url)
        .build()
        .expect("a client");
    assert!(log.text().contains("another merchant"), "{}", log.text());
    post(&other, &order()).await.expect("a reply");
    assert_eq!(fetches(&others).len(), 1);
    drop(log);

    std::fs::write(&path, "{}").expect("written");
    let log = Log::listen();
    let damaged = server(&[OLD, NEW], NEW);
    post(&client(&damaged.url), &order())
        .await
        .expect("a reply");
    assert!(log.text().contains("was ignored"), "{}", log.text());
    assert_eq!(fetches(&damaged).len(), 1);
}
