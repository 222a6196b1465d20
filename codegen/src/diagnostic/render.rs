use super::{Diagnostic, FileId, Label, Report, Severity, Sources};
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

/// Draws a report as rustc does.
pub(super) fn render(report: &Report, sources: &Sources, root: &str, colored: bool) -> String {
    let renderer = if colored {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    report
        .diagnostics()
        .iter()
        .map(|diagnostic| renderer.render(&[group(diagnostic, sources, root)]) + "\n\n")
        .collect()
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, root: &str) -> Group<'a> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let files = files(diagnostic);
    let mut group = level
        .primary_title(diagnostic.message())
        .id(diagnostic.code())
        .elements(
            files
                .into_iter()
                .map(|file| shown(file, diagnostic, sources, root)),
        );
    for help in diagnostic.help_lines() {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    group
}

/// The files that a diagnostic points into, the primary place's first.
fn files(diagnostic: &Diagnostic) -> Vec<FileId> {
    let mut files = vec![diagnostic.primary().span.file];
    for label in diagnostic.secondary() {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

fn shown<'a>(
    file: FileId,
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
    root: &str,
) -> Element<'a> {
    let path = format!("{root}{}", sources.name(file));
    if sources.text(file).is_empty() {
        return Origin::path(path).into();
    }
    let primary = (diagnostic.primary().span.file == file)
        .then(|| annotation(AnnotationKind::Primary, diagnostic.primary()));
    let secondary = diagnostic
        .secondary()
        .iter()
        .filter(|label| label.span.file == file)
        .map(|label| annotation(AnnotationKind::Context, label));
    Snippet::source(sources.text(file))
        .path(path)
        .annotations(primary.into_iter().chain(secondary))
        .into()
}

fn annotation(kind: AnnotationKind, label: &Label) -> Annotation<'_> {
    let text = (!label.text.is_empty()).then_some(label.text.as_str());
    kind.span(label.span.range()).label(text)
}
