//! A write that nothing makes repeatable goes out once, whatever happens to it.

use crate::support::client;
use crate::support::example::{order, post_once};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use wechatpay_runtime::{ErrorKind, Outcome, TransportFailure};

#[tokio::test]
async fn a_connection_that_closes_without_an_answer_is_not_tried_again() {
    let server = Server::start(|_, _| false);
    let error = post_once(&client(&Keys::load(), &server.url), &order())
        .await
        .expect_err("no answer");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Interrupted)
    );
    assert_eq!(error.outcome(), Outcome::Unknown);
    server.only();
}

/// A connection that was used before and closes under a request is where HTTP clients send again by themselves.
#[tokio::test]
async fn a_kept_connection_that_closes_under_a_request_is_not_tried_again() {
    let good = Keys::load().signed_reply(204, "");
    let answered = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        answered.fetch_add(1, Ordering::SeqCst) == 0 && stream.write_all(&good).is_ok()
    });
    let client = client(&Keys::load(), &server.url);
    post_once(&client, &order()).await.expect("the first reply");
    let error = post_once(&client, &order()).await.expect_err("no answer");
    assert_eq!(error.outcome(), Outcome::Unknown);
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(
        received[0].connection, received[1].connection,
        "the connection was not kept, so that nothing was tested"
    );
}

#[tokio::test]
async fn half_a_head_of_an_answer_on_a_kept_connection_is_not_tried_again() {
    let good = Keys::load().signed_reply(204, "");
    let answered = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        let first = answered.fetch_add(1, Ordering::SeqCst) == 0;
        let answer = if first { &good[..] } else { b"HTTP/1.1 20" };
        stream.write_all(answer).is_ok() && first
    });
    let client = client(&Keys::load(), &server.url);
    post_once(&client, &order()).await.expect("the first reply");
    let error = post_once(&client, &order())
        .await
        .expect_err("half an answer");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(server.received().len(), 2);
}

/// The other side closes each connection after its answer, without having said so. Whether the client sees that in time or
/// sends into the closed connection, no request arrives twice.
#[tokio::test]
async fn connections_that_close_between_requests_carry_each_request_once_at_most() {
    let good = Keys::load().signed_reply(204, "");
    let server = Server::start(move |_, stream| {
        drop(stream.write_all(&good));
        false
    });
    let client = client(&Keys::load(), &server.url);
    let mut succeeded = 0;
    for _ in 0..20 {
        match post_once(&client, &order()).await {
            Ok(_) => succeeded += 1,
            Err(error) => assert_eq!(error.outcome(), Outcome::Unknown, "{error:?}"),
        }
    }
    let received = server.received();
    let signatures: BTreeSet<_> = received
        .iter()
        .map(|request| request.header("authorization"))
        .collect();
    assert_eq!(signatures.len(), received.len(), "one came twice");
    assert!(succeeded > 0 && received.len() >= succeeded);
}

#[tokio::test]
async fn a_busy_server_is_not_asked_again() {
    for status in [429, 500, 502, 503] {
        let answer = reply(status, "Retry-After: 0\r\n", b"");
        let server = Server::start(move |_, stream| stream.write_all(&answer).is_ok());
        let client = client(&Keys::load(), &server.url);
        let error = post_once(&client, &order()).await.expect_err("an error");
        assert_eq!(error.status(), Some(status));
        server.only();
    }
}

#[tokio::test]
async fn a_call_that_is_not_awaited_is_not_sent() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    drop(std::future::IntoFuture::into_future(post_once(
        &client,
        &order(),
    )));
    assert!(post_once(&client, &order()).await.is_ok());
    server.only();
}
