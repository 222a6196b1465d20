//! Where no connection came about, no byte was sent, and the error says so.

use crate::support::example::{order, post};
use crate::support::keys::Keys;
use crate::support::{builder, client};
use std::net::TcpListener;
use wechatpay_runtime::{ErrorKind, Outcome, TransportFailure};

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let error = post(&client(&Keys::load(), &url), &order())
        .await
        .expect_err("no connection");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Connect)
    );
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn the_other_side_speaks_no_tls() {
    let server = crate::support::server::Server::answering(b"HTTP/1.1 200 OK\r\n\r\n".to_vec());
    let url = server.url.replace("http://", "https://");
    let error = post(&client(&Keys::load(), &url), &order())
        .await
        .expect_err("no TLS");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Connect)
    );
    assert_eq!(error.outcome(), Outcome::NotSent);
}

#[tokio::test]
async fn an_identity_that_the_client_has_not_is_refused_before_sending() {
    use wechatpay_runtime::{Identity, Method};
    let keys = Keys::load();
    let client = builder(&keys).build().expect("a client");
    let request = client
        .request(Method::Get, "/brand/example")
        .identity(Identity::Brand);
    let error = request.await.expect_err("no brand");
    assert_eq!(error.kind(), &ErrorKind::Configuration);
    assert_eq!(error.argument(), Some("brand_id"));
    assert_eq!(error.outcome(), Outcome::NotSent);
}
