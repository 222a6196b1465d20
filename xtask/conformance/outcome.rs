//! What came of a call, as JSON.

use crate::player::Case;
use crate::typed;
use serde_json::{Value as Json, json};
use wechatpay_openapi::emitted::Value;
use wechatpay_openapi::{Drift, Error};

/// A reply, whatever its type.
pub struct Reported<'a> {
    pub status: u16,
    pub drift: Vec<Drift>,
    pub body: &'a mut dyn Value,
}

/// A call that was answered with a success.
pub fn success(case: &Case, reply: Reported<'_>) -> Json {
    json!({
        "id": case.id,
        "status": reply.status,
        "reply": typed::document(reply.body),
        "file": typed::file(reply.body),
        "drift": differences(&reply.drift),
    })
}

/// A call that ended with an error.
pub fn failure(case: &Case, error: &Error) -> Json {
    let violations: Vec<_> = error.violations().iter().map(ToString::to_string).collect();
    json!({
        "id": case.id,
        "status": error.status(),
        "error": {
            "kind": format!("{:?}", error.kind()),
            "outcome": format!("{:?}", error.outcome()),
            "message": error.to_string(),
            "drift": differences(error.drift()),
            "violations": violations,
        },
    })
}

/// A call that could not be begun.
pub fn unplayed(case: &Case, why: &str) -> Json {
    json!({
        "id": case.id,
        "error": { "kind": "Unplayed", "outcome": "NotSent", "message": why },
    })
}

fn differences(drift: &[Drift]) -> Vec<Json> {
    let differences = drift.iter().map(|drift| {
        let kind = format!("{:?}", drift.kind);
        let name = kind.split_whitespace().next().unwrap_or_default();
        json!({ "path": drift.path, "kind": name })
    });
    differences.collect()
}
