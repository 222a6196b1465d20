use super::{Diagnostic, Position, Severity, Sources, Span, json, render};
use std::fmt;
use std::sync::Arc;

/// All that is wrong with a description, with the texts that it is shown in.
#[derive(Clone, PartialEq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    sources: Arc<Sources>,
}

impl Report {
    /// Puts the diagnostics into the order of files and lines, and says nothing twice.
    pub(crate) fn new(mut diagnostics: Vec<Diagnostic>, sources: Arc<Sources>) -> Self {
        diagnostics.sort_by(|a, b| {
            let place = |diagnostic: &Diagnostic| {
                let span = diagnostic.primary().span;
                (sources.name(span.file).to_owned(), span.start, span.end)
            };
            (place(a), a.code(), a.message()).cmp(&(place(b), b.code(), b.message()))
        });
        diagnostics.dedup();
        Self {
            diagnostics,
            sources,
        }
    }

    /// The diagnostics, in the order of files and lines.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The number of errors; the rest are warnings.
    pub fn error_count(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .count()
    }

    /// Where a stretch begins.
    pub fn position(&self, span: Span) -> Position {
        self.sources.position(span.file, span.range().start)
    }

    /// Where a stretch ends: the position after its last character.
    pub fn end_position(&self, span: Span) -> Position {
        self.sources.position(span.file, span.range().end)
    }

    /// The report for people, with the lines that are meant, as rustc would show them. `root` is put before the files' names.
    pub fn render(&self, root: &str, colored: bool) -> String {
        render::render(self, &self.sources, root, colored)
    }

    /// The report for scripts: a list of `{severity, code, message, file, line, column, end_line, end_column, label, related, help,
    /// replacement}`.
    pub fn to_json(&self) -> serde_json::Value {
        json::to_json(self)
    }
}

/// The report without color, the files named from the root of the description.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render("", false))
    }
}

/// As [`Display`](fmt::Display), so that a failed `unwrap` in a test can be read.
impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Report {}
