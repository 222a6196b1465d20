//! A thread without an async runtime calls, and an async one is not blocked.

use crate::support::client;
use crate::support::example::{get, order, post};
use crate::support::keys::Keys;
use crate::support::server::Server;
use wechatpay_runtime::{
    Client, ClientBuilder, Error, ErrorKind, Merchants, Method, Outcome, PrivateKey,
};

#[test]
fn calls_are_sent_from_several_threads() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, r#"{"state":"PAID"}"#));
    let client = client(&keys, &server.url);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                assert_eq!(
                    post(&client, &order())
                        .send_blocking()
                        .expect("a reply")
                        .status(),
                    200
                );
                assert!(get(&client).send_blocking().is_ok());
                let raw = client.request(Method::Get, "/v3/x").send_blocking();
                assert_eq!(raw.expect("a reply").status(), 200);
            });
        }
    });
    assert_eq!(server.received().len(), 12);
}

#[tokio::test]
async fn an_async_runtime_is_not_blocked() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let client = client(&keys, &server.url);
    let error = get(&client).send_blocking().expect_err("a refusal");
    assert_eq!(error.kind(), &ErrorKind::Configuration);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(server.received().is_empty());
}

/// Its threads may be blocked, and cannot be told from those that may not.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_thread_that_may_be_blocked_the_runtimes_own_handle_waits() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let client = client(&keys, &server.url);
    let waiting = tokio::task::spawn_blocking(move || {
        let error = get(&client).send_blocking().expect_err("a refusal");
        assert!(error.to_string().contains("Handle::current().block_on"));
        let handle = tokio::runtime::Handle::current();
        handle.block_on(get(&client).into_future()).map(drop)
    });
    waiting.await.expect("a thread").expect("a reply");
}

/// Callers keep clients in statics, errors in boxes, and calls in tasks that move between threads.
#[test]
fn what_callers_keep_may_move_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send>(_: &T) {}
    shared::<Client>();
    shared::<ClientBuilder>();
    shared::<Merchants>();
    shared::<Error>();
    shared::<PrivateKey>();
    let client = client(&Keys::load(), "http://localhost:9");
    sent(&get(&client));
    sent(&get(&client).into_future());
    sent(&client.request(Method::Get, "/v3/x").into_future());
}
