//! Official names: whatever has a page of its own has one.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::{Diagnostic, FileId};

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for call in &survey.operations {
        let pointer = call.method.key();
        one(survey, call.file, pointer, &call.operation.title, problems);
    }
    for document in survey.spec.events.values() {
        one(survey, document.file, "", &document.content.title, problems);
    }
    if let Some(document) = survey.spec.products.document() {
        for (name, product) in &document.content {
            let pointer = format!(".{name}");
            one(survey, document.file, &pointer, &product.title, problems);
        }
    }
}

fn one(survey: &Survey<'_>, file: FileId, pointer: &str, title: &str, problems: &mut Problems) {
    let at = format!("{pointer}#title");
    if title.trim().is_empty() && !survey.is_unreadable(file, &at) {
        problems.push(
            Diagnostic::error(
                "missing-title",
                survey.place(file, &at),
                "there is no `title`",
            )
            .help("write the name that the official page has: `title: 查询订单`"),
        );
    }
}
