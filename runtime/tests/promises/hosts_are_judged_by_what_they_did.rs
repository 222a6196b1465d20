//! A host is left alone for what it did, and not for what went wrong on this side; after its rest somebody tries it.

use crate::remote_signers_hold_the_key::Service;
use crate::support::example::{get, order, post};
use crate::support::keys::Keys;
use crate::support::log::Log;
use crate::support::server::Server;
use crate::support::{builder, keyless};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};
use wechatpay_runtime::{
    CircuitBreaker, Client, ErrorKind, Host, Identity, Method, Outcome, RetryPolicy,
    TransportFailure,
};

const FIRST_FAILURE: CircuitBreaker = CircuitBreaker::new().failures(1);

/// A host that takes connections and never answers.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, url)
}

/// Only what was surely not sent goes to another city.
#[tokio::test]
async fn a_write_of_unknown_outcome_stays_with_its_host_when_that_is_left_alone() {
    let keys = Keys::load();
    let (_silent, url) = silent();
    let write = Server::answering(keys.signed_reply(204, ""));
    let read = Server::answering(keys.signed_reply(200, "{}"));
    let client = |backup: &Server| -> Client {
        let policy = RetryPolicy::new().first_wait(Duration::from_millis(1));
        builder(&keys)
            .base_url(&url)
            .host_backup_urls(Host::DEFAULT, [&backup.url])
            .retry(policy.attempt_timeout(Duration::from_secs(3)))
            .circuit_breaker(FIRST_FAILURE)
            .build()
            .expect("a client")
    };
    let (writing, reading) = (client(&write), client(&read));
    let order = order();
    let (written, got) = tokio::join!(
        post(&writing, &order).into_future(),
        get(&reading).into_future()
    );
    let error = written.expect_err("no answer");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.attempts(), 1);
    assert!(write.received().is_empty(), "{:?}", write.received());
    got.expect("the backup's answer");
    read.only();
    // A call that begins now was sent to nobody yet.
    post(&writing, &order).await.expect("the backup's answer");
}

/// What a signer took of an attempt's time, the host did not have.
#[tokio::test]
async fn a_slow_signer_tells_nothing_of_the_host() {
    let keys = Keys::load();
    let (_silent, url) = silent();
    let signer = Service {
        takes: Duration::from_millis(700),
        ..Service::of(&keys, "merchant")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(url)
        .retry(RetryPolicy::never())
        .circuit_breaker(FIRST_FAILURE)
        .build()
        .expect("a client");
    let late = get(&client).timeout(Duration::from_millis(1_150)).await;
    let timeout = ErrorKind::Transport(TransportFailure::Timeout);
    assert_eq!(late.expect_err("no answer").kind(), &timeout);
    let hurried = get(&client).timeout(Duration::from_millis(100)).await;
    let error = hurried.expect_err("no signature in time");
    assert_eq!(error.kind(), &ErrorKind::Signing, "{error}");
}

#[tokio::test]
async fn who_sends_nothing_leaves_the_trial_after_the_rest_to_the_next_call() {
    let keys = Keys::load();
    let (listener, url) = silent();
    drop(listener);
    let now = Arc::new(AtomicU64::new(keys.now));
    let clock = Arc::clone(&now);
    let client: Client = builder(&keys)
        .base_url(url)
        .retry(RetryPolicy::never())
        .circuit_breaker(FIRST_FAILURE)
        .clock(move || UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::SeqCst)))
        .build()
        .expect("a client");
    let connect = ErrorKind::Transport(TransportFailure::Connect);
    let open = ErrorKind::Transport(TransportFailure::CircuitOpen);
    let log = Log::listen();
    let told = || log.text().matches("a host is left alone").count();
    for expected in [&connect, &open] {
        let error = get(&client).await.expect_err("nobody listens");
        assert_eq!(error.kind(), expected);
        assert_eq!(told(), 1);
    }
    now.fetch_add(10, Ordering::SeqCst);
    let nobody = client
        .request(Method::Get, "/v3/x")
        .identity(Identity::Brand);
    let error = nobody.await.expect_err("no brand");
    assert_eq!(error.kind(), &ErrorKind::Configuration, "{error}");
    let error = get(&client).await.expect_err("nobody listens");
    assert_eq!(error.kind(), &connect, "the trial is over: {error}");
    let error = get(&client).await.expect_err("nobody listens");
    assert_eq!(error.kind(), &open);
    assert_eq!(told(), 1, "a host that stays alone is told again");
}

/// Carries no writes, and reaches nobody with reads.
struct ReadsAlone;

impl Transport for ReadsAlone {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        let failure = match *request.method() {
            http::Method::GET => Failure::not_sent("nobody is there"),
            _ => Failure::unsendable("no writes here"),
        };
        Box::pin(async { Err(failure) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn spawn(&self, _: BoxFuture<'static, ()>) {}
}

#[tokio::test]
async fn a_request_that_the_transport_cannot_carry_tells_nothing_of_the_host() {
    let client: Client = builder(&Keys::load())
        .transport(ReadsAlone)
        .circuit_breaker(FIRST_FAILURE)
        .build()
        .expect("a client");
    let error = post(&client, &order()).await.expect_err("no writes");
    let unsendable = ErrorKind::Transport(TransportFailure::Unsendable);
    assert_eq!((error.kind(), error.attempts()), (&unsendable, 1));
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(!error.is_retryable());
    let one = get(&client).retry(RetryPolicy::never());
    let error = one.await.expect_err("nobody is there");
    let connect = ErrorKind::Transport(TransportFailure::Connect);
    assert_eq!(error.kind(), &connect, "{error}");
}
