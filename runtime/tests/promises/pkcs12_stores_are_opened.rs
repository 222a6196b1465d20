//! The merchant's certificate and key come out of PKCS#12 stores, in the old algorithms and in the new; what cannot be trusted or
//! opened is told.

use crate::support::example::get;
use crate::support::keyless;
use crate::support::keys::{Keys, own};
use crate::support::server::Server;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use wechatpay_runtime::credentials::{Found, Pkcs12};
use wechatpay_runtime::{Client, ClientBuilder, Error, KeyError};

const STORES: [&str; 2] = ["merchant.p12", "merchant.legacy.p12"];

fn opened(bytes: &[u8], passphrase: &str) -> Result<String, KeyError> {
    let key = Pkcs12::from_bytes(bytes)?.open(passphrase)?;
    let plain = key.certificate().public_key().encrypt("same key");
    let plain = plain.expect("sealed");
    assert_eq!(key.private_key().decrypt(&plain).as_deref(), Ok("same key"));
    let shown = format!("{key:?}");
    assert!(shown.contains("<hidden>"), "{shown}");
    Ok(key.certificate().serial_no().to_owned())
}

fn found(bytes: &[u8], passphrase: &str) -> Found {
    let error = opened(bytes, passphrase).expect_err("refused");
    let shown = format!("{error} {error:?}");
    assert!(
        passphrase.is_empty() || !shown.contains(passphrase),
        "{shown}"
    );
    error.found().clone()
}

#[test]
fn the_vectors_stores_open() {
    let keys = Keys::load();
    for name in STORES {
        let serial = opened(&keys.bytes(name), &keys.p12_passphrase);
        assert_eq!(serial.expect(name), keys.serial("merchant"));
    }
}

#[test]
fn certificate_and_key_are_at_hand_for_tls() {
    let keys = Keys::load();
    let pem = keys.file("merchant.crt.pem");
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let certificate = STANDARD.decode(base64).expect("base64");
    let pem = keys.file("merchant.key.pem");
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let private_key = STANDARD.decode(base64).expect("base64");
    for name in STORES {
        let store = Pkcs12::from_bytes(&keys.bytes(name)).expect("a store");
        let key = store.open(&keys.p12_passphrase).expect("opened");
        assert_eq!(key.certificate().der(), certificate);
        let der = key.private_key().to_pkcs8_der().expect("a key");
        assert_eq!(*der, private_key);
    }
}

#[test]
fn of_several_certificates_the_keys_own_is_taken() {
    let keys = Keys::load();
    let serial = opened(&own("chain.p12"), "口令 correct");
    assert_eq!(serial.expect("opened"), keys.serial("merchant"));
    let serial = opened(&own("plain.p12"), "correct");
    assert_eq!(serial.expect("opened"), keys.serial("merchant"));
}

#[test]
fn a_wrong_passphrase_is_not_a_damaged_file() {
    let keys = Keys::load();
    for name in STORES {
        let whole = keys.bytes(name);
        for wrong in ["", "1900000109", "口令", "\u{1F512}"] {
            assert_eq!(found(&whole, wrong), Found::WrongPassphrase, "{name}");
        }
        for length in [1, 2, 10, whole.len() / 2, whole.len() - 1] {
            let cut = &whole[..length];
            assert_eq!(found(cut, &keys.p12_passphrase), Found::Damaged, "{length}");
        }
        // Changed after it was made: nothing of it is taken.
        let mut changed = whole.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        assert!(opened(&changed, &keys.p12_passphrase).is_err());
    }
}

#[test]
fn stores_that_do_not_serve_are_named() {
    for (name, expected) in [
        ("no-mac.p12", Found::NoMac),
        ("no-key.p12", Found::NoCertifiedKey),
        ("no-certificate.p12", Found::NoCertifiedKey),
        ("rc4.p12", Found::UnsupportedEncryption),
        #[cfg(not(feature = "sm"))]
        ("elliptic.p12", Found::Sm2PrivateKey),
        #[cfg(feature = "sm")]
        ("elliptic.p12", Found::NoCertifiedKey),
    ] {
        assert_eq!(found(&own(name), "correct"), expected, "{name}");
    }
    let keys = Keys::load();
    for (name, expected) in [
        ("merchant.key.pem", Found::PrivateKey),
        ("merchant.crt.pem", Found::Certificate),
        ("merchant.encrypted.key.pem", Found::EncryptedPrivateKey),
    ] {
        assert_eq!(found(keys.file(name).as_bytes(), "any"), expected);
    }
    assert_eq!(found(b"apiclient_cert.p12", "any"), Found::Path);
    assert_eq!(found(b"", "any"), Found::Unrecognized);
}

#[tokio::test]
async fn a_merchant_signs_with_the_store_alone() {
    let keys = Keys::load();
    for name in STORES {
        let server = Server::answering(keys.signed_reply(200, "{}"));
        let client: Client = keyless(&keys)
            .merchant_pkcs12(keys.bytes(name))
            .base_url(&server.url)
            .build()
            .expect("a client");
        get(&client).await.expect("a reply");
        let parameters = crate::requests_are_signed::verified(&keys, &server.only());
        assert_eq!(parameters["serial_no"], keys.serial("merchant"));
    }
}

fn refused(builder: ClientBuilder, argument: &str, words: &str) {
    let error: Error = builder.build().map(|_: Client| ()).expect_err(argument);
    assert_eq!(error.argument(), Some(argument), "{error}");
    assert!(error.to_string().contains(words), "{error}");
    assert!(
        !error.to_string().contains("`merchant_serial_no`"),
        "{error}"
    );
}

#[test]
fn the_builder_names_what_is_wrong_with_a_store() {
    let keys = Keys::load();
    let store = || keys.bytes("merchant.p12");
    let base64 = STANDARD.encode(store());
    let other_passphrase = keyless(&keys)
        .merchant_pkcs12(store())
        .merchant_pkcs12_passphrase("another");
    refused(other_passphrase, "merchant_pkcs12", "passphrase");
    let cut = keyless(&keys).merchant_pkcs12(&store()[..100]);
    refused(cut, "merchant_pkcs12", "damaged");
    let twice = keyless(&keys)
        .merchant_pkcs12(base64)
        .merchant_private_key(keys.file("merchant.key.pem"));
    refused(twice, "merchant_pkcs12", "given twice");
    let without_number: ClientBuilder = Client::builder()
        .platform_public_key(keys.file("platform-public.pub.pem"))
        .platform_public_key_id(keys.serial("platform-public"))
        .merchant_pkcs12(store());
    refused(without_number, "mchid", "missing");
    let path = keyless(&keys).merchant_pkcs12(std::path::Path::new("/nowhere/x.p12"));
    refused(path, "merchant_pkcs12", "cannot be read");
    let given = keyless(&keys)
        .merchant_pkcs12(store())
        .merchant_pkcs12_passphrase(keys.p12_passphrase.clone())
        .build();
    assert!(given.map(|_: Client| ()).is_ok());
}
