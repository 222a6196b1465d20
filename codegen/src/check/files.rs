//! A path's file stands where the path says.

use super::survey::Survey;
use super::{Problems, routes};
use crate::diagnostic::Diagnostic;
use crate::naming;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for document in &survey.spec.paths {
        let expected = naming::spec_file(&document.content);
        let actual = survey.spec.sources.name(document.file);
        if expected != actual && routes::is_well_written(&document.content.path) {
            let span = survey.place(document.file, "#path");
            let message =
                format!("the description of this path does not stand in its place, `{expected}`");
            problems.push(
                Diagnostic::error("misplaced-file", span, message)
                    .label(format!("this leads to `{expected}`"))
                    .help(format!("move the file there, or correct `path`, if it is not the path of `{actual}`")),
            );
        }
    }
}
