//! Whatever stands in the headers of a signature, it is refused for what is wrong with it, and nothing panics.

use crate::support::keys::Keys;
use http::{HeaderMap, HeaderName, HeaderValue};
use wechatpay_runtime::{PlatformKeys, PublicKey, Unverified, VerificationFailure};

const BODY: &str = "{}";
const NAMES: [&str; 4] = ["Timestamp", "Nonce", "Serial", "Signature"];

fn platform_keys(keys: &Keys) -> PlatformKeys {
    let public = PublicKey::from_pem(&keys.file("platform-public.pub.pem")).expect("a key");
    PlatformKeys::new()
        .with_public_key(&keys.serial("platform-public"), public)
        .expect("an id")
        .with_merchant_serial_no(keys.serial("merchant"))
}

fn name(part: &str) -> HeaderName {
    format!("wechatpay-{part}")
        .to_lowercase()
        .parse()
        .expect("a name")
}

/// Headers that verify, as long as nothing is changed.
fn good(keys: &Keys) -> HeaderMap {
    signed_at(keys, &keys.now.to_string())
}

/// Headers with a right signature over any timestamp.
fn signed_at(keys: &Keys, timestamp: &str) -> HeaderMap {
    let text = format!("{timestamp}\nnonce\n{BODY}\n");
    let signature = keys.sign("platform-public", text.as_bytes());
    let values = [
        timestamp,
        "nonce",
        &keys.serial("platform-public"),
        &signature,
    ];
    let pairs = NAMES.iter().zip(values);
    pairs
        .map(|(part, value)| (name(part), HeaderValue::from_str(value).expect("a value")))
        .collect()
}

fn failure(keys: &PlatformKeys, headers: HeaderMap, now: u64) -> Option<VerificationFailure> {
    let verified = Unverified::new(200, headers, BODY).verify(keys, now);
    verified.err().map(|rejected| rejected.failure().clone())
}

#[test]
fn a_timestamp_may_be_300_seconds_off_either_way_and_no_more() {
    let keys = Keys::load();
    let platform = platform_keys(&keys);
    let at = |now| failure(&platform, good(&keys), now);
    let sent = keys.now;
    for now in [sent - 300, sent + 300] {
        assert_eq!(at(now), None, "{now}");
    }
    for now in [sent - 301, sent + 301] {
        assert_eq!(at(now), Some(VerificationFailure::ClockSkew { sent, now }));
    }
}

#[test]
fn timestamps_are_decimal_digits_alone() {
    let keys = Keys::load();
    let platform = platform_keys(&keys);
    assert_eq!(failure(&platform, good(&keys), keys.now), None);
    let now = keys.now;
    for timestamp in [
        format!("+{now}"),
        format!("-{now}"),
        format!("{now}.0"),
        format!("0x{now:x}"),
        "1e9".to_owned(),
        "-5".to_owned(),
        "99999999999999999999999999".to_owned(),
        format!("{now}\t"),
    ] {
        assert_eq!(
            failure(&platform, signed_at(&keys, &timestamp), now),
            Some(VerificationFailure::MalformedHeader("Wechatpay-Timestamp")),
            "{timestamp}"
        );
    }
    for sent in [0, 1, u64::MAX] {
        assert_eq!(
            failure(&platform, signed_at(&keys, &sent.to_string()), now),
            Some(VerificationFailure::ClockSkew { sent, now })
        );
    }
}

#[test]
fn odd_bytes_are_malformed_and_empty_values_missing() {
    let keys = Keys::load();
    let platform = platform_keys(&keys);
    for part in NAMES {
        for odd in [&b"\xff\xfe"[..], "订单".as_bytes(), b"a\tb\x80"] {
            let mut headers = good(&keys);
            headers.insert(name(part), HeaderValue::from_bytes(odd).expect("a value"));
            let found = failure(&platform, headers, keys.now);
            assert!(
                matches!(found, Some(VerificationFailure::MalformedHeader(header)) if header.ends_with(part)),
                "{part}: {found:?}"
            );
        }
        let mut headers = good(&keys);
        headers.insert(name(part), HeaderValue::from_static(""));
        let found = failure(&platform, headers, keys.now);
        assert!(
            matches!(found, Some(VerificationFailure::MissingHeader(header)) if header.ends_with(part)),
            "{part}: {found:?}"
        );
    }
}

#[test]
fn a_header_that_comes_twice_must_say_the_same() {
    let keys = Keys::load();
    let platform = platform_keys(&keys);
    for part in NAMES {
        let mut headers = good(&keys);
        let value = headers[&name(part)].clone();
        headers.append(name(part), value);
        assert_eq!(failure(&platform, headers.clone(), keys.now), None);
        headers.append(name(part), HeaderValue::from_static("1"));
        let found = failure(&platform, headers, keys.now);
        assert!(
            matches!(found, Some(VerificationFailure::MalformedHeader(header)) if header.ends_with(part)),
            "{part}: {found:?}"
        );
    }
}

#[test]
fn without_any_key_nothing_verifies() {
    let keys = Keys::load();
    let found = failure(&PlatformKeys::new(), good(&keys), keys.now);
    let serial = keys.serial("platform-public");
    assert_eq!(found, Some(VerificationFailure::UnknownSerial(serial)));
}

#[test]
fn a_probe_is_told_from_an_attack_whatever_else_is_wrong() {
    let keys = Keys::load();
    let mut headers = signed_at(&keys, "5");
    headers.insert(name("Serial"), HeaderValue::from_static("unknown"));
    let probe = HeaderValue::from_static("WECHATPAY/SIGNTEST/abc");
    headers.insert(name("Signature"), probe);
    let found = failure(&platform_keys(&keys), headers, keys.now);
    assert_eq!(found, Some(VerificationFailure::Probe));
}

#[test]
fn an_absurdly_long_serial_number_is_cut() {
    let keys = Keys::load();
    let mut headers = good(&keys);
    let long = "A".repeat(100_000);
    headers.insert(name("Serial"), long.parse().expect("a value"));
    let found = failure(&platform_keys(&keys), headers, keys.now).expect("unknown");
    assert!(found.to_string().len() < 1_000);
}

#[test]
fn a_verified_reply_is_what_arrived() {
    let keys = Keys::load();
    let headers = good(&keys);
    let unverified = Unverified::new(201, headers.clone(), BODY);
    let shown = format!("{unverified:?}");
    assert!(shown.starts_with("Unverified { status: 201"), "{shown}");
    let verified = unverified.verify(&platform_keys(&keys), keys.now);
    let verified = verified.expect("a good signature");
    assert_eq!(verified.status(), 201);
    assert_eq!(verified.headers(), &headers);
    assert_eq!(verified.body(), BODY);
    let shown = format!("{verified:?}");
    assert!(shown.starts_with("Verified { status: 201"), "{shown}");
    let late = Unverified::new(201, headers, BODY).verify(&platform_keys(&keys), keys.now + 301);
    let shown = format!("{:?}", late.expect_err("a stale reply"));
    assert!(
        shown.starts_with("Rejected { failure: ClockSkew"),
        "{shown}"
    );
}
