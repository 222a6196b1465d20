//! A key management service or a hardware module signs in the place of a key in the process; what it fails by is told, and nothing is
//! sent without a signature.

use crate::support::example::{Goods, OrderReply, get, order, post};
use crate::support::keyless;
use crate::support::keys::{Keys, reply};
use crate::support::list;
use crate::support::server::Server;
use rsa::pkcs1v15::SigningKey;
use rsa::sha2::Sha256;
use rsa::signature::{SignatureEncoding, Signer as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::sign::{Signer, SignerFuture};
use wechatpay_runtime::{
    Certificate, Client, ClientBuilder, DriftKind, Error, ErrorKind, Identity, Method, Outcome,
    PrivateKey,
};

/// A service that is asked over an await, with a key of another crypto library than the runtime's.
pub(crate) struct Service {
    pub(crate) serial_no: String,
    pub(crate) key: SigningKey<Sha256>,
    pub(crate) opens: Option<PrivateKey>,
    pub(crate) fails: bool,
    pub(crate) hangs: bool,
    pub(crate) takes: Duration,
    pub(crate) hangs_opening: bool,
    pub(crate) asked: Arc<AtomicUsize>,
}

impl Service {
    pub(crate) fn of(keys: &Keys, name: &str) -> Self {
        Self {
            serial_no: keys.serial(name),
            key: SigningKey::new(keys.private(name)),
            opens: None,
            fails: false,
            hangs: false,
            takes: Duration::ZERO,
            hangs_opening: false,
            asked: Arc::default(),
        }
    }
}

impl Signer for Service {
    fn serial_no(&self) -> &str {
        &self.serial_no
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> SignerFuture<'a> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.hangs {
                std::future::pending::<()>().await;
            }
            if !self.takes.is_zero() {
                tokio::time::sleep(self.takes).await;
            }
            if self.fails {
                return Err("the module is locked".into());
            }
            Ok(self.key.sign(message).to_bytes().to_vec())
        })
    }

    fn decrypt<'a>(&'a self, ciphertext: &'a [u8]) -> Option<SignerFuture<'a>> {
        use base64::Engine;
        let key = self.opens.as_ref()?;
        Some(Box::pin(async move {
            tokio::task::yield_now().await;
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.hangs_opening {
                std::future::pending::<()>().await;
            }
            let text = base64::engine::general_purpose::STANDARD.encode(ciphertext);
            Ok(key.decrypt(&text)?.into_bytes())
        }))
    }
}

#[tokio::test]
async fn a_remote_signature_goes_over_the_wire() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client: Client = keyless(&keys)
        .merchant_signer(Service::of(&keys, "merchant"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    post(&client, &order()).await.expect("a reply");
    let parameters = crate::requests_are_signed::verified(&keys, &server.only());
    assert_eq!(parameters["scheme"], "WECHATPAY2-SHA256-RSA2048");
    assert_eq!(parameters["serial_no"], keys.serial("merchant"));
    assert_eq!(parameters["mchid"], keys.mchid);
}

#[tokio::test]
async fn a_brand_has_a_signer_too() {
    static BRAND: rt::Operation =
        rt::Operation::new(Method::Get, "/brand/example", rt::Host::DEFAULT)
            .identity(Identity::Brand);
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let signer = Arc::new(Service::of(&keys, "merchant"));
    let client: Client = keyless(&keys)
        .merchant_signer(Arc::clone(&signer))
        .brand_id("4045")
        .brand_signer(signer)
        .base_url(&server.url)
        .build()
        .expect("a client");
    rt::Call::<crate::support::example::OrderReply>::new(&client, &BRAND, &[], None)
        .await
        .expect("a reply");
    let parameters = crate::requests_are_signed::verified(&keys, &server.only());
    assert_eq!(parameters["scheme"], "WECHATPAY-BRAND-SHA256-RSA2048");
    assert_eq!(parameters["brand_id"], "4045");
}

fn not_sent(error: &Error, server: &Server) -> String {
    assert_eq!(error.kind(), &ErrorKind::Signing);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(server.received().is_empty());
    let mut told = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        told.push_str(&format!(" <- {cause}"));
        source = cause.source();
    }
    told
}

#[tokio::test]
async fn a_signer_that_fails_is_told_with_its_own_error() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let signer = Service {
        fails: true,
        ..Service::of(&keys, "merchant")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(&server.url)
        .build()
        .expect("a client");
    let error = post(&client, &order()).await.expect_err("an error");
    let told = not_sent(&error, &server);
    assert!(told.ends_with("<- the module is locked"), "{told}");
}

