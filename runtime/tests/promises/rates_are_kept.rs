//! A limited operation is held back on this side, and told as not sent where there is no time to wait.

use crate::support::builder;
use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::server::Server;
use crate::support::waits::Waits;
use futures_util::FutureExt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};
use wechatpay_runtime::{Client, ErrorKind, Method, Outcome, RateLimit, RetryPolicy, Retryable};

#[tokio::test]
async fn a_call_over_the_rate_is_not_sent_when_its_time_is_too_short() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, r#"{"state":"PAID"}"#));
    let hourly = RateLimit::per_minute(NonZeroU32::MIN);
    let client = builder(&keys)
        .base_url(&server.url)
        .rate_limit(Method::Post, "/v3/example/{out_order_no}/order", hourly)
        .build()
        .expect("a client");
    let request = order();
    post(&client, &request).await.expect("the first");
    let hurried = post(&client, &request).timeout(Duration::from_millis(50));
    let error = hurried.await.expect_err("over the rate");
    assert_eq!(error.kind(), &ErrorKind::RateLimited);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(error.retryable(), Retryable::AfterWait);
    get(&client).await.expect("another operation");
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_call_over_the_rate_waits_where_it_has_time() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let waits = Waits::endless();
    let client = builder(&keys)
        .base_url(&server.url)
        .transport(waits.clone())
        .rate_limit(
            Method::Post,
            "/v3/example/{out_order_no}/order",
            RateLimit::per_minute(NonZeroU32::MIN),
        )
        .build()
        .expect("a client");
    let request = order();
    let long = Duration::from_secs(3600);
    post(&client, &request)
        .timeout(long)
        .await
        .expect("the first");
    waits.take();
    let second = post(&client, &request).timeout(long).into_future();
    let held = tokio::time::timeout(Duration::from_millis(100), second).await;
    assert!(held.is_err(), "the second call was not held back");
    let waits = waits.take();
    assert_eq!(waits.len(), 1, "{waits:?}");
    assert!(waits[0] > Duration::ZERO && waits[0] <= Duration::from_secs(60));
    server.only();
}

/// The first attempt may have been carried out, and nobody gets its error.
#[tokio::test]
async fn a_call_that_is_dropped_while_its_next_attempt_is_held_back_is_told_in_the_log() {
    let server = Server::answering(reply(503, "", b""));
    let client = builder(&Keys::load())
        .base_url(&server.url)
        .rate_limit(
            Method::Post,
            "/v3/example/{out_order_no}/order",
            RateLimit::per_minute(NonZeroU32::MIN),
        )
        .build()
        .expect("a client");
    let log = Log::listen();
    let request = order();
    let call = post(&client, &request).timeout(Duration::from_secs(3600));
    let held = tokio::time::timeout(Duration::from_secs(2), call.into_future()).await;
    assert!(held.is_err(), "the second attempt was not held back");
    server.only();
    let text = log.text();
    assert!(text.contains("dropped while it waited"), "{text}");
    assert!(text.contains("the outcome is unknown"), "{text}");
}

/// Reaches nobody, and counts how often it was told to wait.
#[derive(Clone, Default)]
struct Nobody(Arc<AtomicUsize>);

impl Transport for Nobody {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        Box::pin(async { Err(Failure::not_sent("nobody is there")) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    }

    fn spawn(&self, _: BoxFuture<'static, ()>) {}
}

/// The next one is due in a minute, less what has passed. Only where next to nothing has, is what a minute leaves too little to be sent in.
#[tokio::test]
async fn a_call_that_could_wait_and_not_be_sent_any_more_does_not_wait() {
    const TRIES_ON_A_BUSY_MACHINE: usize = 50;
    let ended = (0..TRIES_ON_A_BUSY_MACHINE).find_map(|_| {
        let nobody = Nobody::default();
        let client: Client = builder(&Keys::load())
            .transport(nobody.clone())
            .retry(RetryPolicy::never())
            .timeout(Duration::from_secs(60))
            .rate_limit(
                Method::Get,
                "/v3/example/{out_order_no}",
                RateLimit::per_minute(NonZeroU32::MIN),
            )
            .build()
            .expect("a client");
        let first = get(&client).into_future().now_or_never();
        first.expect("an end").expect_err("nobody is there");
        let waits = nobody.0.load(Ordering::SeqCst);
        let second = get(&client).into_future().now_or_never()?;
        assert_eq!(nobody.0.load(Ordering::SeqCst), waits);
        Some(second)
    });
    let error = ended.expect("it does not wait").expect_err("too late");
    assert_eq!(error.kind(), &ErrorKind::RateLimited);
}
