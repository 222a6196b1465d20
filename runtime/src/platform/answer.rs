//! The list of platform certificates: each is sealed with the APIv3 key under its serial number.

use crate::credentials::{Apiv3Key, Certificate, PlatformKeys};
use crate::encrypt::Resource;
use crate::error::{Error, ErrorKind, Outcome, Report};
use crate::excerpt::Excerpt;
use crate::verify::{Unopened, Unverified, VerificationFailure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A certificate as it stands in the list.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Sealed {
    serial_no: String,
    encrypt_certificate: Envelope,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Envelope {
    algorithm: String,
    nonce: String,
    #[serde(default)]
    associated_data: Option<String>,
    ciphertext: String,
}

/// A certificate whose seal was opened, with the seal, so that it can be saved and opened again.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) certificate: Certificate,
    pub(super) sealed: Sealed,
}

/// Opens the reply of a fetch. Its seals are made with the APIv3 key, which WeChat Pay and the merchant alone have, so that the
/// certificates within them may verify the reply that brings them; those that are known already may as well.
///
/// # Errors
/// Where no certificate was found, or the reply's signature is by none of them.
#[inline]
pub(super) fn receive(
    reply: Unverified,
    known: &PlatformKeys,
    key: &Apiv3Key,
    now: u64,
) -> Result<Vec<Opened>, Error> {
    let found = reply.verify_by_contents(now, |body| {
        let opened = list(body).map(|list| open(list, key))?;
        if opened.is_empty() {
            return Err("no certificate in it could be opened; is the APIv3 key right?");
        }
        let keys = opened.iter().fold(known.clone(), |keys, one| {
            keys.with_certificate(one.certificate.clone())
        });
        Ok((keys, opened))
    });
    found.map_err(|refused| match *refused {
        (Unopened::Signature(failure), reply) => untrusted(failure, reply),
        (Unopened::Contents(reason), reply) => unreadable(reason, reply),
    })
}

/// The certificates of a list that the key opens. What it does not open is told to the log, and hinders no other.
#[inline]
pub(super) fn open(list: Vec<Value>, key: &Apiv3Key) -> Vec<Opened> {
    let opened = list.into_iter().map(|entry| {
        let sealed: Sealed = serde_json::from_value(entry)
            .map_err(|_| ("?".to_owned(), "it is not as described".to_owned()))?;
        let certificate =
            unsealed(&sealed, key).map_err(|reason| (sealed.serial_no.clone(), reason))?;
        Ok(Opened {
            certificate,
            sealed,
        })
    });
    let report = |result: Result<Opened, (String, String)>| match result {
        Ok(opened) => Some(opened),
        Err((serial, reason)) => {
            let serial = Excerpt::of(&serial, 128);
            tracing::warn!(%serial, reason, "a platform certificate was left out");
            None
        }
    };
    opened.filter_map(report).collect()
}

/// The entries of `{"data": […]}`.
#[inline]
fn list(body: &[u8]) -> Result<Vec<Value>, &'static str> {
    #[derive(Deserialize)]
    struct List {
        data: Vec<Value>,
    }
    let list: Result<List, _> = serde_json::from_slice(body);
    list.map(|list| list.data)
        .map_err(|_| "it is no list of certificates")
}

#[inline]
fn unsealed(sealed: &Sealed, key: &Apiv3Key) -> Result<Certificate, String> {
    let envelope = &sealed.encrypt_certificate;
    let resource = Resource {
        algorithm: &envelope.algorithm,
        nonce: &envelope.nonce,
        associated_data: envelope.associated_data.as_deref().unwrap_or_default(),
        ciphertext: &envelope.ciphertext,
    };
    let pem = resource.open(key).map_err(|error| error.to_string())?;
    Certificate::from_bytes(&pem)
        .and_then(|certificate| certificate.require_serial_no(&sealed.serial_no))
        .map_err(|error| error.to_string())
}

#[inline]
fn untrusted(failure: VerificationFailure, reply: Unverified) -> Error {
    let text = format!("the list of platform certificates cannot be trusted: {failure}");
    let kind = ErrorKind::Verification(failure.clone());
    let report = Report::new(kind, Outcome::Answered, text);
    let report = report.answer(reply.into_answer());
    report.source(failure).into()
}

#[inline]
fn unreadable(reason: &str, reply: Unverified) -> Error {
    let text = format!("the list of platform certificates cannot be used: {reason}");
    let report = Report::new(ErrorKind::Decoding, Outcome::Answered, text);
    report.answer(reply.into_answer()).into()
}
