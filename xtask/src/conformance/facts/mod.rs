//! The witness of the facts. Generated code and sandbox read the same description, so that a field lost when it was imported
//! would be missed by neither. Here requests, checks and answers are made from `operations.jsonl` itself, and nothing of the
//! generator is used: what the facts say and the description does not is lost, added or told of as drift, and shows.
//!
//! The flaws of the facts are repaired by rules of this module's own, in [`kind`] (types, enumerations, bounds, patterns),
//! [`operation`] (headers that the client makes, files, hosts) and [`upload`] (what of `meta` the client fills).

mod check;
mod compare;
mod damage;
mod deviations;
mod judge;
mod kind;
mod listed;
mod multipart;
mod node;
mod notes;
mod operation;
mod plan;
mod request;
mod secret;
mod serve;
mod text;
mod upload;
mod value;

use super::witness::{Case, DEFAULT_FAMILY, Host, Outcome, Server, Witness};
use anyhow::{Context as _, Result};
use deviations::Deviation;
use node::{Line, Node};
pub(crate) use notes::told;
use notes::{Note, NoteKind};
use operation::Operation;
use serve::{Listener, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use wechatpay_sandbox::SandboxKeys;

/// The witness of the facts.
pub(crate) struct FromFacts {
    stage: Arc<Stage>,
    cases: Vec<Case>,
    notes: Vec<Note>,
    listeners: Vec<Listener>,
}

/// What the facts are compared with, as far as its names go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'s> {
    /// The operations that the generated crate has, by their names: `POST /v3/…`.
    pub(crate) described: &'s BTreeSet<String>,
    /// Those of them that cases are wanted of.
    pub(crate) wanted: &'s BTreeSet<String>,
    /// The text of `spec/deviations.yaml`.
    pub(crate) deviations: &'s str,
}

impl FromFacts {
    /// The witness of some facts, one operation a line.
    ///
    /// # Errors
    /// The facts or the deviations can't be read.
    pub(crate) fn new(facts: &str, scope: Scope<'_>) -> Result<Self> {
        let deviations = deviations::read(scope.deviations)?;
        let (mut operations, mut plans, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        let mut left = scope.described.clone();
        for line in node::read(facts)? {
            let name = operation::name(&line);
            left.remove(&name);
            let mut note = |kind, text: &str| notes.push(Note::new(kind, &name, text));
            if !scope.described.contains(&name) {
                note(NoteKind::NotDescribed, "");
            } else if !operation::is_callable(&line) {
                note(NoteKind::NotCallable, "");
            } else if scope.wanted.contains(&name) {
                for repair in repairs(&line) {
                    note(NoteKind::Repaired, &repair);
                }
                let own = deviations.iter().filter(|one| one.operation == name);
                let added = prepared(line, own, &mut note).and_then(|operation| {
                    plan::add(&mut plans, operations.len(), &operation)?;
                    operations.push(operation);
                    Ok(())
                });
                if let Err(why) = added {
                    note(NoteKind::NotUnderstood, &why);
                }
            }
        }
        notes.extend(
            left.iter()
                .map(|name| Note::new(NoteKind::NotInFacts, name, "")),
        );
        notes.sort();
        Ok(Self {
            cases: plans.iter().map(|plan| plan.case.clone()).collect(),
            stage: Arc::new(Stage::new(operations, plans)),
            notes,
            listeners: Vec::new(),
        })
    }

    /// All that is not checked, or not as the facts say it, by name.
    pub(crate) fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl Witness for FromFacts {
    fn name(&self) -> &'static str {
        "facts"
    }

    fn cases(&self) -> &[Case] {
        &self.cases
    }

    async fn start(&mut self) -> Result<Server> {
        let keys = SandboxKeys::shared()?;
        let mut hosts = BTreeMap::new();
        let families: BTreeSet<&str> = self.stage.operations.iter().map(|one| one.family).collect();
        for family in [DEFAULT_FAMILY].into_iter().chain(families) {
            if hosts.contains_key(family) {
                continue;
            }
            let keys = keys_of(family, &keys)?;
            let client = keys.client_material()?;
            let listener = Listener::start(self.stage.clone(), family, keys).await?;
            let host = Host {
                url: listener.url.clone(),
                public_key_id: client.public_key_id,
                public_key: client.public_key,
            };
            hosts.insert(family.to_owned(), host);
            self.listeners.push(listener);
        }
        let client = keys.client_material()?;
        Ok(Server { hosts, client })
    }

    fn judge(&self, case: &Case, outcome: &Outcome) -> Vec<String> {
        let Some((plan, operation)) = self.stage.plan(case.id) else {
            return vec!["the case is none of this witness".to_owned()];
        };
        let received = self.stage.received(case.id);
        let mut problems: Vec<String> = received.concat();
        if received.len() != 1 {
            problems.push(format!("{} requests arrived", received.len()));
        }
        match plan.answer(operation) {
            Ok(answer) => problems.extend(judge::problems(operation, case, &answer, outcome)),
            Err(why) => problems.push(why),
        }
        problems
    }

    async fn stop(&mut self) {
        for listener in self.listeners.drain(..) {
            listener.stop().await;
        }
    }
}

/// The keys of a family of hosts: the callers are the same everywhere, the platform's keys are not.
fn keys_of(family: &str, shared: &SandboxKeys) -> Result<SandboxKeys> {
    if family == DEFAULT_FAMILY {
        return Ok(shared.clone());
    }
    let other = SandboxKeys::generate().context("cannot make keys")?;
    let mut material = shared.material().clone();
    let own = other.material();
    material
        .public_key_private_key
        .clone_from(&own.public_key_private_key);
    material
        .platform_certificates
        .clone_from(&own.platform_certificates);
    material.public_key_id = format!("{}1", material.public_key_id);
    Ok(SandboxKeys::from_material(material)?)
}

/// The operation, with the description's departures.
fn prepared<'d>(
    mut line: Line,
    deviations: impl Iterator<Item = &'d Deviation>,
    note: &mut impl FnMut(NoteKind, &str),
) -> Result<Operation, String> {
    for deviation in deviations {
        note(NoteKind::Deviation, &deviation.told());
        deviation.apply(&mut line)?;
    }
    Operation::of(line)
}

