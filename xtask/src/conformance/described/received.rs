//! Whether a request was received as its case says.

use super::super::callable::operation;
use super::super::compare::differences;
use super::super::witness::{CASE_HEADER, Case, UploadedFile};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use serde_json::{Map, Value, json};
use wechatpay_codegen::model::{Api, Operation};
use wechatpay_sandbox::check_request::Accepted;
use wechatpay_sandbox::{ReceivedRequest, Verdict};

/// The number of the case that a request belongs to.
pub(super) fn case_of(headers: &HeaderMap) -> Option<usize> {
    headers.get(CASE_HEADER)?.to_str().ok()?.parse().ok()
}

/// What is wrong with a request.
pub(super) fn judge(api: &Api, case: &Case, request: &ReceivedRequest) -> Vec<String> {
    if let Verdict::Refused(refusal) = &request.verdict {
        return vec![format!("refused: {}", refusal.to_json())];
    }
    let meant = request.operation.as_deref().unwrap_or_default();
    let mut problems = Vec::new();
    if meant != case.operation && !same_route(api, meant, &case.operation) {
        problems.push(format!("it was received as {meant}"));
    }
    if let (Some(given), Some(accepted), Some(operation)) = (
        &case.request,
        &request.accepted,
        operation(api, &case.operation),
    ) {
        let received = Value::Object(members(accepted, operation));
        problems.extend(differences(given, &received));
    }
    problems
}

/// All that was received, wherever it travelled, as a case writes it.
fn members(accepted: &Accepted, operation: &Operation) -> Map<String, Value> {
    let mut members = accepted.query.clone();
    // What is repeatable by a key has a header more, which the client writes by itself.
    let described = |name: &String| operation.headers.iter().any(|field| field.name == *name);
    let headers = accepted.headers.clone().into_iter();
    members.extend(headers.filter(|(name, _)| described(name)));
    members.extend(accepted.form.clone());
    if let Some(Value::Object(body)) = &accepted.body {
        members.extend(body.clone());
    }
    let Some(upload) = &operation.upload else {
        return members;
    };
    let made_by_the_client =
        |name: &String| *name == upload.digest.field || upload.file_name.as_ref() == Some(name);
    let meta = accepted.meta.iter();
    let own = meta.filter(|(name, _)| !made_by_the_client(name));
    members.extend(own.map(|(name, value)| (name.clone(), value.clone())));
    members.extend(accepted.file.iter().map(|file| {
        let file = UploadedFile {
            file_name: file.name.clone(),
            content: STANDARD.encode(&file.content),
        };
        (upload.part.clone(), json!(file))
    }));
    members
}

/// Whether a server cannot tell the paths of two operations apart, on purpose.
fn same_route(api: &Api, one: &str, other: &str) -> bool {
    let (Some((method, one)), Some((other_method, other))) =
        (one.split_once(' '), other.split_once(' '))
    else {
        return false;
    };
    let names = |item: &str, other: &str| {
        let item = api.paths.get(item);
        item.is_some_and(|item| item.same_route_as.as_deref() == Some(other))
    };
    method == other_method && (names(one, other) || names(other, one))
}
