//! The keys of one family of hosts neither verify nor encrypt anything of another, wherever the base URL leads.

use crate::support::builder;
use crate::support::example::{OrderReply, OrderRequest, order};
use crate::support::keys::{Keys, reply};
use crate::support::server::{Received, Server};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{
    Certificate, Client, ErrorKind, Method, Outcome, PlatformKeys, VerificationFailure,
};

static HONG_KONG: rt::Host = rt::Host {
    name: "hong-kong",
    base: "https://hong-kong.invalid",
    backups: &[],
};
static THERE: rt::Operation =
    rt::Operation::new(Method::Post, "/hk/v3/example", &HONG_KONG).body(rt::Body::Json);
static HERE: rt::Operation =
    rt::Operation::new(Method::Post, "/v3/example", rt::Host::DEFAULT).body(rt::Body::Json);

/// A client whose families have different keys, and the same base URL.
fn client(keys: &Keys, url: &str) -> Client {
    let certificate = Certificate::from_pem(&keys.file("platform-new.crt.pem")).expect("one");
    let hong_kong = PlatformKeys::new().with_certificate(certificate);
    builder(keys)
        .host_platform_keys("hong-kong", hong_kong)
        .base_url(url)
        .build()
        .expect("a client")
}

fn sealed() -> OrderRequest {
    OrderRequest {
        payer_name: Some("张三".into()),
        ..order()
    }
}

/// What the owner of a platform key reads.
pub(crate) fn opened(keys: &Keys, name: &str, request: &Received) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(&request.text()).expect("JSON");
    let sealed = STANDARD
        .decode(body["payer_name"].as_str().expect("a text"))
        .expect("base64");
    let plain = keys
        .private(name)
        .decrypt(rsa::Oaep::<Sha1>::new(), &sealed);
    plain.ok().and_then(|plain| String::from_utf8(plain).ok())
}

#[tokio::test]
async fn fields_are_encrypted_by_the_familys_own_key() {
    let keys = Keys::load();
    for (operation, own, other) in [
        (&THERE, "platform-new", "platform-public"),
        (&HERE, "platform-public", "platform-new"),
    ] {
        let headers = keys.signature_headers_of(own, keys.now, b"{}");
        let server = Server::answering(reply(200, &headers, b"{}"));
        let client = client(&keys, &server.url);
        let request = sealed();
        let call = rt::Call::<OrderReply>::new(&client, operation, &[], Some(&request));
        call.await.expect("a reply");
        let sent = server.only();
        let serial = keys.serial(own);
        assert_eq!(sent.header("wechatpay-serial"), Some(serial.as_str()));
        assert_eq!(opened(&keys, own, &sent).as_deref(), Some("张三"));
        assert_eq!(opened(&keys, other, &sent), None);
    }
}

#[tokio::test]
async fn what_another_family_signed_is_not_trusted() {
    let keys = Keys::load();
    for (operation, signed_by) in [(&THERE, "platform-public"), (&HERE, "platform-new")] {
        let headers = keys.signature_headers_of(signed_by, keys.now, b"{}");
        let server = Server::answering(reply(200, &headers, b"{}"));
        let client = client(&keys, &server.url);
        let request = order();
        let call = rt::Call::<OrderReply>::new(&client, operation, &[], Some(&request));
        let error = call.await.expect_err("another family's key");
        let failure = VerificationFailure::UnknownSerial(keys.serial(signed_by));
        assert_eq!(error.kind(), &ErrorKind::Verification(failure));
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
}

#[tokio::test]
async fn nothing_is_encrypted_without_a_key_of_the_family() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let client: Client = builder(&keys)
        .host_base_url(&HONG_KONG, &server.url)
        .build()
        .expect("a client");
    let request = sealed();
    let call = rt::Call::<OrderReply>::new(&client, &THERE, &[], Some(&request));
    let error = call.unchecked().await.expect_err("no key");
    assert_eq!(error.kind(), &ErrorKind::Configuration);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().contains("`hong-kong`"), "{error}");
    assert!(server.received().is_empty());
}

/// While a merchant moves from certificates to the public key, both are there: the name in the header is that of the key that
/// encrypted.
#[tokio::test]
async fn with_a_public_key_and_a_certificate_the_header_names_the_key_that_encrypted() {
    let keys = Keys::load();
    for signed_by in ["platform-new", "platform-public"] {
        let headers = keys.signature_headers_of(signed_by, keys.now, b"{}");
        let server = Server::answering(reply(200, &headers, b"{}"));
        let client: Client = builder(&keys)
            .platform_certificate(keys.file("platform-new.crt.pem"))
            .platform_certificate(keys.file("platform-old.crt.pem"))
            .base_url(&server.url)
            .build()
            .expect("a client");
        let request = sealed();
        let call = rt::Call::<OrderReply>::new(&client, &HERE, &[], Some(&request));
        call.await.expect("either may sign");
        let sent = server.only();
        let id = keys.serial("platform-public");
        assert_eq!(sent.header("wechatpay-serial"), Some(id.as_str()));
        let plain = opened(&keys, "platform-public", &sent);
        assert_eq!(plain.as_deref(), Some("张三"));
    }
}
