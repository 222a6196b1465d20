//! When time runs out after a request was sent, nobody knows what became of it, and the error says so.

use crate::support::example::{OrderReply, OrderRequest, get, order, post, post_once};
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::server::Server;
use crate::support::{builder, client};
use std::io::Write;
use std::time::Duration;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{Error, ErrorKind, Outcome, RetryPolicy, TransportFailure};

const SHORT: Duration = Duration::from_millis(800);

/// Within which a busy machine answers too.
const ANSWERED: Duration = Duration::from_secs(2);

fn silent() -> Server {
    Server::start(|_, stream| {
        std::thread::sleep(Duration::from_secs(5));
        stream.flush().is_ok()
    })
}

fn is_timeout(error: &Error) -> bool {
    error.kind() == &ErrorKind::Transport(TransportFailure::Timeout)
}

#[tokio::test]
async fn a_write_without_an_answer_says_how_to_query() {
    let server = silent();
    let client = client(&Keys::load(), &server.url);
    let error = post(&client, &order())
        .timeout(SHORT)
        .await
        .expect_err("a timeout");
    assert!(is_timeout(&error), "{error:?}");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(
        error.operation().map(|it| it.path),
        Some("/v3/example/{out_order_no}/order")
    );
    let told = error.to_string();
    assert!(
        told.contains("sent, outcome unknown: query by `out_order_no`"),
        "{told}"
    );
    server.only();
}

/// A coupon for a user: to be asked after by its own number, and not by whose it is.
static COUPON: rt::Operation = rt::Operation::new(
    rt::Method::Post,
    "/v3/example/users/{openid}/coupons",
    rt::Host::DEFAULT,
)
.variables(&[rt::Field::new("openid").required()])
.body(rt::Body::Json)
.number("code");

#[tokio::test]
async fn a_write_without_an_answer_tells_the_number_to_query_by_and_no_other() {
    let server = silent();
    let client = client(&Keys::load(), &server.url);
    let request = OrderRequest {
        code: Some("AB1".to_owned()),
        ..order()
    };
    let call = |request| rt::Call::<OrderReply>::new(&client, &COUPON, &["oUpF8"], Some(request));
    let error = call(&request).timeout(SHORT).await.expect_err("a timeout");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.number(), Some(("code", "AB1")));
    assert!(error.to_string().contains("query by `code`"), "{error}");
    let without = order();
    let error = call(&without).timeout(SHORT).await.expect_err("a timeout");
    assert_eq!(error.number(), None);
    assert!(!error.to_string().contains("query by"), "{error}");
    let order = order();
    let call = post(&client, &order).timeout(SHORT);
    let error = call.await.expect_err("a timeout");
    assert_eq!(error.number(), Some(("out_order_no", "T1")));
    let read = get(&client).timeout(SHORT).await.expect_err("a timeout");
    assert_eq!(read.number(), None);
}

#[tokio::test]
async fn a_reply_that_is_no_json_tells_the_number_to_query_by() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "done"));
    let client = client(&keys, &server.url);
    let error = post(&client, &order()).await.expect_err("no JSON");
    assert_eq!(error.kind(), &ErrorKind::Decoding);
    assert_eq!(error.number(), Some(("out_order_no", "T1")));
}

static KEYED: rt::Operation = rt::Operation::new(
    rt::Method::Post,
    "/v3/example/partnerships",
    rt::Host::DEFAULT,
)
.body(rt::Body::Json)
.repeatable(rt::Repeatable::Key);

/// The key that the client drew is needed to send the same again, and is the same only where it is given.
#[tokio::test]
async fn the_error_of_a_keyed_write_gives_its_key() {
    let server = Server::answering(reply(500, "", b"{}"));
    let client = client(&Keys::load(), &server.url);
    let request = order();
    let call = || rt::Call::<OrderReply>::new(&client, &KEYED, &[], Some(&request));
    let error = call().retry(RetryPolicy::never()).await.expect_err("500");
    assert!(error.is_retryable());
    let key = error.idempotency_key().expect("a key").to_owned();
    let again = call().header("Idempotency-Key", &key);
    let error = again.await.expect_err("500");
    assert_eq!(error.idempotency_key(), Some(&*key));
    // A key that says nothing is none.
    let blank = call().header("Idempotency-Key", " ");
    let error = blank.retry(RetryPolicy::never()).await.expect_err("500");
    let drawn = error.idempotency_key().expect("a key").to_owned();
    assert_eq!(drawn.len(), 32);
    let sent = server.received();
    let sent: Vec<_> = sent.iter().map(|it| it.header("idempotency-key")).collect();
    let (last, same) = sent.split_last().expect("requests");
    assert!(same.len() > 1 && same.iter().all(|one| *one == Some(&*key)));
    assert_eq!(*last, Some(&*drawn));
}

