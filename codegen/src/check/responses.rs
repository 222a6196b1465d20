//! Replies: there is one of success, and it is one shape.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::Diagnostic;
use crate::model::Response;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for call in &survey.operations {
        statuses(survey, call, problems);
        bodies(survey, call, problems);
    }
}

fn statuses(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let method = call.method.key();
    let responses = &call.operation.responses;
    if call.operation.link {
        return;
    }
    let at = format!("{method}#responses");
    if responses.is_empty() && !survey.is_unreadable(call.file, &at) {
        problems.push(
            Diagnostic::error(
                "no-success",
                survey.place(call.file, &at),
                "nothing says what a success brings",
            )
            .help(
                "write a status of 2xx: `responses: { 204: }` for no body, or `200:` with fields",
            ),
        );
    }
    for status in responses.keys().filter(|status| !is_success(**status)) {
        let span = survey.place(call.file, &format!("{method}.{status}"));
        problems.push(
            Diagnostic::error(
                "status-of-failure",
                span,
                format!("{status} is no status of success"),
            )
            .help("errors look the same for all operations and are not described"),
        );
    }
}

/// A body for 200 and nothing for 204 go together; two different bodies do not.
fn bodies(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let mut bodies = call
        .operation
        .responses
        .iter()
        .filter(|(status, response)| is_success(**status) && **response != Response::Empty);
    let Some((first, one)) = bodies.next() else {
        return;
    };
    for (status, _) in bodies.filter(|(_, other)| *other != one) {
        let place = |status| survey.place(call.file, &format!("{}.{status}", call.method.key()));
        problems.push(
            Diagnostic::error(
                "two-bodies",
                place(status),
                format!("{status} brings another body than {first}"),
            )
            .also(place(first), "the other body")
            .help("describe one body with the fields of both, optional where only one has them"),
        );
    }
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}
