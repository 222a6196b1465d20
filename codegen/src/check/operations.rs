//! What is said about operations and notifications: pages, dates, links.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, FileId};
use crate::model::Method;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for call in &survey.operations {
        let pointer = call.method.key();
        docs(survey, call.file, pointer, &call.operation.docs, problems);
        updated(survey, call, problems);
        link(survey, call, problems);
    }
    for document in &survey.spec.paths {
        if document.content.operations.is_empty() {
            problems.push(
                Diagnostic::error(
                    "no-operation",
                    survey.place(document.file, "#path"),
                    "a path without any operation",
                )
                .help(
                    "write what can be done there under `get`, `post`, `put`, `patch` or `delete`",
                ),
            );
        }
    }
    for document in survey.spec.events.values() {
        docs(survey, document.file, "", &document.content.docs, problems);
    }
}

fn docs(
    survey: &Survey<'_>,
    file: FileId,
    pointer: &str,
    docs: &[String],
    problems: &mut Problems,
) {
    for (index, page) in docs.iter().enumerate() {
        let good = page.starts_with("https://") || page.starts_with("http://");
        if !good || page.contains(char::is_whitespace) {
            let span = survey.place(file, &format!("{pointer}#docs.{index}"));
            problems.push(
                Diagnostic::error(
                    "bad-link",
                    span,
                    format!("`{page}` is no address of a page"),
                )
                .help("write the whole address: `https://pay.weixin.qq.com/doc/…`"),
            );
        }
    }
}

fn updated(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let Some(date) = &call.operation.updated else {
        return;
    };
    let dashed = date.replace('.', "-");
    if date.contains('-') || super::formats::violation("date", &dashed).is_some() {
        let span = survey.place(call.file, &format!("{}#updated", call.method.key()));
        problems.push(
            Diagnostic::error("bad-date", span, format!("`{date}` is no date")).help(
                "write the date of the official page as it stands there: `updated: \"2024.06.18\"`",
            ),
        );
    }
}

fn link(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let carries = call.operation.body.is_some()
        || call.operation.upload.is_some()
        || !call.operation.form.is_empty();
    if call.operation.link && (call.method != Method::Get || carries) {
        let span = survey.place(call.file, &format!("{}#link", call.method.key()));
        problems.push(
            Diagnostic::error(
                "bad-link",
                span,
                "what a browser opens as a link is a `get` without a body",
            )
            .help("remove `link`, or describe the operation under `get` with a `query`"),
        );
    }
}
