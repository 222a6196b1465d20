//! A thread without an async runtime calls, and an async one is not blocked.

use crate::support::client;
use crate::support::example::{get, order, post};
use crate::support::keys::Keys;
use crate::support::server::Server;
use wechatpay_runtime::{ErrorKind, Method, Outcome};

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
