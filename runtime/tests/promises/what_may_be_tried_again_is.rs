//! Reads, and writes that their number makes repeatable, are tried again; each attempt is signed anew, and all else stays.

use crate::support::builder;
use crate::support::example::{get, order, post, post_once};
use crate::support::keys::{Keys, reply};
use crate::support::server::{Received, Server};
use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};
use wechatpay_runtime::{
    AttemptEnd, CircuitBreaker, Client, ErrorKind, Host, Outcome, RetryPolicy, TransportFailure,
};

const SWIFT: RetryPolicy = RetryPolicy::new().first_wait(Duration::from_millis(1));

fn swift(url: &str) -> Client {
    let builder = builder(&Keys::load()).base_url(url).retry(SWIFT);
    builder.build().expect("a client")
}

/// A server that answers the first requests in one way, and all others in another.
fn first(count: usize, bad: Vec<u8>, good: Vec<u8>) -> Server {
    let answered = AtomicUsize::new(0);
    Server::start(move |_, stream| {
        let early = answered.fetch_add(1, Ordering::SeqCst) < count;
        let answer = if early { &bad } else { &good };
        stream.write_all(answer).is_ok() && !answer.is_empty()
    })
}

/// A port where nobody listens.
fn nowhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

fn differ(received: &[Received], header: &str) -> usize {
    let values = received.iter().map(|request| request.header(header));
    values.collect::<BTreeSet<_>>().len()
}

#[tokio::test]
async fn a_write_with_its_number_is_sent_again_unchanged_but_for_its_signature() {
    let keys = Keys::load();
    for bad in [
        reply(500, "", b""),
        reply(400, "", br#"{"code":"SYSTEM_ERROR","message":"x"}"#),
        reply(429, "", b"{}"),
        Vec::new(),
    ] {
        let server = first(2, bad, keys.signed_reply(204, ""));
        let client = swift(&server.url);
        let answered = post(&client, &order()).await.expect("the third answer");
        assert_eq!(answered.status(), 204);
        let received = server.received();
        assert_eq!(received.len(), 3);
        assert_eq!(differ(&received, "authorization"), 3, "not signed anew");
        assert_eq!(differ(&received, "wechatpay-serial"), 1);
        for again in &received[1..] {
            assert_eq!(again.body, received[0].body);
            assert_eq!(again.target, received[0].target);
        }
    }
}

#[tokio::test]
async fn reads_are_tried_again_and_the_error_tells_how_often() {
    let keys = Keys::load();
    let server = first(2, reply(502, "", b"<html>"), keys.signed_reply(200, "{}"));
    let client = swift(&server.url);
    assert!(get(&client).await.is_ok());

    let dead = Server::answering(reply(502, "", b"<html>"));
    let error = get(&swift(&dead.url)).await.expect_err("an error");
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().contains("after 3 attempts"), "{error}");
    assert!(error.is_retryable());
    assert_eq!(dead.received().len(), 3);
}

