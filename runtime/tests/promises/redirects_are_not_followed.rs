//! A redirect is an answer like any other: a signed request never goes where a reply says.

use crate::support::client;
use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use wechatpay_runtime::ErrorKind;

#[tokio::test]
async fn a_redirect_is_an_error_of_the_server() {
    let keys = Keys::load();
    let elsewhere = Server::answering(keys.signed_reply(200, "{}"));
    for status in [301, 302, 303, 307, 308] {
        let location = format!("Location: {}/v3/other\r\n", elsewhere.url);
        let server = Server::answering(reply(status, &location, b""));
        let client = client(&keys, &server.url);
        for error in [
            get(&client).await.expect_err("a redirect"),
            post(&client, &order()).await.expect_err("a redirect"),
        ] {
            assert_eq!(error.kind(), &ErrorKind::Server);
            assert_eq!(error.status(), Some(status));
        }
        assert_eq!(server.received().len(), 2);
    }
    assert!(elsewhere.received().is_empty());
}
