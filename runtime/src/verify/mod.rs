//! Verification of what WeChat Pay signs: replies and notifications.
//!
//! [`Unverified`] holds a body that nobody can reach. [`Unverified::verify`] is the way to a [`Verified`] one.
//! Invariant: no other public function leads from one to the other.

mod failure;
mod reply;

use crate::credentials::{PlatformKeys, PublicKey};
use crate::excerpt::{Excerpt, told};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;

pub use failure::VerificationFailure;
pub(crate) use reply::{Read, Unopened, Unsigned};
pub use reply::{Rejected, Unverified, Verified};

/// The greatest distance in seconds between a signature's timestamp and the clock here.
pub(crate) const MOST_SKEW: u64 = 300;

/// How the signature of a probe begins.
const PROBE: &str = "WECHATPAY/SIGNTEST/";

const TIMESTAMP: &str = "Wechatpay-Timestamp";
const NONCE: &str = "Wechatpay-Nonce";
const SERIAL: &str = "Wechatpay-Serial";
const SIGNATURE: &str = "Wechatpay-Signature";
const SIGNATURE_TYPE: &str = "Wechatpay-Signature-Type";

/// Verifies the signature of a body exactly as received, at a time in Unix seconds.
///
/// # Errors
/// Why the signature was refused.
pub fn verify(
    keys: &PlatformKeys,
    headers: &HeaderMap,
    body: &[u8],
    now: u64,
) -> Result<(), VerificationFailure> {
    let timestamp = header(headers, TIMESTAMP)?;
    let nonce = header(headers, NONCE)?;
    let serial = header(headers, SERIAL)?;
    let signature = header(headers, SIGNATURE)?;
    let sent = seconds(timestamp).ok_or(VerificationFailure::MalformedHeader(TIMESTAMP))?;
    if signature.starts_with(PROBE) {
        return Err(VerificationFailure::Probe);
    }
    if sent.abs_diff(now) > MOST_SKEW {
        return Err(VerificationFailure::ClockSkew { sent, now });
    }
    if keys.is_merchant_serial(serial) {
        return Err(VerificationFailure::MerchantSerial(named(serial)));
    }
    let key = keys
        .find(serial)
        .ok_or_else(|| VerificationFailure::UnknownSerial(named(serial)))?;
    is_scheme_of(key, headers)?;
    let signature = STANDARD
        .decode(signature)
        .map_err(|_| VerificationFailure::MalformedHeader(SIGNATURE))?;
    if key.verifies(&signed_text(timestamp, nonce, body), &signature) {
        Ok(())
    } else {
        Err(VerificationFailure::BadSignature)
    }
}

/// The key alone decides the algorithm. A scheme that is named besides must be that of the key, so that nothing is taken for
/// what it does not say it is.
fn is_scheme_of(key: &PublicKey, headers: &HeaderMap) -> Result<(), VerificationFailure> {
    if headers.get(SIGNATURE_TYPE).is_none() {
        return Ok(());
    }
    let scheme = header(headers, SIGNATURE_TYPE)?;
    match key.algorithm() {
        algorithm if algorithm.is_named_by(scheme) => Ok(()),
        algorithm => Err(VerificationFailure::OtherScheme {
            named: named(scheme),
            key: algorithm,
        }),
    }
}

/// Whether any header of a signature is there.
pub(crate) fn is_signed(headers: &HeaderMap) -> bool {
    [TIMESTAMP, NONCE, SERIAL, SIGNATURE]
        .iter()
        .any(|name| headers.get(*name).is_some())
}

/// What is signed: the timestamp, the nonce and the body, each with a line feed after it.
fn signed_text(timestamp: &str, nonce: &str, body: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(timestamp.len() + nonce.len() + body.len() + 3);
    for part in [timestamp.as_bytes(), nonce.as_bytes(), body] {
        text.extend_from_slice(part);
        text.push(b'\n');
    }
    text
}

/// The one value of a header. Where it stands twice with different values, nobody could tell which one was meant.
fn header<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, VerificationFailure> {
    let mut values = headers.get_all(name).iter();
    let value = values
        .next()
        .filter(|value| !value.is_empty())
        .ok_or(VerificationFailure::MissingHeader(name))?;
    if values.any(|other| other != value) {
        return Err(VerificationFailure::MalformedHeader(name));
    }
    value
        .to_str()
        .map_err(|_| VerificationFailure::MalformedHeader(name))
}

/// A serial number or a scheme from outside, for an error: whole unless it is absurdly long.
fn named(text: &str) -> String {
    told(&Excerpt::of(text, 128))
}

fn seconds(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}
