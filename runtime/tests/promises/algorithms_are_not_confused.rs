//! The key that a serial number names decides the algorithm; what names another is refused.

use crate::support::keys::Keys;
use http::{HeaderMap, HeaderValue};
use wechatpay_runtime::{Algorithm, PlatformKeys, PublicKey, Unverified, VerificationFailure};

const TYPE: &str = "wechatpay-signature-type";
const RSA: &str = "WECHATPAY2-SHA256-RSA2048";
const BRAND: &str = "WECHATPAY-BRAND-SHA256-RSA2048";
const SM2: &str = "WECHATPAY2-SM2-WITH-SM3";
const BODY: &str = "{}";

fn failure(
    keys: &PlatformKeys,
    headers: &HeaderMap,
    body: &str,
    now: u64,
) -> Option<VerificationFailure> {
    let reply = Unverified::new(200, headers.clone(), body.to_owned());
    let verified = reply.verify(keys, now);
    verified.err().map(|rejected| rejected.failure().clone())
}

fn other(named: &str, key: Algorithm) -> Option<VerificationFailure> {
    let named = named.to_owned();
    Some(VerificationFailure::OtherScheme { named, key })
}

fn rsa(keys: &Keys) -> (PlatformKeys, HeaderMap) {
    let public = PublicKey::from_pem(&keys.file("platform-public.pub.pem")).expect("a key");
    let platform = PlatformKeys::new()
        .with_public_key(&keys.serial("platform-public"), public)
        .expect("an id");
    let lines = keys.signature_headers(BODY.as_bytes());
    let mut headers = HeaderMap::new();
    for (name, value) in lines.lines().filter_map(|line| line.split_once(": ")) {
        let name: http::HeaderName = name.parse().expect("a name");
        headers.insert(name, value.parse().expect("a value"));
    }
    (platform, headers)
}

#[test]
fn a_signature_by_rsa_may_name_its_scheme_and_no_other() {
    let keys = Keys::load();
    let (platform, mut headers) = rsa(&keys);
    assert_eq!(failure(&platform, &headers, BODY, keys.now), None);
    for scheme in [RSA, BRAND] {
        headers.insert(TYPE, HeaderValue::from_static(scheme));
        assert_eq!(failure(&platform, &headers, BODY, keys.now), None);
    }
    for scheme in [SM2, "none", "wechatpay2-sha256-rsa2048", "RSA"] {
        headers.insert(TYPE, HeaderValue::from_static(scheme));
        let found = failure(&platform, &headers, BODY, keys.now);
        assert_eq!(found, other(scheme, Algorithm::Rsa));
    }
    let found = other(SM2, Algorithm::Rsa).expect("a failure").to_string();
    assert!(found.contains(SM2) && found.contains("for RSA"), "{found}");
    headers.insert(TYPE, HeaderValue::from_static(RSA));
    headers.append(TYPE, HeaderValue::from_static(SM2));
    let twice = Some(VerificationFailure::MalformedHeader(
        "Wechatpay-Signature-Type",
    ));
    assert_eq!(failure(&platform, &headers, BODY, keys.now), twice);
}

#[cfg(feature = "sm")]
mod national {
    use super::*;
    use crate::support::national::{Witness, file};
    use wechatpay_runtime::Certificate;

    fn sm2() -> PlatformKeys {
        let certificate = Certificate::from_file(file("platform.crt.pem")).expect("one");
        PlatformKeys::new().with_certificate(certificate)
    }

    #[test]
    fn a_signature_by_sm2_names_its_scheme_or_none_and_no_other() {
        let (keys, witness, platform) = (Keys::load(), Witness::load(), sm2());
        let (mut headers, body) = (witness.headers("reply"), witness.body("reply"));
        assert_eq!(headers[TYPE], SM2);
        assert_eq!(failure(&platform, &headers, body, keys.now), None);
        for scheme in [RSA, BRAND, "SM2", "WECHATPAY-BRAND-SM2-WITH-SM3"] {
            headers.insert(TYPE, HeaderValue::from_static(scheme));
            let found = failure(&platform, &headers, body, keys.now);
            assert_eq!(found, other(scheme, Algorithm::Sm2));
        }
        headers.remove(TYPE);
        assert_eq!(failure(&platform, &headers, body, keys.now), None);
    }

