//! A request to what is not described is signed, and its reply verified, like any other.

use crate::requests_are_signed::verified;
use crate::support::client;
use crate::support::keys::Keys;
use crate::support::server::Server;
use wechatpay_runtime::{ErrorKind, Method, Outcome};

#[tokio::test]
async fn a_value_is_sent_as_json() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, r#"{"id":"7"}"#));
    let client = client(&keys, &server.url);
    let request = client.request(Method::Put, "/v3/new/%2F?a=1&b=%E8");
    let value = serde_json::json!({"b": 1, "a": "订单"});
    let reply = request
        .json(&value)
        .header("X-Trace", "7")
        .await
        .expect("a reply");
    assert_eq!(reply.json::<serde_json::Value>().expect("JSON")["id"], "7");
    let error = reply.json::<Vec<u8>>().expect_err("another shape");
    assert_eq!(
        (error.kind(), error.outcome()),
        (&ErrorKind::Decoding, Outcome::Answered)
    );
    assert_eq!(reply.request_id(), Some("08F7"));
    let sent = server.only();
    verified(&keys, &sent);
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("PUT", "/v3/new/%2F?a=1&b=%E8")
    );
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&sent.text()).expect("JSON"),
        value
    );
    assert_eq!(sent.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "plain"));
    let client = client(&keys, &server.url);
    let request = client
        .request(Method::Post, "/v3/new")
        .body(&b" {}\n"[..], "text/plain");
    let reply = request.await.expect("a reply");
    let error = reply.json::<serde_json::Value>().expect_err("no JSON");
    assert_eq!(
        (error.kind(), error.outcome()),
        (&ErrorKind::Decoding, Outcome::Unknown)
    );
    let sent = server.only();
    verified(&keys, &sent);
    assert_eq!(sent.text(), " {}\n");
    assert_eq!(sent.header("content-type"), Some("text/plain"));
}

#[tokio::test]
async fn an_answer_without_a_body_is_an_answer() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    let reply = client.request(Method::Post, "/v3/close").await;
    let reply = reply.expect("a reply");
    let error = reply.json::<serde_json::Value>().expect_err("no body");
    assert_eq!(error.kind(), &ErrorKind::Decoding);
    assert_eq!(error.outcome(), Outcome::Answered, "{error}");
    assert!(error.to_string().contains("no body"), "{error}");
}

#[tokio::test]
async fn a_value_that_is_no_json_is_refused() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let client = client(&keys, &server.url);
    let value = std::collections::HashMap::from([(vec![1], 1)]);
    let error = client
        .request(Method::Post, "/v3/new")
        .json(&value)
        .await
        .expect_err("no JSON");
    assert_eq!(error.kind(), &ErrorKind::Validation);
    assert!(server.received().is_empty());
}
