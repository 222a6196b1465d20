//! A write goes out once, whatever happens to it.

use crate::support::client;
use crate::support::example::{order, post};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use std::io::Write;
use wechatpay_runtime::{ErrorKind, Outcome, TransportFailure};

#[tokio::test]
async fn a_connection_that_closes_without_an_answer_is_not_tried_again() {
    let server = Server::start(|_, _| false);
    let error = post(&client(&Keys::load(), &server.url), &order())
        .await
        .expect_err("no answer");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Interrupted)
    );
    assert_eq!(error.outcome(), Outcome::Unknown);
    server.only();
}

#[tokio::test]
async fn a_busy_server_is_not_asked_again() {
    for status in [429, 500, 502, 503] {
        let answer = reply(status, "Retry-After: 0\r\n", b"");
        let server = Server::start(move |_, stream| stream.write_all(&answer).is_ok());
        let client = client(&Keys::load(), &server.url);
        let error = post(&client, &order()).await.expect_err("an error");
        assert_eq!(error.status(), Some(status));
        server.only();
    }
}

#[tokio::test]
async fn a_call_that_is_not_awaited_is_not_sent() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    drop(std::future::IntoFuture::into_future(post(
        &client,
        &order(),
    )));
    assert!(post(&client, &order()).await.is_ok());
    server.only();
}