    #[test]
    fn a_signature_of_one_algorithm_is_none_of_the_other() {
        let (keys, witness) = (Keys::load(), Witness::load());
        let (rsa, rsa_headers) = rsa(&keys);
        let certificate = Certificate::from_file(file("platform.crt.pem")).expect("one");
        let both = rsa.with_certificate(certificate);
        let (sm2_headers, sm2_body) = (witness.headers("reply"), witness.body("reply"));
        assert_eq!(failure(&both, &rsa_headers, BODY, keys.now), None);
        assert_eq!(failure(&both, &sm2_headers, sm2_body, keys.now), None);
        let swapped = |mut headers: HeaderMap, serial: &str, scheme| {
            headers.insert("wechatpay-serial", serial.parse().expect("a value"));
            headers.insert(TYPE, HeaderValue::from_static(scheme));
            headers
        };
        let bad = Some(VerificationFailure::BadSignature);
        let headers = swapped(rsa_headers, witness.serial("platform"), SM2);
        assert_eq!(failure(&both, &headers, BODY, keys.now), bad);
        let headers = swapped(sm2_headers, &keys.serial("platform-public"), RSA);
        assert_eq!(failure(&both, &headers, sm2_body, keys.now), bad);
    }
}

#[cfg(feature = "sm")]
mod chosen {
    use crate::support::example::get;
    use crate::support::keys::Keys;
    use crate::support::national::{self, Witness, file};
    use crate::support::server::Server;
    use crate::support::{self};
    use wechatpay_runtime::{Client, Error, ErrorKind};

    fn refused(built: Result<Client, Error>, argument: &str, words: &str) {
        let error = built.expect_err(argument);
        assert_eq!(error.kind(), &ErrorKind::Configuration);
        assert_eq!(error.argument(), Some(argument), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }

    /// With platform keys of both algorithms, the identity's is asked for.
    #[tokio::test]
    async fn the_platforms_key_follows_the_identitys_algorithm() {
        let (keys, witness) = (Keys::load(), Witness::load());
        let server = Server::answering(witness.reply(200, "reply", witness.body("reply")));
        let sm2 = national::builder(&keys)
            .platform_public_key(keys.file("platform-public.pub.pem"))
            .platform_public_key_id(keys.serial("platform-public"))
            .base_url(&server.url);
        get(&sm2.build().expect("a client")).await.expect("a reply");
        let rsa = support::builder(&keys)
            .platform_certificate(file("platform.crt.pem"))
            .base_url(&server.url);
        get(&rsa.build().expect("a client")).await.expect("a reply");
        let asked: Vec<String> = server
            .received()
            .iter()
            .filter_map(|request| request.header("wechatpay-serial").map(str::to_owned))
            .collect();
        assert_eq!(
            asked,
            [witness.serial("platform"), &keys.serial("platform-public")]
        );
    }

    #[test]
    fn keys_and_certificates_of_two_algorithms_do_not_go_together() {
        let keys = Keys::load();
        let rsa_key = national::builder(&keys).merchant_private_key(keys.file("merchant.key.pem"));
        refused(rsa_key.build(), "merchant_private_key", "does not belong");
        let sm2_key =
            support::builder(&keys).merchant_private_key(keys.file("sm2-merchant.key.pem"));
        refused(sm2_key.build(), "merchant_private_key", "does not belong");
        let own = national::builder(&keys).platform_certificate(file("merchant.crt.pem"));
        refused(own.build(), "platform_certificate", "the merchant's own");
    }

    #[test]
    fn a_brand_signs_by_rsa_alone() {
        let keys = Keys::load();
        let brand = national::builder(&keys)
            .brand_id("7")
            .brand_certificate(file("merchant.crt.pem"))
            .brand_private_key(keys.file("sm2-merchant.key.pem"));
        refused(brand.build(), "brand_private_key", "RSA alone");
    }
}
