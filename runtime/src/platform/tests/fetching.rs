//! The first fetch: once for all, and trusted by its seals.

use super::world::{Answer, NEW, OLD, PUBLIC, World, settle, until};
use crate::certificates::{entry, sealed};
use crate::credentials::{Algorithm, Apiv3Key, PlatformKeys};
use crate::error::{ErrorKind, Outcome};
use crate::platform::answer::receive;
use crate::platform::{AutomaticCertificates, PlatformKeyStore};
use crate::verify::VerificationFailure;
use serde_json::{Value, json};
use std::error::Error as _;

#[tokio::test]
async fn nothing_is_fetched_before_it_is_needed() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let store = world.store();
    settle().await;
    assert!(store.snapshot().is_empty());
    assert_eq!(world.fetches(), 0);
    let keys = store.ready().await.expect("keys");
    assert_eq!(keys.names().collect::<Vec<_>>(), [world.serial(NEW)]);
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn many_callers_wait_for_one_fetch() {
    let world = World::new([Answer::List(&[OLD, NEW], NEW)]);
    world.hold();
    let store = world.store();
    let callers: Vec<_> = (0..64)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.ready().await.expect("keys") })
        })
        .collect();
    settle().await;
    assert_eq!(world.fetches(), 1);
    world.let_one_through();
    for caller in callers {
        let keys = caller.await.expect("a caller");
        assert_eq!(keys.names().count(), 2);
    }
    settle().await;
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn a_caller_that_is_dropped_ends_no_fetch() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    world.hold();
    // Nobody runs in the background, so that the callers themselves move the fetch on.
    world.lose_tasks(true);
    let store = world.store();
    let begin = |store: PlatformKeyStore| {
        tokio::spawn(async move { store.ready().await.map(|keys| keys.names().count()) })
    };
    let (first, second) = (begin(store.clone()), begin(store.clone()));
    settle().await;
    first.abort();
    assert!(first.await.expect_err("aborted").is_cancelled());
    world.let_one_through();
    assert_eq!(second.await.expect("a caller").expect("keys"), 1);
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn a_fetch_ends_though_all_callers_are_dropped() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    world.hold();
    let store = world.store();
    let caller = tokio::spawn({
        let store = store.clone();
        async move { store.ready().await.is_ok() }
    });
    settle().await;
    caller.abort();
    drop(caller.await);
    world.let_one_through();
    until(|| !store.snapshot().is_empty()).await;
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn a_failed_fetch_is_told_to_all_and_tried_again_after_a_pause() {
    let world = World::new([Answer::Nothing, Answer::Nothing, Answer::List(&[NEW], NEW)]);
    let store = world.store();
    for (pause, fetches) in [(0, 1), (0, 1), (1, 2), (1, 2), (1, 3)] {
        world.pass(pause);
        let ready = store.ready().await;
        assert_eq!(world.fetches(), fetches);
        if fetches < 3 {
            let error = ready.expect_err("no keys");
            assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
            assert_eq!(error.outcome(), Outcome::NotSent);
            let source = error.source().expect("why");
            assert!(source.to_string().contains("no answer"), "{source}");
        } else {
            ready.expect("keys");
        }
    }
}

#[tokio::test]
async fn a_transport_that_panics_is_a_failed_fetch() {
    let world = World::new([Answer::Panic, Answer::List(&[NEW], NEW)]);
    let store = world.store();
    let error = store.ready().await.expect_err("no keys");
    assert!(error.to_string().contains("panicked"), "{error}");
    world.pass(60);
    store.ready().await.expect("keys");
}

#[tokio::test]
async fn an_answer_is_trusted_by_the_certificates_within_it() {
    let world = World::new([Answer::List(&[OLD, NEW], OLD)]);
    world.store().ready().await.expect("either may sign");

    let world = World::new([Answer::List(&[NEW], OLD)]);
    let error = world.store().ready().await.expect_err("signed by another");
    let source = error.source().expect("why").to_string();
    assert!(source.contains(&world.serial(OLD)), "{source}");
}

#[tokio::test]
async fn what_the_key_does_not_open_is_no_certificate() {
    let world = World::new([Answer::Nothing]);
    let other_key = "x".repeat(32);
    let pem = world.keys.file("platform-new.crt.pem");
    let own = &world.keys.apiv3_key;
    let serial = world.serial(NEW);
    let bad: [Value; 6] = [
        sealed(&serial, &other_key, pem.as_bytes()),
        sealed(&world.serial(OLD), own, pem.as_bytes()),
        sealed(&serial, own, b"no certificate"),
        sealed(&serial, own, &[0xff, 0x30]),
        json!({"serial_no": serial}),
        json!(null),
    ];
    for one in &bad {
        let body = json!({ "data": [one] }).to_string();
        world.answer_from_now_on(Answer::Body(body, NEW));
        let store = world.store();
        let error = store.ready().await.expect_err("no certificate");
        assert!(error.to_string().contains("APIv3 key"), "{error}");
        assert!(store.snapshot().is_empty());
    }
    let mut data = bad.to_vec();
    data.push(entry(&world.keys, NEW));
    let body = json!({ "data": data }).to_string();
    world.answer_from_now_on(Answer::Body(body, NEW));
    let keys = world.store().ready().await.expect("the one that is good");
    assert_eq!(keys.names().collect::<Vec<_>>(), [serial]);
}

#[tokio::test]
async fn any_other_body_is_a_failed_fetch() {
    for body in ["", "{}", "[]", "{\"data\":{}}", "{\"data\":[]}", "<html>"] {
        let world = World::new([Answer::Body(body.to_owned(), NEW)]);
        let error = world.store().ready().await.expect_err("no list");
        assert_eq!(error.kind(), &ErrorKind::PlatformKeys);
    }
}

#[tokio::test]
async fn both_kinds_of_keys_serve_at_once_and_no_call_waits_for_the_certificates() {
    let world = World::new([Answer::List(&[NEW], PUBLIC)]);
    world.hold();
    let store = world.store_with(AutomaticCertificates::new(), world.public_key());
    let keys = store.ready().await.expect("the public key");
    assert_eq!(keys.names().collect::<Vec<_>>(), [world.serial(PUBLIC)]);
    world.let_one_through();
    until(|| store.snapshot().names().count() == 2).await;
    let keys = store.snapshot();
    let first = keys.preferred(world.now(), Algorithm::Rsa).expect("a key");
    assert_eq!(first.name, world.serial(PUBLIC));
}

#[tokio::test]
async fn a_stale_answer_brings_no_keys() {
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let fresh = world.now();
    let body = json!({ "data": [entry(&world.keys, NEW)] }).to_string();
    let reply = world.reply(&body, NEW);
    let key = Apiv3Key::new(&world.keys.apiv3_key).expect("a key");
    let known = PlatformKeys::new();
    let late = fresh + 301;
    let error = receive(reply, &known, &key, late).expect_err("stale");
    let skew = VerificationFailure::ClockSkew {
        sent: fresh,
        now: late,
    };
    assert_eq!(error.kind(), &ErrorKind::Verification(skew));
    assert_eq!(error.status(), Some(200));
}
