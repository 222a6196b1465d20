//! The report of a shared shape: where it stands, and the labels and examples that gave way to its own.

use super::Shared;
use super::candidate::Candidate;
use crate::import::example::shown;
use crate::import::report::{ReportEntry, ReportKind};
use crate::model::{Field, ObjectSchema, Schema, SchemaKind, Shape, ShapeId};
use std::collections::BTreeMap;

/// Notes the proposal of a shape, and what its members said in other words. `files` tells each path's file.
pub(super) fn report(
    shared: &Shared,
    shapes: &BTreeMap<ShapeId, Shape>,
    files: &BTreeMap<String, String>,
    entries: &mut Vec<ReportEntry>,
) {
    if !shared.existed {
        entries.push(proposal(shared));
    }
    let Some(shape) = shapes.get(&shared.id) else {
        return;
    };
    for member in &shared.group.members {
        let mut differences = Differences {
            shapes,
            steps: Vec::new(),
            found: Vec::new(),
        };
        differences.inside(&member.schema, &shape.schema);
        let file = files.get(&member.place.path).cloned().unwrap_or_default();
        let found = differences.found.into_iter();
        entries.extend(found.map(|difference| entry(&file, member, &shared.id, difference)));
    }
}

fn proposal(shared: &Shared) -> ReportEntry {
    let members = shared.group.members.iter();
    let places: Vec<String> = members
        .map(|member| format!("{} {}", member.place.path, member.place.in_report()))
        .collect();
    ReportEntry {
        file: format!("shapes/{}/{}.yaml", shared.id.product, shared.id.name),
        kind: ReportKind::Proposed,
        place: String::new(),
        fact: places.join(", "),
        chosen: format!("the shape {}", shared.id),
        why: "the same shape under the same field name or label".into(),
    }
}

fn entry(file: &str, member: &Candidate, shape: &ShapeId, difference: Difference) -> ReportEntry {
    let steps = [vec![member.place.in_report()], difference.steps].concat();
    ReportEntry {
        file: file.to_owned(),
        kind: ReportKind::Dropped,
        place: steps.join("."),
        fact: difference.fact,
        chosen: difference.ours,
        why: format!("the shape {shape} says it once for all"),
    }
}

/// Something that is said in other words.
struct Difference {
    steps: Vec<String>,
    fact: String,
    ours: String,
}

/// Goes through two schemas of the same shape, of which the second may refer to shapes.
struct Differences<'a> {
    shapes: &'a BTreeMap<ShapeId, Shape>,
    steps: Vec<String>,
    found: Vec<Difference>,
}

impl Differences<'_> {
    fn inside(&mut self, one: &Schema, other: &Schema) {
        match (&one.kind, &other.kind) {
            (SchemaKind::Ref(_), _) => {}
            (_, SchemaKind::Ref(id)) => {
                if let Some(shape) = self.shapes.get(id) {
                    self.inside(one, &shape.schema);
                }
            }
            (SchemaKind::Object(one), SchemaKind::Object(other))
            | (SchemaKind::UrlEncoded(one), SchemaKind::UrlEncoded(other)) => {
                self.members(one, other)
            }
            (SchemaKind::List(one), SchemaKind::List(other)) => {
                self.step("items", &one.items, &other.items)
            }
            (SchemaKind::Map(one), SchemaKind::Map(other)) => self.step("map", one, other),
            (SchemaKind::Json(one), SchemaKind::Json(other)) => self.step("json", one, other),
            (SchemaKind::OneOf(one), SchemaKind::OneOf(other)) => {
                for (one, other) in one.iter().zip(other) {
                    self.members(&one.object, &other.object);
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, one: &ObjectSchema, other: &ObjectSchema) {
        for field in &one.fields {
            let twin: Option<&Field> = other.fields.iter().find(|twin| twin.name == field.name);
            if let Some(twin) = twin {
                self.step(&field.name, &field.schema, &twin.schema);
            }
        }
    }

    fn step(&mut self, name: &str, one: &Schema, other: &Schema) {
        self.steps.push(name.to_owned());
        self.word("label", one.label.clone(), other.label.clone());
        self.word(
            "example",
            one.example.as_ref().map(shown),
            other.example.as_ref().map(shown),
        );
        self.inside(one, other);
        self.steps.pop();
    }

    fn word(&mut self, what: &str, one: Option<String>, other: Option<String>) {
        if let Some(fact) = one.filter(|one| Some(one) != other.as_ref()) {
            self.found.push(Difference {
                steps: self.steps.clone(),
                fact: format!("{what} {fact}"),
                ours: other.unwrap_or_else(|| "none".into()),
            });
        }
    }
}
