//! Examples and defaults are values that the description allows.

use super::Problems;
use super::field_names;
use super::fits::{Fitting, Misfit};
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Literal, Schema, SchemaKind};

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for value in &survey.values {
        let written = [
            ("example", &value.schema.example),
            ("default", &value.schema.default),
        ];
        for (key, literal) in written {
            let Some(literal) = literal else { continue };
            let mut fitting = Fitting::new(survey);
            fitting.value(value.schema, literal);
            let span = survey.place(value.at.file, &format!("{}#{key}", value.pointer));
            let quoted = quoted(survey, value.schema, literal, span);
            for misfit in fitting.misfits {
                let problem = told(&misfit, key, span);
                problems.push(match &quoted {
                    Some(quoted) => problem.replace_with(quoted.clone()),
                    None => problem.help(format!(
                        "correct the {key}, or the description if the {key} is right"
                    )),
                });
            }
        }
    }
    for call in &survey.operations {
        of_operation(survey, call, problems);
    }
    for document in survey.spec.events.values() {
        for (index, variant) in document.content.variants.iter().enumerate() {
            let Some(example) = &variant.example else {
                continue;
            };
            let span = survey.place(document.file, &format!("variants.{index}#example"));
            let mut fitting = Fitting::new(survey);
            match (survey.members(&variant.body), example) {
                (Some(object), Literal::Object(members)) => fitting.object(object, members),
                (Some(_), _) => problems.push(
                    Diagnostic::error("bad-example", span, "the example of a document is a map")
                        .help("write the document's fields and their values"),
                ),
                (None, _) => {}
            }
            for misfit in &fitting.misfits {
                let help = "correct the example, or the description if the example is right";
                problems.push(told(misfit, "example", span).help(help));
            }
        }
    }
}

/// `example` of an operation: the fields are the request's, and have such values.
fn of_operation<'a>(survey: &Survey<'a>, call: &Call<'a>, problems: &mut Problems) {
    let fields = field_names::of_request(survey, call);
    for (name, value) in &call.operation.example {
        let pointer = format!("{}#example.{name}", call.method.key());
        let span = survey.place(call.file, &pointer);
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            let message = format!("the request has no field `{name}` for an example");
            problems.push(
                Diagnostic::error("unknown-field", span, message)
                    .near_miss(name, fields.iter().map(|field| field.name.as_str()))
                    .help("it is a field of the body, the query or the headers itself; the example of a path variable stands under `params`"),
            );
            continue;
        };
        let mut fitting = Fitting::new(survey);
        fitting.value(&field.schema, value);
        let help = "correct the example, or the description if the example is right";
        let misfits = fitting.misfits.iter();
        problems.extend(misfits.map(|misfit| told(misfit, "example", span).help(help)));
    }
}

fn told(misfit: &Misfit, key: &str, span: Span) -> Diagnostic {
    if misfit.doubtful {
        let message = format!(
            "this {key} holds `{}`, of which {}",
            misfit.part, misfit.message
        );
        return Diagnostic::warning("doubtful-example", span, message);
    }
    let part = match misfit.part.as_str() {
        "" => String::new(),
        part => format!(" at `{part}`"),
    };
    let message = format!(
        "this {key} contradicts its description{part}: {}",
        misfit.message
    );
    Diagnostic::error("bad-example", span, message)
}

/// The value in quotes, where a text is described and only the quotes are missing.
fn quoted(survey: &Survey<'_>, schema: &Schema, literal: &Literal, span: Span) -> Option<String> {
    let text = matches!(schema.kind, SchemaKind::Text(_));
    let bare = matches!(
        literal,
        Literal::Integer(_) | Literal::Number(_) | Literal::Boolean(_)
    );
    (text && bare).then(|| format!("\"{}\"", survey.spec.sources.slice(span)))
}
