//! From a reply of success to its typed body.

use super::prepare::Answered;
use crate::drift::Drift;
use crate::error::{Error, ErrorKind, Outcome, Report};
use crate::excerpt::listed;
use crate::read;
use crate::value::Slot;
use crate::verify::Read;
use core::fmt::Display;

/// Fills a body. What differs from the description is returned, and logged by place and kind.
///
/// # Errors
/// Where the body is not JSON; where the call is strict, any difference.
pub(super) fn decode(mut answered: Answered<'_>, slot: Slot<'_>) -> Result<Read, Error> {
    let bodiless = answered.read.status == 204 && answered.read.body.is_empty();
    match slot {
        _ if bodiless => {}
        Slot::Nothing => {}
        Slot::Bytes(content) => *content = answered.read.body.clone(),
        slot => {
            let drift = match read::json(&answered.read.body, slot, &answered.opener()) {
                Ok(drift) => drift,
                Err(error) => return Err(not_json(answered, error)),
            };
            answered.read.drift = drift;
            if !answered.read.drift.is_empty() {
                return drifted(answered);
            }
        }
    }
    Ok(answered.read)
}

/// Tells the log what differs. Few programs ever come here.
#[cold]
#[inline(never)]
fn drifted(mut answered: Answered<'_>) -> Result<Read, Error> {
    let drift = core::mem::take(&mut answered.read.drift);
    for difference in &drift {
        tracing::warn!(
            method = answered.outgoing.name.method,
            path = &*answered.outgoing.name.path,
            place = difference.path,
            kind = %difference.kind,
            "a reply differs from its description"
        );
    }
    if answered.strict {
        return Err(strict(answered, drift));
    }
    answered.read.drift = drift;
    Ok(answered.read)
}

#[cold]
#[inline(never)]
fn not_json(answered: Answered<'_>, error: serde_json::Error) -> Error {
    // serde_json's own words may quote the text, so only the place is told.
    let text = format!(
        "the reply is not JSON: line {}, column {}",
        error.line(),
        error.column()
    );
    let report = Report::new(ErrorKind::Decoding, Outcome::Unknown, text);
    let mut report = report.call(&answered.outgoing.name);
    report.attempts = answered.attempts;
    report.answer(answered.read.into()).into()
}

fn strict(answered: Answered<'_>, drift: Vec<Drift>) -> Error {
    let list = listed(&mut drift.iter().map(|one| one as &dyn Display), "; ");
    let text = format!(
        "the reply differs from its description, and the call was strict: {}",
        list
    );
    let report = Report::new(ErrorKind::Drift, Outcome::Answered, text);
    let mut report = report
        .call(&answered.outgoing.name)
        .answer(answered.read.into());
    report.drift = drift;
    report.attempts = answered.attempts;
    report.into()
}