/// What was repaired in an operation's nodes, each with its place.
fn repairs(line: &Line) -> Vec<String> {
    let mut repairs = Vec::new();
    for param in &line.params {
        let name = param.name.as_deref().unwrap_or_default();
        repairs_in(param, name, &mut repairs);
    }
    if let Some(body) = &line.body {
        repairs_in(body, "body", &mut repairs);
    }
    for (status, reply) in &line.responses {
        repairs_in(reply, &status.to_string(), &mut repairs);
    }
    repairs
}

fn repairs_in(node: &Node, place: &str, repairs: &mut Vec<String>) {
    let own = node.repairs().into_iter();
    repairs.extend(own.map(|repair| format!("{place}: {repair}")));
    for (step, child) in node.children() {
        repairs_in(child, &format!("{place}{step}"), repairs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::TableFormat;

    #[test]
    fn what_has_no_case_is_named_with_the_reason() {
        let line = |path: &str, reply: &str| {
            format!(
                r#"{{"method":"GET","path":"{path}","title":"x","responses":{{"200":{reply}}}}}"#
            )
        };
        let list = r#"{"type":"object","fields":{"a":{"type":"array","maxLength":5,"items":{"type":"string"}}}}"#;
        let facts = [
            line("/pay/micropay", "{}"),
            line("/v3/a", list),
            line(
                "/v3/b",
                r#"{"type":"object","additional":{"type":"string"}}"#,
            ),
            line("/v3/c", "{}"),
            line("/v3/d", "{}"),
            line("/v3/e", list),
        ];
        let names = |names: &[&str]| names.iter().map(|name| format!("GET {name}")).collect();
        let scope = Scope {
            described: &names(&["/pay/micropay", "/v3/a", "/v3/b", "/v3/d", "/v3/e", "/v3/f"]),
            wanted: &names(&["/v3/a", "/v3/b", "/v3/e"]),
            deviations: "- { operation: GET /v3/e, place: 200.a, fact: present, ours: absent, why: never seen }",
        };
        let witness = FromFacts::new(&facts.join("\n"), scope).expect("a witness");
        let told = told(witness.notes(), TableFormat::Text);
        assert_eq!(
            told,
            "
1 described, but not in the facts:
  GET /v3/f

1 in the facts, but not described:
  GET /v3/c

1 not checked:
  GET /v3/b: the reply: `additional` is not known here

1 where the description departs from the facts on purpose:
  GET /v3/e: 200.a: absent (never seen)

2 flaws of the facts, repaired:
  GET /v3/a: 200.a: maxLength 5 of a list counts its items
  GET /v3/e: 200.a: maxLength 5 of a list counts its items
"
        );
        let called: BTreeSet<_> = witness
            .cases()
            .iter()
            .map(|case| case.operation.as_str())
            .collect();
        assert_eq!(called, BTreeSet::from(["GET /v3/a", "GET /v3/e"]));
    }
}
