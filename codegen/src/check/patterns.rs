//! Patterns that no reader can use.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::Diagnostic;
use crate::model::SchemaKind;
use regex_lite::Regex;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for value in &survey.values {
        let SchemaKind::Text(rules) = &value.schema.kind else {
            continue;
        };
        let Some(pattern) = &rules.pattern else {
            continue;
        };
        let span = survey.place(value.at.file, &format!("{}#pattern", value.pointer));
        let inner = pattern
            .strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'));
        if let Some(inner) = inner.filter(|_| pattern.len() > 1) {
            problems.push(
                Diagnostic::error(
                    "bad-pattern",
                    span,
                    "a pattern is written without slashes around it",
                )
                .replace_with(inner)
                .help("the whole text must match it: `^` and `$` are not needed either"),
            );
        } else if let Err(error) = anchored(pattern) {
            problems.push(
                Diagnostic::error("bad-pattern", span, format!("this pattern cannot be used: {error}"))
                    .help("patterns are those of the Rust crate regex-lite: no look-around, no back references; a `-` among characters in brackets stands first or last"),
            );
        }
    }
}

/// The pattern as its reader uses it: the whole text must match.
pub(super) fn anchored(pattern: &str) -> Result<Regex, regex_lite::Error> {
    Regex::new(pattern)?;
    Regex::new(&format!("^(?:{pattern})$"))
}