#[tokio::test]
async fn a_signer_that_never_answers_ends_the_call() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let signer = Service {
        hangs: true,
        ..Service::of(&keys, "merchant")
    };
    let asked = Arc::clone(&signer.asked);
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(&server.url)
        .timeout(Duration::from_millis(50))
        .build()
        .expect("a client");
    let error = post(&client, &order()).await.expect_err("an error");
    let told = not_sent(&error, &server);
    assert!(told.contains("did not answer in time"), "{told}");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_signature_by_another_key_is_noticed_where_the_certificate_is_known() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "{}"));
    let other = || Service {
        serial_no: keys.serial("merchant"),
        ..Service::of(&keys, "platform-new")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(other())
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    let error = get(&client).await.expect_err("an error");
    let told = not_sent(&error, &server);
    assert!(told.contains("another key"), "{told}");
    // The right key passes the same check.
    let client: Client = keyless(&keys)
        .merchant_signer(Service::of(&keys, "merchant"))
        .merchant_certificate(keys.file("merchant.crt.pem"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    get(&client).await.expect("a reply");
    // Without the certificate nobody here can know.
    let client: Client = keyless(&keys)
        .merchant_signer(other())
        .base_url(&server.url)
        .build()
        .expect("a client");
    get(&client).await.expect("a reply");
}

/// A reply with the payer's name, encrypted for the merchant, twice.
pub(crate) fn sealed(keys: &Keys) -> Vec<u8> {
    let certificate = Certificate::from_pem(&keys.file("merchant.crt.pem")).expect("one");
    let name = certificate.public_key().encrypt("张三").expect("sealed");
    let body = format!(r#"{{"state":"PAID","total":1,"payer_name":"{name}"}}"#);
    keys.signed_reply(200, &body)
}

#[tokio::test]
async fn a_signer_that_can_opens_the_encrypted_fields_of_replies() {
    let keys = Keys::load();
    let server = Server::answering(sealed(&keys));
    let signer = Service {
        opens: Some(PrivateKey::from_pem(&keys.file("merchant.key.pem")).expect("a key")),
        ..Service::of(&keys, "merchant")
    };
    let asked = Arc::clone(&signer.asked);
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(&server.url)
        .build()
        .expect("a client");
    let reply = get(&client).await.expect("a reply");
    let name = reply.payer_name.as_ref().expect("a name");
    assert_eq!(name.expose(), "张三");
    assert!(reply.drift().is_empty(), "{:?}", reply.drift());
    assert_eq!(asked.load(Ordering::Relaxed), 2, "signed once, opened once");
}

rt::paged!(OrderReply, goods: Goods);

#[tokio::test]
async fn a_signer_that_can_opens_the_encrypted_fields_of_pages_too() {
    static PAGES: rt::Operation =
        rt::Operation::new(Method::Get, "/v3/example/orders", rt::Host::DEFAULT)
            .paging(rt::Paging::offset("offset", "goods").limit("limit"));
    let keys = Keys::load();
    let server = Server::answering(sealed(&keys));
    let signer = Service {
        opens: Some(PrivateKey::from_pem(&keys.file("merchant.key.pem")).expect("a key")),
        ..Service::of(&keys, "merchant")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(&server.url)
        .build()
        .expect("a client");
    let request = list::request();
    let call = rt::Call::<OrderReply>::new(&client, &PAGES, &[], Some(&request));
    let mut pages = call.pages();
    let page = pages.next().await.expect("a page").expect("a page");
    let name = page.payer_name.as_ref().expect("a name");
    assert_eq!(name.expose(), "张三");
    assert!(page.drift().is_empty(), "{:?}", page.drift());
    assert!(pages.next().await.is_none());
    server.only();
}

#[tokio::test]
async fn a_signer_that_opens_nothing_leaves_the_reply_readable() {
    let keys = Keys::load();
    let server = Server::answering(sealed(&keys));
    let client: Client = keyless(&keys)
        .merchant_signer(Service::of(&keys, "merchant"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    let reply = get(&client).await.expect("a reply");
    assert!(reply.payer_name.is_none());
    let kinds: Vec<DriftKind> = reply.drift().iter().map(|drift| drift.kind).collect();
    assert_eq!(kinds, [DriftKind::Undecryptable]);
    let raw = client.request(Method::Get, "/v3/x").await;
    assert_eq!(raw.expect("a reply").status(), 200);
}

#[tokio::test]
async fn a_reply_that_is_no_json_is_told_as_ever() {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "<html>"));
    let client: Client = keyless(&keys)
        .merchant_signer(Service::of(&keys, "merchant"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    let error = get(&client).await.expect_err("an error");
    assert_eq!(error.kind(), &ErrorKind::Decoding);
    let server = Server::answering(reply(500, "", b"{}"));
    let client: Client = keyless(&keys)
        .merchant_signer(Service::of(&keys, "merchant"))
        .base_url(&server.url)
        .build()
        .expect("a client");
    let error = get(&client).await.expect_err("an error");
    assert_eq!(error.kind(), &ErrorKind::Server);
}

fn refused(builder: ClientBuilder, argument: &str, words: &str) {
    let error: Error = builder.build().map(|_: Client| ()).expect_err(argument);
    assert_eq!(error.argument(), Some(argument), "{error}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn mistakes_with_signers_are_named() {
    let keys = Keys::load();
    let merchant = || Service::of(&keys, "merchant");
    let twice = keyless(&keys)
        .merchant_signer(merchant())
        .merchant_private_key(keys.file("merchant.key.pem"));
    refused(twice, "merchant_signer", "private key was given too");
    let nameless = Service {
        serial_no: "key/7".to_owned(),
        ..merchant()
    };
    let nameless = keyless(&keys).merchant_signer(nameless);
    refused(nameless, "merchant_signer", "hexadecimal");
    let other = keyless(&keys)
        .merchant_signer(Service::of(&keys, "platform-new"))
        .merchant_certificate(keys.file("merchant.crt.pem"));
    refused(other, "merchant_signer", "does not fit the certificate");
    let other = keyless(&keys)
        .merchant_signer(merchant())
        .merchant_serial_no(keys.serial("platform-new"));
    refused(other, "merchant_serial_no", "does not fit the signer");
    let own = keyless(&keys)
        .merchant_signer(merchant())
        .platform_certificate(keys.file("merchant.crt.pem"));
    refused(own, "platform_certificate", "the merchant's own");
    let client: Client = keyless(&keys)
        .merchant_signer(merchant())
        .merchant_serial_no(keys.serial("merchant").to_lowercase())
        .build()
        .expect("a client");
    assert!(!format!("{client:?}").contains("Service"));
}
