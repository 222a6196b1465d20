use super::{Diagnostic, Label, Report};
use serde_json::{Value, json};

pub(super) fn to_json(report: &Report) -> Value {
    report
        .diagnostics()
        .iter()
        .map(|diagnostic| one(report, diagnostic))
        .collect()
}

fn one(report: &Report, diagnostic: &Diagnostic) -> Value {
    let span = diagnostic.primary().span;
    let (start, end) = (report.position(span), report.end_position(span));
    json!({
        "severity": diagnostic.severity().as_str(),
        "code": diagnostic.code(),
        "message": diagnostic.message(),
        "file": start.file,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "label": diagnostic.primary().text,
        "related": diagnostic.secondary().iter().map(|label| related(report, label)).collect::<Vec<_>>(),
        "help": diagnostic.help_lines(),
        "replacement": diagnostic.replacement(),
    })
}

fn related(report: &Report, label: &Label) -> Value {
    let at = report.position(label.span);
    json!({ "file": at.file, "line": at.line, "column": at.column, "label": label.text })
}
