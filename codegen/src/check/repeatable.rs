//! `repeatable` and `number`: by what a write may be sent again, or is at least known.

use super::Problems;
use super::field_names;
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Field, Method, Repeatable};

/// The header that makes one attempt the same as another.
const HEADER: &str = "Idempotency-Key";

/// Where the number of a write may stand.
const WHERE: &str =
    "it is a path variable, or a field of the body or the query itself, not of an object in them";

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for call in &survey.operations {
        number(survey, call, problems);
        let Some(repeatable) = &call.operation.repeatable else {
            continue;
        };
        let span = survey.place(call.file, &format!("{}#repeatable", call.method.key()));
        if call.method == Method::Get {
            problems.push(
                Diagnostic::error("repeatable-read", span, "a `get` may always be sent again")
                    .help("remove `repeatable`; it is for what writes"),
            );
        } else if let Repeatable::By(name) = repeatable {
            by_field(survey, call, name, span, problems);
        } else if let Some(field) = call
            .operation
            .headers
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(HEADER))
        {
            let at = survey.place(
                call.file,
                &format!("{}.headers.{}", call.method.key(), field.name),
            );
            problems.push(
                Diagnostic::error(
                    "repeatable-key",
                    at,
                    format!("the header `{HEADER}` is made by the client itself"),
                )
                .also(span, "this says so")
                .help("remove the header from `headers`"),
            );
        }
    }
}

/// `number` is for writes that `repeatable` gives none.
fn number(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let Some(name) = &call.operation.number else {
        return;
    };
    let span = survey.place(call.file, &format!("{}#number", call.method.key()));
    let fields = fields(survey, call);
    if call.method == Method::Get {
        let message = "a `get` does nothing that would have a number";
        let problem = Diagnostic::error("needless-number", span, message);
        problems.push(problem.help("remove `number`; it is for what writes"));
    } else if let Some(repeatable) = &call.operation.repeatable {
        let message = match repeatable {
            Repeatable::By(by) => format!("`repeatable: by {by}` names the number already"),
            Repeatable::Key => "a write that is repeatable by its key needs no number".to_owned(),
        };
        problems.push(Diagnostic::error("needless-number", span, message).help("remove `number`"));
    } else if !fields.iter().any(|field| field.name == *name) {
        let message = format!("the request has no field `{name}` that could be its number");
        problems.push(
            Diagnostic::error("unknown-field", span, message)
                .near_miss(name, fields.iter().map(|field| field.name.as_str()))
                .help(WHERE),
        );
    }
}

/// The path's variables, and the fields of the request.
fn fields<'a>(survey: &Survey<'a>, call: &Call<'a>) -> Vec<&'a Field> {
    let mut fields: Vec<&Field> = call.item.params.iter().collect();
    fields.extend(field_names::of_request(survey, call));
    fields
}

fn by_field(survey: &Survey<'_>, call: &Call<'_>, name: &str, span: Span, problems: &mut Problems) {
    let fields = fields(survey, call);
    match fields.iter().find(|field| field.name == name) {
        None => {
            let message =
                format!("the request has no field `{name}` by which it could be repeated");
            problems.push(
                Diagnostic::error("unknown-field", span, message)
                    .near_miss(name, fields.iter().map(|field| field.name.as_str()))
                    .help(WHERE),
            );
        }
        Some(field) if !field.required => {
            let message = format!(
                "`{name}` may be left out, and then nothing tells a second attempt from a second order"
            );
            problems.push(
                Diagnostic::warning("repeatable-optional", span, message)
                    .help("make the field required, or name another one"),
            );
        }
        Some(_) => {}
    }
}
