//! From a reply of success to its typed body.

use super::opening;
use super::prepare::Answered;
use crate::drift::Drift;
use crate::error::{Error, ErrorKind, Outcome, Report};
use crate::read;
use crate::value::Slot;
use crate::verify::Read;

/// Fills a body. What differs from the description is returned, and logged by place and kind.
///
/// # Errors
/// Where the body is not JSON; where the call is strict, any difference.
pub(super) fn decode(answered: Answered<'_>, slot: Slot<'_>) -> Result<(Read, Vec<Drift>), Error> {
    let bodiless = answered.read.status == 204 && answered.read.body.is_empty();
    match slot {
        _ if bodiless => Ok((answered.read, Vec::new())),
        Slot::Nothing => Ok((answered.read, Vec::new())),
        Slot::Bytes(content) => {
            *content = answered.read.body.clone();
            Ok((answered.read, Vec::new()))
        }
        slot => document(answered, slot),
    }
}

fn document(answered: Answered<'_>, slot: Slot<'_>) -> Result<(Read, Vec<Drift>), Error> {
    let decrypt = |text: &str| opening::open(&answered, text);
    let drift = match read::json(&answered.read.body, slot, &decrypt) {
        Ok(drift) => drift,
        Err(error) => return Err(not_json(answered, error)),
    };
    for difference in &drift {
        tracing::warn!(
            method = answered.name.method,
            path = answered.name.path,
            place = difference.path,
            kind = %difference.kind,
            "a reply differs from its description"
        );
    }
    if answered.strict && !drift.is_empty() {
        return Err(strict(answered, drift));
    }
    Ok((answered.read, drift))
}

fn not_json(answered: Answered<'_>, error: serde_json::Error) -> Error {
    // serde_json's own words may quote the text, so only the place is told.
    let text = format!(
        "the reply is not JSON: line {}, column {}",
        error.line(),
        error.column()
    );
    let report = Report::new(ErrorKind::Decoding, Outcome::Unknown, text);
    let mut report = report.call(&answered.name);
    report.attempts = answered.attempts;
    report.answer(answered.read.into()).into()
}

fn strict(answered: Answered<'_>, drift: Vec<Drift>) -> Error {
    let list: Vec<String> = drift.iter().map(Drift::to_string).collect();
    let text = format!(
        "the reply differs from its description, and the call was strict: {}",
        list.join("; ")
    );
    let report = Report::new(ErrorKind::Drift, Outcome::Answered, text);
    let mut report = report.call(&answered.name).answer(answered.read.into());
    report.drift = drift;
    report.attempts = answered.attempts;
    report.into()
}