#[tokio::test]
async fn a_read_without_an_answer_may_be_sent_again() {
    let server = silent();
    let client = client(&Keys::load(), &server.url);
    let error = get(&client).timeout(SHORT).await.expect_err("a timeout");
    assert!(is_timeout(&error));
    assert!(error.to_string().contains("may be sent again"), "{error}");
}

/// An attempt is cut short for the sake of the next one. Where there is none, that would only make the outcome unknown.
#[tokio::test]
async fn a_write_that_nothing_may_follow_waits_for_its_answer_as_long_as_the_call_lasts() {
    let keys = Keys::load();
    let answer = keys.signed_reply(200, "{}");
    let server = Server::start(move |_, stream| {
        std::thread::sleep(Duration::from_millis(1_600));
        stream.write_all(&answer).is_ok()
    });
    let policy = RetryPolicy::new().first_wait(Duration::from_millis(1));
    let client = builder(&keys)
        .base_url(&server.url)
        .retry(policy.attempts(2).attempt_timeout(SHORT))
        .build()
        .expect("a client");
    post_once(&client, &order()).await.expect("a late answer");
    server.only();
    // The first attempt of a read is cut short, and the last is not.
    get(&client).await.expect("a late answer");
    assert_eq!(server.received().len(), 3);
}

/// Nobody is left to get an error, so the log tells it.
#[tokio::test]
async fn a_call_that_is_dropped_in_flight_is_told_in_the_log() {
    let log = Log::listen();
    let server = silent();
    let client = client(&Keys::load(), &server.url);
    let request = order();
    let sending = std::future::IntoFuture::into_future(post(&client, &request));
    assert!(tokio::time::timeout(SHORT, sending).await.is_err());
    let text = log.text();
    assert!(
        text.contains("dropped while in flight")
            && text.contains("/v3/example/{out_order_no}/order"),
        "{text}"
    );
}

#[tokio::test]
async fn a_call_that_is_dropped_between_two_attempts_is_told_in_the_log() {
    let busy = reply(503, "Retry-After: 20\r\n", b"");
    let server = Server::start(move |_, stream| stream.write_all(&busy).is_ok());
    let client = client(&Keys::load(), &server.url);
    for (reads, told) in [(false, true), (true, false)] {
        let log = Log::listen();
        let request = order();
        let gone = match reads {
            true => tokio::time::timeout(ANSWERED, get(&client).into_future())
                .await
                .is_err(),
            false => tokio::time::timeout(ANSWERED, post(&client, &request).into_future())
                .await
                .is_err(),
        };
        assert!(gone, "the call ended by itself");
        let text = log.text();
        assert_eq!(text.contains("dropped while it waited"), told, "{text}");
    }
}

#[tokio::test]
async fn a_call_that_ends_is_not_told_as_dropped() {
    let log = Log::listen();
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    post(&client, &order()).await.expect("a reply");
    drop(std::future::IntoFuture::into_future(get(&client)));
    assert!(!log.text().contains("dropped while"), "{}", log.text());
}

#[tokio::test]
async fn half_an_answer_is_unknown_too_and_keeps_what_came() {
    let server = Server::start(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nRequest-ID: 08F7\r\n\r\n{\"half\"";
        let written = stream.write_all(head.as_bytes());
        std::thread::sleep(Duration::from_secs(5));
        written.is_ok()
    });
    let client = client(&Keys::load(), &server.url);
    let error = post(&client, &order())
        .timeout(SHORT)
        .await
        .expect_err("a timeout");
    assert!(is_timeout(&error));
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.status(), Some(200));
    assert_eq!(error.request_id(), Some("08F7"));
    assert_eq!(error.raw_body(), Some(&b"{\"half\""[..]));
}
