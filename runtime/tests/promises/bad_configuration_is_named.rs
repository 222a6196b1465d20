//! Every mistake in building a client is reported by the argument's name, with what was found and what to do.

use crate::support::builder;
use crate::support::keys::{Keys, directory};
use std::path::Path;
use wechatpay_runtime::credentials::Found;
use wechatpay_runtime::{
    AutomaticCertificates, Certificate, Client, ClientBuilder, Error, ErrorKind, KeyError, Outcome,
    PrivateKey, PublicKey,
};

fn refused(builder: ClientBuilder, argument: &str, words: &str) {
    let error: Error = builder.build().map(|_: Client| ()).expect_err(argument);
    assert_eq!(error.kind(), &ErrorKind::Configuration);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert_eq!(error.argument(), Some(argument), "{error}");
    let told = error.to_string();
    assert!(
        told.contains(words) && told.contains(argument),
        "`{words}` in: {told}"
    );
}

/// An RSA key of 1024 bits, which verifies nothing: whoever is given it would send writes and believe no answer.
const SHORT_KEY: &str = "\
-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDBD2X6biLMtn/NelDDH0/dLU0Z
1+fUU3+RP+jqpreEwoFlU+detcv7rdOStc0K4iNSksUWYS9AmgQoNvPfJk0OPtHr
4JL9MRZ1/gS74mk1tFGso3vt9I1ufoYtVC72sxXXvzaa10i0XZam6Y7FoM1wFKcK
xqypj7zLE+xBolcEDQIDAQAB
-----END PUBLIC KEY-----
";

#[test]
fn a_public_key_that_is_too_short_is_refused_when_the_client_is_built() {
    let keys = Keys::load();
    let short = builder(&keys).platform_public_key(SHORT_KEY);
    refused(short, "platform_public_key", "unfit size");
}

#[test]
fn wrong_files_in_the_place_of_the_private_key() {
    let keys = Keys::load();
    for (file, found) in [
        ("merchant.crt.pem", "a certificate"),
        ("platform-public.pub.pem", "a public key"),
        ("merchant.encrypted.key.pem", "encrypted with a passphrase"),
    ] {
        let builder = builder(&keys).merchant_private_key(keys.file(file));
        refused(builder, "merchant_private_key", found);
    }
    for (text, found) in [
        ("", "neither PEM nor DER"),
        ("apiclient_key.pem", "the path of a file"),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
            "damaged",
        ),
        ("-----BEGIN PRIVATE KEY-----\nMIIE", "damaged"),
        ("not a key at all", "neither PEM nor DER"),
    ] {
        refused(
            builder(&keys).merchant_private_key(text),
            "merchant_private_key",
            found,
        );
    }
    for store in ["merchant.p12", "merchant.legacy.p12"] {
        let path = directory().join("keys").join(store);
        refused(
            builder(&keys).merchant_private_key(path),
            "merchant_private_key",
            "a PKCS#12 store",
        );
    }
    let path = Path::new("/nowhere/apiclient_key.pem");
    refused(
        builder(&keys).merchant_private_key(path),
        "merchant_private_key",
        "cannot be read",
    );
}

#[test]
fn wrong_files_in_the_place_of_the_platforms_keys() {
    let keys = Keys::load();
    let certificate = |file: &str| builder(&keys).platform_certificate(keys.file(file));
    refused(
        certificate("platform-public.pub.pem"),
        "platform_certificate",
        "found a public key",
    );
    refused(
        certificate("merchant.key.pem"),
        "platform_certificate",
        "found a private key",
    );
    let public = |file: &str| builder(&keys).platform_public_key(keys.file(file));
    refused(
        public("platform-new.crt.pem"),
        "platform_public_key",
        "found a certificate",
    );
    refused(
        public("merchant.key.pem"),
        "platform_public_key",
        "found a private key",
    );
}

