//! Platform certificates change while calls are under way, and no call is lost, sealed for another key or made twice by that.

use crate::families_of_hosts_are_kept_apart::opened;
use crate::support::builder;
use crate::support::certificates::list;
use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::platform::{
    NEW, OLD, automatic, fetches, is_fetch, serving, signed, without_keys,
};
use crate::support::server::{Received, Server};
use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::{
    AutomaticCertificates, Certificate, Client, ErrorKind, Outcome, PlatformKeyPreference,
    VerificationFailure,
};

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
            let server = serving(&[OLD, NEW], signer);
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
