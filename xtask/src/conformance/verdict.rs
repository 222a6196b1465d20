//! Whether the client made of an answer what it must.

use super::compare::differences;
use super::witness::{Case, Drift, Outcome};
use serde_json::Value;

/// What a client must make of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Expected {
    /// The status.
    pub(crate) status: u16,
    /// The document; `None`: there is none.
    pub(crate) reply: Option<Value>,
    /// The bytes of a file, in base64.
    pub(crate) file: Option<String>,
    /// Where it differs from its description, in the order of the paths.
    pub(crate) drift: Vec<Drift>,
}

/// What is wrong with an outcome; empty where all is well.
pub(crate) fn judge(case: &Case, expected: &Expected, outcome: &Outcome) -> Vec<String> {
    if case.strict && !expected.drift.is_empty() {
        return judge_strict(expected, outcome);
    }
    if let Some(error) = &outcome.error {
        let mut text = format!("{} ({}): {}", error.kind, error.outcome, error.message);
        for violation in &error.violations {
            text.push_str(&format!("; {violation}"));
        }
        return vec![text];
    }
    let mut problems = Vec::new();
    if outcome.status != Some(expected.status) {
        let status = outcome.status.unwrap_or_default();
        problems.push(format!("sent status {}, read {status}", expected.status));
    }
    problems.extend(drift(&expected.drift, &outcome.drift));
    let nothing = Value::Null;
    let (sent, read) = (&expected.reply, &outcome.reply);
    problems.extend(differences(
        sent.as_ref().unwrap_or(&nothing),
        read.as_ref().unwrap_or(&nothing),
    ));
    if expected.file != outcome.file {
        problems.push("the file is not the one that was sent".into());
    }
    problems
}

fn judge_strict(expected: &Expected, outcome: &Outcome) -> Vec<String> {
    let Some(error) = &outcome.error else {
        return vec!["a strict call took a reply that differs from its description".into()];
    };
    let mut problems = Vec::new();
    if (error.kind.as_str(), error.outcome.as_str()) != ("Drift", "Answered") {
        problems.push(format!(
            "expected an error of drift, got {} ({}): {}",
            error.kind, error.outcome, error.message
        ));
    }
    problems.extend(drift(&expected.drift, &error.drift));
    let unnamed = expected
        .drift
        .iter()
        .filter(|drift| !error.message.contains(&drift.path));
    problems.extend(unnamed.map(|drift| format!("{}: the error does not name it", drift.path)));
    problems
}

/// What was not noticed, and what was noticed although it was not done.
fn drift(expected: &[Drift], found: &[Drift]) -> Vec<String> {
    let (mut left, mut more) = (expected.to_vec(), Vec::new());
    for drift in found {
        match left.iter().position(|one| one == drift) {
            Some(position) => {
                left.swap_remove(position);
            }
            None => more.push(drift),
        }
    }
    left.sort();
    let unseen = left
        .iter()
        .map(|drift| format!("{}: no drift of kind {}", drift.path, drift.kind));
    let unexpected = more
        .iter()
        .map(|drift| format!("{}: unexpected drift of kind {}", drift.path, drift.kind));
    unseen.chain(unexpected).collect()
}

#[cfg(test)]
mod tests {
    use super::{Expected, judge};
    use crate::conformance::witness::{Case, Drift, Failure, Kind, Outcome};
    use serde_json::json;

    fn case(strict: bool) -> Case {
        Case {
            id: 0,
            operation: "GET /v3/orders".into(),
            kind: Kind::LeftOut,
            strict,
            variables: Vec::new(),
            request: None,
        }
    }

    fn drift(path: &str) -> Drift {
        Drift {
            path: path.into(),
            kind: "Missing".into(),
        }
    }

    fn expected(drift: Vec<Drift>) -> Expected {
        Expected {
            status: 200,
            reply: Some(json!({"a": 1})),
            drift,
            ..Expected::default()
        }
    }

    fn outcome(drift: Vec<Drift>) -> Outcome {
        Outcome {
            status: Some(200),
            reply: Some(json!({"a": 1})),
            drift,
            ..Outcome::default()
        }
    }

    #[test]
    fn drift_is_told_as_it_is() {
        let expected = expected(vec![drift("a.b"), drift("c")]);
        let told = |found| judge(&case(false), &expected, &outcome(found));
        assert_eq!(told(vec![drift("c"), drift("a.b")]), [""; 0]);
        assert_eq!(
            told(vec![drift("c"), drift("d")]),
            [
                "a.b: no drift of kind Missing",
                "d: unexpected drift of kind Missing"
            ]
        );
    }

    #[test]
    fn statuses_documents_and_files_are_compared() {
        let sent = Expected {
            status: 202,
            reply: Some(json!({"a": 2})),
            file: Some("YQ==".into()),
            drift: Vec::new(),
        };
        assert_eq!(
            judge(&case(false), &sent, &outcome(Vec::new())),
            [
                "sent status 202, read 200",
                "a: sent 2, read 1",
                "the file is not the one that was sent"
            ]
        );
    }

    #[test]
    fn a_strict_call_must_fail_by_what_differs() {
        let failed = |message: &str| Outcome {
            error: Some(Failure {
                kind: "Drift".into(),
                outcome: "Answered".into(),
                message: message.into(),
                drift: vec![drift("a.b")],
                violations: Vec::new(),
            }),
            ..Outcome::default()
        };
        let differs = expected(vec![drift("a.b")]);
        let told = |outcome| judge(&case(true), &differs, &outcome);
        assert_eq!(told(failed("a.b: required, but not there")), [""; 0]);
        assert_eq!(told(failed("")), ["a.b: the error does not name it"]);
        assert_eq!(told(outcome(vec![drift("a.b")])).len(), 1);
        let as_described = expected(Vec::new());
        let problems = judge(&case(true), &as_described, &failed("a.b"));
        assert_eq!(problems, ["Drift (Answered): a.b"]);
    }
}
