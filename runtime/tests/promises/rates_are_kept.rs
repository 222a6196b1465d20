//! A limited operation is held back on this side, and told as not sent where there is no time to wait.

use crate::support::builder;
use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::server::Server;
use crate::support::waits::Waits;
use std::num::NonZeroU32;
use std::time::Duration;
use wechatpay_runtime::{ErrorKind, Method, Outcome, RateLimit};

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
    assert!(error.is_retryable());
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
    let held = tokio::time::timeout(Duration::from_millis(500), call.into_future()).await;
    assert!(held.is_err(), "the second attempt was not held back");
    server.only();
    let text = log.text();
    assert!(text.contains("dropped while it waited"), "{text}");
    assert!(text.contains("the outcome is unknown"), "{text}");
}
