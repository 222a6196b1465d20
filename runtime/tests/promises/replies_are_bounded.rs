//! Whatever comes as a reply, memory is bounded, nothing panics, and the status and `Request-ID` are told.

use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use crate::support::{builder, client};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use wechatpay_runtime::{Error, ErrorKind, Outcome, TransportFailure};

const TOO_LARGE: ErrorKind = ErrorKind::Transport(TransportFailure::TooLarge);

async fn bounded(server: &Server) -> Error {
    let client = builder(&Keys::load())
        .base_url(&server.url)
        .max_reply_bytes(1024 * 1024)
        .build()
        .expect("a client");
    let error = post(&client, &order()).await.expect_err("bounded");
    assert_eq!(error.status(), Some(200));
    assert_eq!(error.request_id(), Some("08F7"));
    assert_eq!(error.outcome(), Outcome::Unknown);
    error
}

/// Writes zeros until the other side has enough; counts them.
fn endless(head: &'static str, piece: &'static [u8], sent: Arc<AtomicU64>) -> Server {
    Server::start(move |_, stream| {
        let mut going = stream.write_all(head.as_bytes()).is_ok();
        while going && sent.load(Ordering::Relaxed) < 2 << 30 {
            going = stream.write_all(piece).is_ok();
            sent.fetch_add(piece.len() as u64, Ordering::Relaxed);
        }
        false
    })
}

#[tokio::test]
async fn two_gigabytes_declared() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\nRequest-ID: 08F7\r\nContent-Length: 2147483648\r\n\r\n";
    let sent = Arc::new(AtomicU64::new(0));
    let server = endless(HEAD, &[b'0'; 65_536], Arc::clone(&sent));
    let error = bounded(&server).await;
    assert_eq!(error.kind(), &TOO_LARGE);
    assert!(
        error
            .raw_body()
            .is_some_and(|body| body.len() <= 1024 * 1024)
    );
    assert!(
        sent.load(Ordering::Relaxed) < 1 << 30,
        "the whole reply was taken"
    );
}

#[tokio::test]
async fn two_gigabytes_streamed() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\nRequest-ID: 08F7\r\nTransfer-Encoding: chunked\r\n\r\n";
    const CHUNK: &[u8] = b"10\r\n0123456789abcdef\r\n";
    let sent = Arc::new(AtomicU64::new(0));
    let server = endless(HEAD, CHUNK, Arc::clone(&sent));
    let error = bounded(&server).await;
    assert_eq!(error.kind(), &TOO_LARGE);
    assert!(
        error
            .raw_body()
            .is_some_and(|body| body.len() <= 1024 * 1024)
    );
    assert!(
        sent.load(Ordering::Relaxed) < 1 << 30,
        "the whole reply was taken"
    );
}

#[tokio::test]
async fn headers_without_end() {
    let sent = Arc::new(AtomicU64::new(0));
    let server = endless(
        "HTTP/1.1 200 OK\r\n",
        b"X-More: 0123456789abcdef0123456789abcdef\r\n",
        Arc::clone(&sent),
    );
    let client = client(&Keys::load(), &server.url);
    let error = post(&client, &order()).await.expect_err("no reply");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Interrupted)
    );
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(sent.load(Ordering::Relaxed) < 1 << 30, "all were taken");
}

#[tokio::test]
async fn a_reply_that_breaks_off() {
    let server = Server::start(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nRequest-ID: 08F7\r\nContent-Length: 100\r\n\r\n{";
        drop(stream.write_all(head.as_bytes()));
        false
    });
    let error = bounded(&server).await;
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Interrupted)
    );
}

#[tokio::test]
async fn names_of_a_reply_are_cut_where_they_are_told() {
    let keys = Keys::load();
    let long = "\u{1b}订".repeat(200_000);
    let body = serde_json::json!({"state": "PAID", "total": 1, &long: 0, "labels": {&long: "x"}});
    let server = Server::answering(keys.signed_reply(200, &body.to_string()));
    let reply = get(&client(&keys, &server.url)).await.expect("a reply");
    assert_eq!(reply.drift().len(), 2);
    for drift in reply.drift() {
        assert!(drift.path.len() < 1_000, "{} bytes", drift.path.len());
        assert!(!drift.path.contains('\u{1b}'));
    }
}

#[tokio::test]
async fn what_is_no_json_is_an_error_of_decoding_with_all_that_was_said() {
    let keys = Keys::load();
    let deep = "[".repeat(1_000_000);
    let nested = format!("{{\"next\":{}", "{\"next\":".repeat(100_000));
    let documents: [&[u8]; 7] = [
        b"<html><body>502</body></html>",
        b"{\"state\":\"PAID\",",
        b"{\"state\":\"PA\xff\xfe\"}",
        b"{\"total\":1} {}",
        b"\xef\xbb\xbfnonsense",
        deep.as_bytes(),
        nested.as_bytes(),
    ];
    for document in documents {
        let headers = keys.signature_headers(document);
        let server = Server::answering(reply(200, &headers, document));
        let error = get(&client(&keys, &server.url)).await.expect_err("no JSON");
        assert_eq!(error.kind(), &ErrorKind::Decoding);
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.request_id(), Some("08F7"));
        assert_eq!(error.raw_body(), Some(document));
        assert!(error.is_verified());
    }
}