#[tokio::test]
async fn a_refusal_is_final() {
    let server = Server::answering(reply(400, "", br#"{"code":"PARAM_ERROR","message":"no"}"#));
    let error = post(&swift(&server.url), &order()).await.expect_err("no");
    assert_eq!(error.outcome(), Outcome::Answered);
    assert!(!error.is_retryable());
    server.only();
}

/// The first attempt may have paid: what is said of the second one does not tell.
#[tokio::test]
async fn a_refusal_after_an_unknown_attempt_leaves_a_write_unknown() {
    let refusal = reply(403, "", br#"{"code":"OUT_TRADE_NO_USED","message":"used"}"#);
    let server = first(1, Vec::new(), refusal.clone());
    let error = post(&swift(&server.url), &order()).await.expect_err("no");
    assert_eq!(
        error.code().map(ToString::to_string).as_deref(),
        Some("OUT_TRADE_NO_USED")
    );
    assert_eq!(error.outcome(), Outcome::Unknown);

    let server = first(1, Vec::new(), refusal);
    let error = get(&swift(&server.url)).await.expect_err("no");
    assert_eq!(error.outcome(), Outcome::Answered, "a read changes nothing");
}

#[tokio::test]
async fn a_server_that_asks_for_more_time_than_the_call_has_is_not_asked_again() {
    let server = Server::answering(reply(429, "Retry-After: 3600\r\n", b"{}"));
    let error = get(&swift(&server.url)).await.expect_err("busy");
    assert_eq!(error.status(), Some(429));
    server.only();
}

#[tokio::test]
async fn a_policy_of_the_call_goes_before_the_clients() {
    let server = Server::answering(reply(500, "", b""));
    let client = swift(&server.url);
    let never = get(&client).retry(RetryPolicy::never());
    assert_eq!(never.await.expect_err("an error").attempts(), 1);
    let five = get(&client).retry(SWIFT.attempts(5));
    assert_eq!(five.await.expect_err("an error").attempts(), 5);
    assert_eq!(server.received().len(), 6);
}

#[tokio::test]
async fn what_was_surely_not_sent_goes_to_the_backup_host() {
    let keys = Keys::load();
    let backup = Server::answering(keys.signed_reply(204, ""));
    let with_backup = |policy| {
        let builder = builder(&keys)
            .base_url(nowhere())
            .host_backup_urls(Host::DEFAULT, [&backup.url])
            .retry(policy);
        builder.build().expect("a client")
    };
    let client = with_backup(SWIFT);
    assert!(post_once(&client, &order()).await.is_ok());
    assert!(post(&client, &order()).await.is_ok());
    assert!(
        backup
            .received()
            .iter()
            .all(|it| it.header("authorization").is_some())
    );

    let client = with_backup(SWIFT.backup_hosts(false));
    let error = post_once(&client, &order())
        .await
        .expect_err("nobody listens");
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(backup.received().len(), 2);
}

#[tokio::test]
async fn a_dead_host_is_left_alone_and_the_call_was_not_sent() {
    let builder = builder(&Keys::load())
        .base_url(nowhere())
        .retry(RetryPolicy::never())
        .circuit_breaker(CircuitBreaker::new().failures(2));
    let client = builder.build().expect("a client");
    for expected in [
        TransportFailure::Connect,
        TransportFailure::Connect,
        TransportFailure::CircuitOpen,
    ] {
        let error = post_once(&client, &order()).await.expect_err("nobody");
        assert_eq!(error.kind(), &ErrorKind::Transport(expected));
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
}

/// A caller who hardly waits must not take the host from all others.
#[tokio::test]
async fn who_hardly_waits_tells_nothing_of_the_host() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", silent.local_addr().expect("an address"));
    let builder = builder(&Keys::load())
        .base_url(url)
        .retry(RetryPolicy::never())
        .circuit_breaker(CircuitBreaker::new().failures(1));
    let client = builder.build().expect("a client");
    for (milliseconds, expected) in [
        (100, TransportFailure::Timeout),
        (100, TransportFailure::Timeout),
        (2_000, TransportFailure::Timeout),
        (2_000, TransportFailure::CircuitOpen),
    ] {
        let order = order();
        let call = post_once(&client, &order).timeout(Duration::from_millis(milliseconds));
        let error = call.await.expect_err("no answer");
        assert_eq!(error.kind(), &ErrorKind::Transport(expected));
    }
}

#[tokio::test]
async fn each_attempt_is_shown_to_the_observer() {
    let keys = Keys::load();
    let server = first(1, reply(500, "", b""), keys.signed_reply(204, ""));
    let (sender, seen) = std::sync::mpsc::channel();
    let builder = builder(&keys)
        .base_url(&server.url)
        .retry(SWIFT)
        .on_attempt(move |attempt| {
            let failed = matches!(attempt.end, AttemptEnd::Failure(_));
            let id = attempt.request_id.map(str::to_owned);
            let line = (
                attempt.number,
                attempt.status,
                id,
                failed,
                attempt.path.to_owned(),
            );
            sender.send(line).expect("a listener");
        });
    let client = builder.build().expect("a client");
    post(&client, &order()).await.expect("the second answer");
    let path = "/v3/example/{out_order_no}/order".to_owned();
    let expected = [
        (1, Some(500), Some("08F7".to_owned()), true, path.clone()),
        (2, Some(204), Some("08F7".to_owned()), false, path),
    ];
    assert_eq!(seen.try_iter().collect::<Vec<_>>(), expected);
}

/// Reaches nobody, and keeps where it was sent and when it waited.
#[derive(Clone, Default)]
struct Lost(Arc<Mutex<Vec<String>>>);

impl Lost {
    fn note(&self, what: &str) {
        self.0.lock().expect("the notes").push(what.to_owned());
    }
}

impl Transport for Lost {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        self.note(request.uri().host().expect("a host"));
        Box::pin(async { Err(Failure::not_sent("nobody is there")) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // An attempt's own limit is longer.
        if duration < Duration::from_secs(1) {
            self.note("a wait");
            return Box::pin(std::future::ready(()));
        }
        Box::pin(std::future::pending())
    }

    fn spawn(&self, _: BoxFuture<'static, ()>) {}
}

#[tokio::test]
async fn a_wait_is_due_when_every_host_has_had_its_turn_and_not_before() {
    let lost = Lost::default();
    let client: Client = builder(&Keys::load())
        .transport(lost.clone())
        .base_url("https://one.test")
        .host_backup_urls(Host::DEFAULT, ["https://two.test"])
        .retry(SWIFT.attempts(4))
        .build()
        .expect("a client");
    let error = get(&client).await.expect_err("nobody is there");
    assert_eq!(error.outcome(), Outcome::NotSent);
    let noted = lost.0.lock().expect("the notes").clone();
    assert_eq!(
        noted,
        ["one.test", "two.test", "a wait", "one.test", "two.test"]
    );
}

/// Reaches its host every second time, which answers that there is no such order.
#[derive(Default)]
struct Unsteady(AtomicUsize);

impl Transport for Unsteady {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        let reached = self.0.fetch_add(1, Ordering::SeqCst) % 2 == 1;
        Box::pin(async move {
            if !reached {
                return Err(Failure::not_sent("nobody is there"));
            }
            let mut response = http::Response::new(Incoming::from(bytes::Bytes::new()));
            *response.status_mut() = http::StatusCode::NOT_FOUND;
            Ok(response)
        })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn spawn(&self, _: BoxFuture<'static, ()>) {}
}

#[tokio::test]
async fn a_host_that_answers_with_an_error_is_not_dead() {
    let client: Client = builder(&Keys::load())
        .transport(Unsteady::default())
        .retry(RetryPolicy::never())
        .circuit_breaker(CircuitBreaker::new().failures(2))
        .build()
        .expect("a client");
    for expected in [None, Some(404), None, Some(404)] {
        let error = get(&client).await.expect_err("no order");
        assert_eq!(error.status(), expected, "{error}");
        assert_ne!(
            error.kind(),
            &ErrorKind::Transport(TransportFailure::CircuitOpen)
        );
    }
}
