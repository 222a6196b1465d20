//! A limited operation is held back on this side, and told as not sent where there is no time to wait.

use crate::support::builder;
use crate::support::example::{get, order, post};
use crate::support::keys::Keys;
use crate::support::server::Server;
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
    let brisk = RateLimit::per_second(NonZeroU32::new(100).expect("a hundred"));
    let client = builder(&keys)
        .base_url(&server.url)
        .rate_limit(
            Method::Post,
            "/v3/example/{out_order_no}/order",
            brisk.burst(NonZeroU32::MIN),
        )
        .build()
        .expect("a client");
    for _ in 0..5 {
        post(&client, &order()).await.expect("a reply");
    }
    assert_eq!(server.received().len(), 5);
}
