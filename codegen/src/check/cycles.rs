//! Shapes that would need themselves: a value of such a type could never be made.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::Diagnostic;
use crate::model::{Field, SchemaKind, ShapeId};
use std::collections::BTreeSet;

/// A required member of a shape that is another shape.
struct Need<'a> {
    shape: &'a ShapeId,
    pointer: String,
}

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let mut told = BTreeSet::new();
    for id in survey.spec.shapes.keys() {
        let mut way = Vec::new();
        if !told.contains(id) && leads_back(survey, id, id, &mut way, &mut BTreeSet::new()) {
            told.insert(id);
            told.extend(way.iter().map(|need| need.shape));
            problems.extend(problem(survey, id, &way));
        }
    }
}

/// Whether required members lead from a shape to `target`; `way` then holds them.
fn leads_back<'a>(
    survey: &Survey<'a>,
    from: &ShapeId,
    target: &ShapeId,
    way: &mut Vec<Need<'a>>,
    seen: &mut BTreeSet<&'a ShapeId>,
) -> bool {
    for need in needs(survey, from) {
        let shape = need.shape;
        way.push(need);
        let found =
            shape == target || (seen.insert(shape) && leads_back(survey, shape, target, way, seen));
        if found {
            return true;
        }
        way.pop();
    }
    false
}

fn needs<'a>(survey: &Survey<'a>, id: &ShapeId) -> Vec<Need<'a>> {
    let mut needs = Vec::new();
    if let Some(SchemaKind::Object(object)) = survey.shape(id).map(|schema| &schema.kind) {
        collect(&object.fields, "", &mut needs);
    }
    needs
}

/// Lists and maps may be empty, and null may stand for a value: they end a cycle.
fn collect<'a>(fields: &'a [Field], parent: &str, needs: &mut Vec<Need<'a>>) {
    for field in fields
        .iter()
        .filter(|field| field.required && !field.schema.nullable)
    {
        let pointer = format!("{parent}.{}", field.name);
        match &field.schema.kind {
            SchemaKind::Ref(shape) => needs.push(Need { shape, pointer }),
            SchemaKind::Object(object) => collect(&object.fields, &pointer, needs),
            SchemaKind::Json(inner) => {
                if let SchemaKind::Ref(shape) = &inner.kind {
                    needs.push(Need { shape, pointer });
                }
            }
            _ => {}
        }
    }
}

fn problem(survey: &Survey<'_>, id: &ShapeId, way: &[Need<'_>]) -> Option<Diagnostic> {
    let mut owner = id;
    let mut problem: Option<Diagnostic> = None;
    for need in way {
        let file = survey.spec.shapes.get(owner)?.file;
        let span = survey.place(file, &need.pointer);
        let label = format!("{} needs {}", owner.name, need.shape.name);
        problem = Some(match problem {
            None => {
                let message =
                    format!("the shape {id} needs itself, so no value of it can ever be made");
                Diagnostic::error("required-cycle", span, message).label(label)
            }
            Some(problem) => problem.also(span, label),
        });
        owner = need.shape;
    }
    problem.map(|problem| problem.help("make one of these fields optional with a `?`, or a list"))
}
