//! Shared shapes: those that are named exist, those that exist are named, and what they are.

use super::Problems;
use super::survey::{Owner, Survey};
use crate::diagnostic::{Diagnostic, Span, near_miss};
use crate::model::{SchemaKind, ShapeId};

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for reference in &survey.references {
        if survey.shape(reference.id).is_none()
            && !survey.spec.unreadable_shapes.contains(reference.id)
        {
            let span = survey.place(reference.at.file, &format!("{}#type", reference.pointer));
            problems.push(unknown(survey, reference.id, span));
        }
    }
    kinds(survey, problems);
    bodies(survey, problems);
    if survey.spec.complete {
        unused(survey, problems);
    }
}

fn unknown(survey: &Survey<'_>, id: &ShapeId, span: Span) -> Diagnostic {
    let problem = Diagnostic::error("unknown-shape", span, format!("there is no shape `{id}`"));
    let elsewhere = survey
        .spec
        .shapes
        .keys()
        .find(|other| other.name == id.name);
    let problem = match elsewhere {
        Some(other) => problem.replace_with(other.to_string()),
        None => {
            let qualified = survey.spec.sources.slice(span).contains('.');
            let own = survey
                .spec
                .shapes
                .keys()
                .filter(|other| other.product == id.product);
            match near_miss(&id.name, own.map(|other| other.name.as_str())) {
                Some(name) if qualified => problem.replace_with(format!("{}.{name}", id.product)),
                Some(name) => problem.replace_with(name),
                None => problem,
            }
        }
    };
    problem.help(format!(
        "a shape is a file: `shapes/{}/{}.yaml`",
        id.product, id.name
    ))
}

fn kinds(survey: &Survey<'_>, problems: &mut Problems) {
    for document in survey.spec.shapes.values() {
        let kind = &document.content.schema.kind;
        // `Any` stands for what could not be read, too; a shape that says so itself has no sense either.
        if !matches!(
            kind,
            SchemaKind::Object(_) | SchemaKind::Enum(_) | SchemaKind::OneOf(_)
        ) {
            let span = survey.place(document.file, "#type");
            problems.push(
                Diagnostic::error(
                    "bad-shape",
                    span,
                    "a shared shape is an object, an enumeration or alternatives",
                )
                .help("write `fields`, `enum` or `one_of`"),
            );
        }
    }
}

/// A body is an object, whether it is described in place or not.
fn bodies(survey: &Survey<'_>, problems: &mut Problems) {
    for reference in &survey.references {
        let Some(schema) = survey.shape(reference.id) else {
            continue;
        };
        let name = reference.pointer.rsplit('.').next().unwrap_or_default();
        let is_body = reference.pointer.split('.').count() == 2
            && (name == "body" || name.parse::<u16>().is_ok())
            && matches!(reference.at.owner, Owner::Wire(_));
        if is_body && matches!(schema.kind, SchemaKind::Enum(_)) {
            let span = survey.place(reference.at.file, &reference.pointer);
            problems.push(
                Diagnostic::error(
                    "body-not-object",
                    span,
                    format!(
                        "the shape `{}` is an enumeration, and a body is an object",
                        reference.id
                    ),
                )
                .help("name a shape that has `fields`, or write the fields here"),
            );
        }
    }
}

fn unused(survey: &Survey<'_>, problems: &mut Problems) {
    let used = survey.wires_of_shapes();
    for (id, document) in survey
        .spec
        .shapes
        .iter()
        .filter(|(id, _)| !used.contains_key(id))
    {
        let span = survey.place(document.file, "#fields");
        problems.push(
            Diagnostic::error(
                "unused-shape",
                span,
                format!("no operation and no notification uses the shape `{id}`"),
            )
            .help("remove the file, or name the shape where it belongs"),
        );
    }
}
