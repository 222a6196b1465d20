//! The cases of an operation, and what is answered to each.

use super::damage::{Damaged, Reach, damaged};
use super::listed::{turned, turns};
use super::operation::{Operation, Reply};
use super::request::{request, variables};
use super::value::{Extent, value};
use crate::conformance::witness::{Case, Drift, Kind};
use serde_json::Value;
use std::collections::BTreeSet;

/// A case, and what it is about.
pub(super) struct Plan {
    pub(super) case: Case,
    /// The operation's index.
    pub(super) operation: usize,
    answered: Answered,
}

/// How an answer departs from the one that the examples make.
#[derive(Clone, Copy)]
enum Answered {
    /// Not at all.
    Plain,
    /// The listed values of a turn stand in it.
    Turned(usize),
    /// It is damaged.
    Damaged(Reach),
}

/// What is answered, in plain, and what a client is to make of it.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) sent: Option<Value>,
    pub(super) expected: Option<Value>,
    pub(super) drift: BTreeSet<Drift>,
    pub(super) file: Option<Vec<u8>>,
}

impl Plan {
    /// The answer to the case's request. It is the same each time.
    ///
    /// # Errors
    /// Why none could be made.
    pub(super) fn answer(&self, operation: &Operation) -> Result<Answer, String> {
        let node = match &operation.reply {
            Reply::Nothing => return Ok(Answer::default()),
            Reply::File(_) => {
                return Ok(Answer {
                    file: Some(file()),
                    ..Answer::default()
                });
            }
            Reply::Document(node) => node,
        };
        let kind = self.case.kind;
        let whole = value("the reply", node, extent(kind, Extent::Full))?;
        let (sent, expected, drift) = match self.answered {
            Answered::Plain => (whole.clone(), whole, BTreeSet::new()),
            Answered::Turned(turn) => {
                let turned = turned(node, &whole, turn);
                (turned.clone(), turned, BTreeSet::new())
            }
            Answered::Damaged(reach) => {
                let Damaged {
                    sent,
                    expected,
                    drift,
                } = damaged(node, &whole, kind, reach);
                (sent, expected, drift)
            }
        };
        Ok(Answer {
            sent: Some(sent),
            expected: Some(expected),
            drift,
            file: None,
        })
    }
}

/// How much of a document a case has; `other` where its kind does not say it.
fn extent(kind: Kind, other: Extent) -> Extent {
    match kind {
        Kind::Required => Extent::Required,
        Kind::Full => Extent::Full,
        _ => other,
    }
}

/// A file as it is answered: every byte, and more of them than one read brings.
fn file() -> Vec<u8> {
    (0..100_000_u32).map(|index| (index % 256) as u8).collect()
}

/// Adds the cases of an operation.
///
/// # Errors
/// Why one of them could not be made; none is added then.
pub(super) fn add(
    plans: &mut Vec<Plan>,
    index: usize,
    operation: &Operation,
) -> Result<(), String> {
    let mut own = Vec::new();
    for (kind, answered, strict) in tries(operation) {
        let extent = extent(kind, Extent::Required);
        let plan = Plan {
            case: Case {
                id: plans.len() + own.len(),
                operation: operation.name.clone(),
                kind,
                strict,
                variables: variables(operation, extent)?,
                request: request(operation, extent)?,
            },
            operation: index,
            answered,
        };
        let answer = plan.answer(operation)?;
        let degraded = Kind::DEGRADED.contains(&kind);
        let changed = !answer.drift.is_empty() || answer.sent != answer.expected;
        if !degraded || changed {
            own.push(plan);
        }
    }
    plans.append(&mut own);
    Ok(())
}

/// All that is tried. Undamaged answers must not differ for a strict client either.
fn tries(operation: &Operation) -> Vec<(Kind, Answered, bool)> {
    let mut tries = vec![
        (Kind::Required, Answered::Plain, true),
        (Kind::Full, Answered::Plain, false),
    ];
    let Reply::Document(node) = &operation.reply else {
        return tries;
    };
    let turns = match turns(node) {
        1 => 0,
        turns => turns,
    };
    tries.extend((0..turns).map(|turn| (Kind::Full, Answered::Turned(turn), true)));
    for kind in Kind::DEGRADED {
        let both = matches!(kind, Kind::LeftOut | Kind::Null);
        let reaches: &[Reach] = if both {
            &[Reach::Values, Reach::Wholes]
        } else {
            &[Reach::Values]
        };
        for reach in reaches {
            let answered = Answered::Damaged(*reach);
            tries.extend([(kind, answered, false), (kind, answered, true)]);
        }
    }
    tries
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plans(response: Value) -> (Operation, Vec<Plan>) {
        let line =
            json!({"method": "GET", "path": "/v3/a", "title": "x", "responses": {"200": response}});
        let operation =
            Operation::of(serde_json::from_value(line).expect("a line")).expect("an operation");
        let mut plans = Vec::new();
        add(&mut plans, 0, &operation).expect("cases");
        (operation, plans)
    }

    #[test]
    fn only_what_can_be_damaged_is() {
        let (_, plans) = plans(
            json!({"type": "object", "fields": {"id": {"type": "string", "required": true}}}),
        );
        let told: Vec<_> = plans
            .iter()
            .map(|plan| (plan.case.kind, plan.case.strict))
            .collect();
        assert_eq!(
            told,
            [
                (Kind::Required, true),
                (Kind::Full, false),
                (Kind::LeftOut, false),
                (Kind::LeftOut, true),
                (Kind::Null, false),
                (Kind::Null, true),
                (Kind::UnknownFields, false),
                (Kind::UnknownFields, true),
            ]
        );
        assert!(
            plans
                .iter()
                .enumerate()
                .all(|(id, plan)| plan.case.id == id)
        );
    }

    #[test]
    fn an_answer_has_as_much_as_its_case() {
        let (operation, plans) = plans(json!({"type": "object", "fields": {
            "id": {"type": "string", "required": true, "example": "1"}, "more": {"type": "string", "example": "2"},
        }}));
        let sent = |index: usize| plans[index].answer(&operation).expect("an answer").sent;
        assert_eq!(sent(0), Some(json!({"id": "1"})));
        assert_eq!(sent(1), Some(json!({"id": "1", "more": "2"})));
        assert_eq!(sent(2), Some(json!({"more": "2"})));
    }

    #[test]
    fn every_listed_value_is_answered_once() {
        let (operation, plans) = plans(json!({"type": "object", "fields": {
            "state": {"type": "string", "enum": ["A", "B"], "example": "B"},
        }}));
        let full = plans.iter().filter(|plan| plan.case.kind == Kind::Full);
        let states = full.map(|plan| {
            plan.answer(&operation)
                .expect("an answer")
                .sent
                .expect("a document")
        });
        let states: Vec<_> = states.map(|sent| sent["state"].clone()).collect();
        assert_eq!(states, ["B", "A", "B"]);
    }

    #[test]
    fn nothing_and_files_are_not_damaged() {
        let (operation, plans) = plans(json!({}));
        assert_eq!(plans.len(), 2);
        let answer = plans[0].answer(&operation).expect("an answer");
        assert!(answer.sent.is_none() && answer.file.is_none());
    }
}
