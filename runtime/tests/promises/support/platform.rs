//! A platform whose certificates are fetched, and clients that begin without a key of it.

use super::certificates::list;
use super::keys::{Keys, reply};
use super::server::{Received, Server};
use std::io::Write;
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::{AutomaticCertificates, Client, ClientBuilder, RetryPolicy};

pub(crate) const OLD: &str = "platform-old";
pub(crate) const NEW: &str = "platform-new";

/// A builder without any key of the platform.
pub(crate) fn without_keys(keys: &Keys) -> ClientBuilder {
    let now = keys.now;
    Client::builder()
        .mchid(&keys.mchid)
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .merchant_private_key(keys.file("merchant.key.pem"))
        .apiv3_key(&keys.apiv3_key)
        .clock(move || UNIX_EPOCH + Duration::from_secs(now))
        .retry(RetryPolicy::new().first_wait(Duration::from_millis(1)))
}

/// A client that fetches certificates from a server.
pub(crate) fn automatic(keys: &Keys, url: &str) -> Client {
    without_keys(keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(url)
        .build()
        .expect("a client")
}

/// An answer that a certificate's key signed.
pub(crate) fn signed(keys: &Keys, name: &str, body: &str) -> Vec<u8> {
    let headers = keys.signature_headers_of(name, keys.now, body.as_bytes());
    reply(200, &headers, body.as_bytes())
}

/// A server with these certificates, whose other answers are signed by one of them.
pub(crate) fn serving(listed: &'static [&'static str], signer: &'static str) -> Server {
    let keys = Keys::load();
    let certificates = signed(&keys, signer, &list(&keys, listed));
    let other = signed(&keys, signer, "{}");
    Server::start(move |request, stream| {
        let answer = match is_fetch(request) {
            true => &certificates,
            false => &other,
        };
        stream.write_all(answer).is_ok()
    })
}

/// Whether a request asks for certificates.
pub(crate) fn is_fetch(request: &Received) -> bool {
    request.target.contains("certificates")
}

/// The requests that asked for certificates.
pub(crate) fn fetches(server: &Server) -> Vec<Received> {
    let received = server.received().into_iter();
    received.filter(is_fetch).collect()
}
