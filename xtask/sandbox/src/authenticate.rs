//! Who asks: the signature of a request.

use crate::SandboxKeys;
use crate::authorization::Authorization;
use crate::keys::SigningIdentity;
use crate::refusal::{Detail, Refusal, SignInformation};
use crate::sign;
use wechatpay_codegen::model::Identity;

/// How far a request's timestamp may be from the sandbox's clock, in seconds.
pub const MAX_SKEW: u64 = 300;

/// A request as far as its signature covers it.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The method.
    pub method: &'a str,
    /// The path and the query as sent.
    pub target: &'a str,
    /// The body as sent; of an upload, the text of its part `meta`.
    pub body: &'a [u8],
    /// The header `Authorization`, if there is one.
    pub authorization: Option<&'a str>,
}

/// Who asks, once the signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Whether it is a merchant or a brand.
    pub identity: Identity,
    /// The `mchid` or the `brand_id`.
    pub id: String,
}

/// Verifies a request's signature at a time in Unix seconds.
///
/// # Errors
///
/// The refusal says which part of `Authorization` is wrong: it is missing or malformed, the merchant or the serial number is
/// unknown, the timestamp is too far from `now`, or the signature is not that of the request.
pub fn authenticate(keys: &SandboxKeys, now: i64, request: Signed<'_>) -> Result<Caller, Refusal> {
    let header = request
        .authorization
        .ok_or_else(|| refuse("Authorization", "the header Authorization is missing"))?;
    let authorization =
        Authorization::parse(header).map_err(|issue| refuse("Authorization", issue))?;
    let signer = signer(keys, &authorization)?;
    check_time(&authorization.timestamp, now)?;
    check_signature(signer, &authorization, request)?;
    Ok(Caller {
        identity: authorization.identity,
        id: authorization.id,
    })
}

fn refuse(field: &str, issue: impl Into<String>) -> Refusal {
    Refusal::unauthenticated(Detail::new("authorization", field, issue))
}

fn refuse_value(field: &str, value: &str, issue: impl Into<String>) -> Refusal {
    Refusal::unauthenticated(Detail::new("authorization", field, issue).with_value(value))
}

fn signer<'a>(
    keys: &'a SandboxKeys,
    authorization: &Authorization,
) -> Result<&'a SigningIdentity, Refusal> {
    let (signer, field) = match authorization.identity {
        Identity::Merchant => (Some(keys.merchant()), "mchid"),
        Identity::Brand => (keys.brand(), "brand_id"),
    };
    let signer = signer
        .filter(|signer| signer.id() == authorization.id)
        .ok_or_else(|| {
            refuse_value(
                field,
                &authorization.id,
                format!("no such {field} is known"),
            )
        })?;
    let serial_no = &authorization.serial_no;
    if !signer.serial_no().eq_ignore_ascii_case(serial_no) {
        let issue = format!(
            "it is not the serial number of the API certificate of {field} {}",
            signer.id()
        );
        return Err(refuse_value("serial_no", serial_no, issue));
    }
    Ok(signer)
}

fn check_time(timestamp: &str, now: i64) -> Result<(), Refusal> {
    let digits = !timestamp.is_empty() && timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let sent = timestamp
        .parse::<i64>()
        .ok()
        .filter(|_| digits)
        .ok_or_else(|| refuse_value("timestamp", timestamp, "it is no number of Unix seconds"))?;
    if sent.abs_diff(now) > MAX_SKEW {
        let issue = format!(
            "it is more than {MAX_SKEW} seconds away from the server's clock, which says {now}"
        );
        return Err(refuse_value("timestamp", timestamp, issue));
    }
    Ok(())
}

fn check_signature(
    signer: &SigningIdentity,
    authorization: &Authorization,
    request: Signed<'_>,
) -> Result<(), Refusal> {
    let message = sign::request_message(
        request.method,
        request.target,
        &authorization.timestamp,
        &authorization.nonce_str,
        request.body,
    );
    if sign::verify(signer.public_key(), &message, &authorization.signature) {
        return Ok(());
    }
    let issue = "the signature is not that of the request, made with the private key of the API certificate";
    let sign_information = SignInformation::new(request.method, request.target, &message);
    Err(Refusal::unauthenticated(Detail {
        sign_information: Some(sign_information),
        ..Detail::new("authorization", "signature", issue)
    }))
}