#[test]
fn the_merchants_own_certificate_is_not_the_platforms() {
    let keys = Keys::load();
    let own = builder(&keys).platform_certificate(keys.file("merchant.crt.pem"));
    refused(own, "platform_certificate", "the merchant's own");
    let without_certificate = Client::builder()
        .mchid(&keys.mchid)
        .merchant_serial_no("0A")
        .merchant_private_key(keys.file("merchant.key.pem"))
        .platform_certificate(keys.file("merchant.crt.pem"));
    refused(
        without_certificate,
        "platform_certificate",
        "the merchant's own",
    );
}

#[test]
fn serial_numbers_and_ids_that_do_not_fit() {
    let keys = Keys::load();
    let other = keys.serial("platform-new");
    refused(
        builder(&keys).merchant_serial_no(&other),
        "merchant_serial_no",
        &keys.serial("merchant"),
    );
    refused(
        builder(&keys).merchant_serial_no("xyz"),
        "merchant_serial_no",
        "hexadecimal",
    );
    for id in [
        keys.serial("platform-new"),
        "PUB_KEY_ID_".to_owned(),
        "PUB_KEY_ID_1\n2".to_owned(),
    ] {
        let builder = builder(&keys).platform_public_key_id(id);
        refused(builder, "platform_public_key_id", "PUB_KEY_ID_");
    }
    let certificate = Certificate::from_pem(&keys.file("platform-new.crt.pem")).expect("one");
    let serial = keys.serial("platform-new").to_lowercase();
    let certificate = certificate.require_serial_no(&serial).expect("its own");
    let error = certificate
        .require_serial_no(&keys.serial("platform-old"))
        .expect_err("another");
    assert_eq!(error.found(), &Found::OtherSerial);
}

#[test]
fn a_private_key_that_does_not_belong_to_the_certificate() {
    let keys = Keys::load();
    let builder = builder(&keys).merchant_private_key(keys.file("platform-new.key.pem"));
    refused(
        builder,
        "merchant_private_key",
        "does not belong to the certificate",
    );
}

