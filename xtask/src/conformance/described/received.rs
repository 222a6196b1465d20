//! Whether a request was received as its case says.

use super::super::compare::differences;
use super::super::witness::{CASE_HEADER, Case};
use http::HeaderMap;
use serde_json::{Map, Value};
use wechatpay_codegen::model::{Api, Method, Operation};
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
    let (Some(given), Some(operation)) = (&case.request, operation(api, &case.operation)) else {
        return problems;
    };
    let sent = |name: &str| given.get(name).cloned();
    let Some(accepted) = &request.accepted else {
        return problems;
    };
    let mut received = accepted.query.clone();
    if let Some(Value::Object(body)) = &accepted.body {
        received.extend(body.clone());
    }
    let mut expected: Map<String, Value> = given.as_object().cloned().unwrap_or_default();
    for field in &operation.headers {
        expected.remove(&field.name);
        let text = request
            .headers
            .get(&field.name)
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        if let Some(value) = sent(&field.name)
            && text.as_deref() != Some(as_text(&value).as_str())
        {
            problems.push(format!(
                "header {}: sent {value}, received {text:?}",
                field.name
            ));
        }
    }
    problems.extend(differences(
        &Value::Object(expected),
        &Value::Object(received),
    ));
    problems
}

fn as_text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
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

fn operation<'a>(api: &'a Api, name: &str) -> Option<&'a Operation> {
    let (method, path) = name.split_once(' ')?;
    let operations = &api.paths.get(path)?.operations;
    let method = Method::ALL.into_iter().find(|one| one.as_str() == method)?;
    operations.get(&method)
}
