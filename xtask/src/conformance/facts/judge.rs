//! Whether a client made of an answer what it must.

use super::compare::{Absence, differences};
use super::operation::{Operation, Reply};
use super::plan::Answer;
use crate::conformance::witness::{Case, Drift, Failure, Outcome};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeSet;

/// What is wrong with the outcome of a case.
pub(super) fn problems(
    operation: &Operation,
    case: &Case,
    answer: &Answer,
    outcome: &Outcome,
) -> Vec<String> {
    let refused = case.strict && !answer.drift.is_empty();
    match &outcome.error {
        Some(error) if refused && error.kind == "Drift" => of_drift(answer, &error.drift),
        Some(error) => vec![told(error)],
        None if refused => vec!["a strict call took an answer that differs".to_owned()],
        None => of_success(operation, answer, outcome),
    }
}

fn of_success(operation: &Operation, answer: &Answer, outcome: &Outcome) -> Vec<String> {
    let mut problems = Vec::new();
    if outcome.status != Some(operation.status) {
        problems.push(format!(
            "expected status {}, found {:?}",
            operation.status, outcome.status
        ));
    }
    problems.extend(of_drift(answer, &outcome.drift));
    match (&operation.reply, &answer.expected, &outcome.reply) {
        (Reply::Document(node), Some(expected), Some(found)) => {
            problems.extend(differences(node, expected, found, Absence::Lenient));
        }
        (Reply::Document(_), _, None) => problems.push("the reply was lost".to_owned()),
        (_, _, Some(found)) if !found.is_null() && *found != Value::Object(Default::default()) => {
            problems.push("there is a reply, where none was sent".to_owned());
        }
        _ => {}
    }
    let file = outcome
        .file
        .as_ref()
        .map(|file| STANDARD.decode(file).unwrap_or_default());
    if file != answer.file {
        problems.push("the file is not the one that was sent".to_owned());
    }
    problems
}

fn of_drift(answer: &Answer, found: &[Drift]) -> Vec<String> {
    let found: BTreeSet<Drift> = found.iter().cloned().collect();
    let missed = answer.drift.difference(&found);
    let missed = missed.map(|drift| format!("{}: {} was not noticed", drift.path, drift.kind));
    let more = found.difference(&answer.drift);
    let more = more.map(|drift| {
        format!(
            "{}: {} was told of without a reason",
            drift.path, drift.kind
        )
    });
    missed.chain(more).collect()
}

fn told(error: &Failure) -> String {
    let violations = error
        .violations
        .iter()
        .map(|violation| format!("; {violation}"));
    format!(
        "{}: {}{}",
        error.kind,
        error.message,
        violations.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::witness::Kind;
    use serde_json::json;

    fn operation() -> Operation {
        let line = json!({"method": "GET", "path": "/v3/a", "title": "x", "responses": {"200": {
            "type": "object", "fields": {"id": {"type": "string", "required": true}, "ids": {"type": "array"}},
        }}});
        Operation::of(serde_json::from_value(line).expect("a line")).expect("an operation")
    }

    fn judged(strict: bool, answer: &Answer, outcome: &Outcome) -> Vec<String> {
        let case = Case {
            id: 1,
            operation: "GET /v3/a".to_owned(),
            kind: Kind::Full,
            strict,
            variables: Vec::new(),
            request: None,
        };
        problems(&operation(), &case, answer, outcome)
    }

    fn drift(path: &str) -> Drift {
        Drift {
            path: path.to_owned(),
            kind: "Missing".to_owned(),
        }
    }

    #[test]
    fn nothing_may_be_lost_added_or_told_of_without_a_reason() {
        let answer = Answer {
            sent: Some(json!({"id": "1"})),
            expected: Some(json!({"id": "1"})),
            ..Answer::default()
        };
        let good = Outcome {
            status: Some(200),
            reply: Some(json!({"id": "1", "ids": []})),
            ..Outcome::default()
        };
        assert_eq!(judged(true, &answer, &good), Vec::<String>::new());
        let bad = Outcome {
            status: Some(204),
            reply: Some(json!({"ids": [1]})),
            drift: vec![drift("id")],
            file: Some(String::new()),
            ..Outcome::default()
        };
        assert_eq!(judged(false, &answer, &bad).len(), 5);
        let nothing = Outcome {
            status: Some(200),
            ..Outcome::default()
        };
        assert_eq!(judged(false, &answer, &nothing), ["the reply was lost"]);
    }

    #[test]
    fn a_strict_call_must_be_refused_with_exactly_the_places() {
        let answer = Answer {
            sent: Some(json!({})),
            expected: Some(json!({})),
            drift: [drift("id")].into(),
            file: None,
        };
        let taken = Outcome {
            status: Some(200),
            reply: Some(json!({})),
            drift: vec![drift("id")],
            ..Outcome::default()
        };
        assert_eq!(judged(false, &answer, &taken), Vec::<String>::new());
        assert_eq!(judged(true, &answer, &taken).len(), 1);
        let refused = |kind: &str, path: &str| Outcome {
            error: Some(Failure {
                kind: kind.to_owned(),
                outcome: "Answered".to_owned(),
                message: "m".to_owned(),
                drift: vec![drift(path)],
                violations: Vec::new(),
            }),
            ..Outcome::default()
        };
        assert_eq!(
            judged(true, &answer, &refused("Drift", "id")),
            Vec::<String>::new()
        );
        assert_eq!(judged(true, &answer, &refused("Drift", "other")).len(), 2);
        assert_eq!(
            judged(true, &answer, &refused("Decoding", "id")),
            ["Decoding: m"]
        );
    }
}
