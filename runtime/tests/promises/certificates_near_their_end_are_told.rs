//! A merchant's certificate that ends soon, or has ended, is told by the log when the client is built, and by the client when it is
//! asked, both by the client's clock.

use crate::support::keys::Keys;
use crate::support::log::Log;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use wechatpay_runtime::{Certificate, Client, ClientBuilder, Identity};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn at(keys: &Keys, now: SystemTime) -> ClientBuilder {
    crate::support::builder(keys).clock(move || now)
}

fn end(keys: &Keys) -> SystemTime {
    let certificate = Certificate::from_pem(&keys.file("merchant.crt.pem")).expect("one");
    assert!(certificate.valid_from() < certificate.expires_at());
    certificate.expires_at()
}

#[test]
fn the_end_is_the_certificates() {
    // openssl x509 -in merchant.crt.pem -noout -enddate: Jan 1 00:00:00 2028 GMT
    let expected = UNIX_EPOCH + Duration::from_secs(1_830_297_600);
    assert_eq!(end(&Keys::load()), expected);
}

#[test]
fn the_client_tells_by_its_clock() {
    let keys = Keys::load();
    let end = end(&keys);
    for (now, days, near, over) in [
        (end - 31 * DAY, 31, false, false),
        (end - 30 * DAY, 30, true, false),
        (end - DAY / 2, 0, true, false),
        (end, 0, true, true),
        (end + DAY, 0, true, true),
    ] {
        let client: Client = at(&keys, now).build().expect("a client");
        let expiry = client.certificate_expiry(Identity::Merchant).expect("one");
        assert_eq!(expiry.expires_at(), end);
        assert_eq!(expiry.days_left(), days);
        assert_eq!((expiry.is_near(), expiry.is_over()), (near, over));
        assert_eq!(expiry.left().is_zero(), over);
        assert_eq!(client.certificate_expiry(Identity::Brand), None);
    }
}

#[test]
fn a_serial_number_alone_does_not_tell() {
    let keys = Keys::load();
    let client: Client = Client::builder()
        .mchid(&keys.mchid)
        .merchant_serial_no(keys.serial("merchant"))
        .merchant_private_key(keys.file("merchant.key.pem"))
        .platform_public_key(keys.file("platform-public.pub.pem"))
        .platform_public_key_id(keys.serial("platform-public"))
        .build()
        .expect("a client");
    assert_eq!(client.certificate_expiry(Identity::Merchant), None);
}

#[test]
fn the_log_warns_when_a_client_is_built() {
    let keys = Keys::load();
    let end = end(&keys);
    let heard = |now| {
        let log = Log::listen();
        let built: Client = at(&keys, now).build().expect("a client");
        drop(built);
        log.text()
    };
    let quiet = heard(end - 31 * DAY);
    assert!(!quiet.contains("certificate"), "{quiet}");
    let soon = heard(end - 7 * DAY);
    for told in [
        "ends soon",
        "days_left=7",
        &keys.mchid,
        &keys.serial("merchant"),
    ] {
        assert!(soon.contains(told), "{soon}");
    }
    let over = heard(end + DAY);
    assert!(over.contains("has ended"), "{over}");
}