#[test]
fn what_is_missing_or_out_of_shape() {
    let keys = Keys::load();
    refused(Client::builder(), "mchid", "missing");
    refused(builder(&keys).mchid(""), "mchid", "digits");
    refused(builder(&keys).mchid("1\"2"), "mchid", "digits");
    refused(builder(&keys).apiv3_key("short"), "apiv3_key", "5 bytes");
    // The two keys are easily mistaken for each other: the advice names the one that was asked for.
    let error = builder(&keys).apiv2_key("short").build();
    let error: Error = error.map(|_: Client| ()).expect_err("too short");
    let told = error.to_string();
    assert!(told.contains("APIv2") && !told.contains("APIv3"), "{told}");
    refused(
        builder(&keys).base_url("https://x/v3"),
        "base_url",
        "ends after host and port",
    );
    refused(
        builder(&keys).user_agent_suffix("a\nb"),
        "user_agent_suffix",
        "ASCII",
    );
    refused(builder(&keys).brand_id("7"), "brand_serial_no", "missing");
    let merchant = || {
        Client::builder()
            .mchid(&keys.mchid)
            .merchant_serial_no(keys.serial("merchant"))
            .merchant_private_key(keys.file("merchant.key.pem"))
    };
    refused(
        merchant(),
        "platform_public_key",
        "no reply can be verified",
    );
    let public = keys.file("platform-public.pub.pem");
    refused(
        merchant().platform_public_key(public),
        "platform_public_key_id",
        "missing",
    );
    let id = keys.serial("platform-public");
    refused(
        merchant().platform_public_key_id(id),
        "platform_public_key",
        "without its key",
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    let keys = Keys::load();
    let builder = builder(&keys)
        .mchid("x")
        .apiv3_key("short")
        .base_url("nonsense");
    let told = builder
        .build()
        .map(|_: Client| ())
        .expect_err("three mistakes")
        .to_string();
    for argument in ["mchid", "apiv3_key", "base_url"] {
        assert!(told.contains(argument), "{told}");
    }
}

#[test]
fn keys_are_taken_in_every_form() {
    let keys = Keys::load();
    let pem = keys.file("merchant.key.pem");
    let pkcs1 = keys.file("merchant.pkcs1.key.pem");
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD
            .decode(&bare)
            .expect("base64")
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("apiclient_key.pem");
    std::fs::write(&path, &pkcs1).expect("a file");
    let certificate = Certificate::from_pem(&keys.file("merchant.crt.pem")).expect("one");
    let sealed = certificate
        .public_key()
        .encrypt("same key")
        .expect("sealed");
    let forms: [Result<PrivateKey, KeyError>; 8] = [
        PrivateKey::from_pem(&pem),
        PrivateKey::from_pem(&pkcs1),
        PrivateKey::from_pem(&pem.replace('\n', "\r\n")),
        PrivateKey::from_pem(&pem.replace('\n', "\\n")),
        PrivateKey::from_pem(&format!("Bag Attributes\n    x: y\n{pem}")),
        PrivateKey::from_pem(&bare),
        PrivateKey::from_bytes(&der),
        PrivateKey::from_file(&path),
    ];
    for form in forms {
        assert_eq!(
            form.expect("a key").decrypt(&sealed).as_deref(),
            Ok("same key")
        );
    }
    let public = PublicKey::from_pem(&keys.file("platform-public.pub.pem"));
    let client = builder(&keys)
        .platform_public_key(public.expect("a key"))
        .build();
    assert!(client.map(|_: Client| ()).is_ok());
}

/// Keys of national algorithms without the feature that reads them.
#[test]
#[cfg(not(feature = "sm"))]
fn keys_for_sm2_name_the_feature_that_is_missing() {
    let keys = Keys::load();
    let private = builder(&keys).merchant_private_key(keys.file("sm2-merchant.key.pem"));
    refused(private, "merchant_private_key", "the Cargo feature `sm`");
    let public = builder(&keys).platform_public_key(keys.file("sm2-platform.pub.pem"));
    refused(public, "platform_public_key", "the Cargo feature `sm`");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sm");
    let certificate = builder(&keys).platform_certificate(own.join("platform.crt.pem"));
    refused(
        certificate,
        "platform_certificate",
        "the Cargo feature `sm`",
    );
    let sec1 = builder(&keys).merchant_private_key(own.join("merchant.sec1.pem"));
    refused(sec1, "merchant_private_key", "the Cargo feature `sm`");
}

/// P-256 is neither RSA nor SM2.
#[test]
fn keys_for_other_curves_are_told_as_such() {
    let keys = Keys::load();
    let key = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n";
    refused(
        builder(&keys).platform_public_key(key),
        "platform_public_key",
        "an elliptic curve",
    );
}

#[test]
fn automatic_certificates_need_a_key_a_merchant_and_a_list() {
    static FRAUD: wechatpay_runtime::Host = wechatpay_runtime::Host {
        name: "fraud",
        base: "https://fraud.mch.weixin.qq.com",
        backups: &[],
    };
    let keys = Keys::load();
    let automatic = AutomaticCertificates::new;
    let without_key = builder(&keys).platform_certificates_automatic(automatic());
    refused(without_key, "apiv3_key", "sealed with it");
    let with_key = || builder(&keys).apiv3_key(&keys.apiv3_key);
    let twice = with_key()
        .platform_certificates_automatic(automatic())
        .platform_certificates_automatic(automatic());
    refused(twice, "platform_certificates_automatic", "twice");
    let unlisted = with_key().platform_certificates_automatic(automatic().host(&FRAUD));
    refused(unlisted, "platform_certificates_automatic", "`fraud`");
    let brand = Client::builder()
        .brand_id("10000")
        .brand_certificate(keys.file("merchant.crt.pem"))
        .brand_private_key(keys.file("merchant.key.pem"))
        .apiv3_key(&keys.apiv3_key)
        .platform_certificates_automatic(automatic());
    refused(brand, "mchid", "fetched by a merchant");
    let good = with_key().platform_certificates_automatic(automatic());
    let client: Client = good.build().expect("both modes on purpose");
    assert!(client.platform_keys("default").is_some());
    assert!(client.platform_keys("hong-kong").is_none());
}
