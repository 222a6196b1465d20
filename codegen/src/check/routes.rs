//! Paths: how they are written, and those that the server could not tell apart.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{PathItem, Segment, UrlPath, Wire};
use crate::read::Document;
use std::collections::BTreeMap;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let mut routes: BTreeMap<String, Vec<&Document<PathItem>>> = BTreeMap::new();
    for document in &survey.spec.paths {
        let span = survey.place(document.file, "#path");
        problems.extend(badly_written(&document.content.path, span));
        wire(survey, document, problems);
        routes
            .entry(route(&document.content.path))
            .or_default()
            .push(document);
    }
    for alike in routes.values() {
        compare(survey, alike, problems);
    }
    for document in &survey.spec.paths {
        stated(survey, document, problems);
    }
}

/// A path with its variables' names left out.
fn route(path: &UrlPath) -> String {
    let mut route = String::new();
    for segment in path.segments() {
        route.push('/');
        route.push_str(match segment {
            Segment::Fixed(text) => text,
            Segment::Variable(_) => "{}",
        });
    }
    if path.as_str().ends_with('/') {
        route.push('/');
    }
    route
}

/// Whether a path is one at all, so that more can be asked of it.
pub(super) fn is_well_written(path: &UrlPath) -> bool {
    let anywhere =
        Span::start_of(crate::diagnostic::Sources::default().add(String::new(), String::new()));
    badly_written(path, anywhere).is_none()
}

fn badly_written(path: &UrlPath, span: Span) -> Option<Diagnostic> {
    let text = path.as_str();
    let problem =
        |message: String, help: &str| Some(Diagnostic::error("bad-path", span, message).help(help));
    if !text.starts_with('/') {
        return problem(
            format!("the path `{text}` does not begin with a slash"),
            "write it as it is sent, without the host: `/v3/certificates`",
        );
    }
    if text.contains(['?', '#']) {
        return problem(
            format!("the path `{text}` contains more than a path"),
            "parameters of the query stand under `query` of the operation",
        );
    }
    if text.contains("//") {
        return problem(
            format!("the path `{text}` has an empty segment"),
            "remove one of the slashes",
        );
    }
    for segment in path.segments() {
        match segment {
            Segment::Fixed(text) if text.contains(['{', '}']) => {
                return problem(
                    format!("the segment `{text}` is only in part a variable"),
                    "a variable takes a whole segment: `/orders/{out_trade_no}/close`",
                );
            }
            Segment::Fixed(text) if !text.bytes().all(is_plain) || matches!(text, "." | "..") => {
                return problem(
                    format!("the segment `{text}` cannot stand in a URL as it is"),
                    "segments consist of letters, digits, `-`, `_`, `.` and `~`",
                );
            }
            Segment::Variable(name)
                if name.is_empty()
                    || !name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') =>
            {
                return problem(
                    format!("`{{{name}}}` is no variable"),
                    "a variable's name consists of letters, digits and `_`: `{out_trade_no}`",
                );
            }
            _ => {}
        }
    }
    let variables: Vec<&str> = path.variables().collect();
    let twice = variables
        .iter()
        .enumerate()
        .find(|(index, name)| variables.iter().take(*index).any(|other| other == *name));
    match twice {
        Some((_, name)) => problem(
            format!("the variable `{name}` stands in the path twice"),
            "give one of them another name",
        ),
        None => None,
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

fn wire(survey: &Survey<'_>, document: &Document<PathItem>, problems: &mut Problems) {
    let item = &document.content;
    let apiv3 = ["/v3/", "/hk/v3/", "/global/v3/", "/brand/"]
        .iter()
        .any(|root| item.path.as_str().starts_with(root));
    if apiv3 && item.wire != Wire::Json {
        let span = survey.place(document.file, "#wire");
        problems.push(
            Diagnostic::error(
                "wire-of-v3",
                span,
                "APIv3 speaks JSON, and this is one of its paths",
            )
            .help("remove `wire`; XML is for the paths of APIv2, which stand under `v2/`"),
        );
    }
}

/// Each path but one of those that are alike says which other it is like.
fn compare(survey: &Survey<'_>, alike: &[&Document<PathItem>], problems: &mut Problems) {
    for (index, document) in alike.iter().enumerate() {
        let path = document.content.path.as_str();
        let span = survey.place(document.file, "#path");
        let before = || alike.iter().take(index);
        if let Some(other) = before().find(|other| other.content.path == document.content.path) {
            problems.push(
                Diagnostic::error(
                    "duplicate-path",
                    span,
                    format!("the path `{path}` is described twice"),
                )
                .also(survey.place(other.file, "#path"), "the other description")
                .help("keep one of the files"),
            );
        } else if let Some(other) = before().next()
            && !alike
                .iter()
                .any(|other| states(&document.content, other) || states(&other.content, document))
        {
            problems.push(
                Diagnostic::error(
                    "same-route",
                    span,
                    format!(
                        "the server cannot tell this path from `{}`",
                        other.content.path.as_str()
                    ),
                )
                .also(survey.place(other.file, "#path"), "the other path")
                .help(format!(
                    "if it is so on purpose, say it: `same_route_as: {}`",
                    other.content.path.as_str()
                )),
            );
        }
    }
}

fn states(item: &PathItem, other: &Document<PathItem>) -> bool {
    item.same_route_as.as_deref() == Some(other.content.path.as_str())
}

fn stated(survey: &Survey<'_>, document: &Document<PathItem>, problems: &mut Problems) {
    let item = &document.content;
    let Some(named) = &item.same_route_as else {
        return;
    };
    let span = survey.place(document.file, "#same_route_as");
    let known = survey
        .spec
        .paths
        .iter()
        .map(|other| other.content.path.as_str());
    if !known.clone().any(|path| path == named) {
        if survey.spec.complete {
            problems.push(
                Diagnostic::error("same-route", span, format!("there is no path `{named}`"))
                    .near_miss(named, known)
                    .help("`same_route_as` names another path of the description, as it is written there"),
            );
        }
    } else if *named == item.path.as_str() || route(&UrlPath::new(named)) != route(&item.path) {
        problems.push(
            Diagnostic::error("same-route", span, format!("the server can tell this path from `{named}`"))
                .also(survey.place(document.file, "#path"), "this path")
                .help("remove `same_route_as`; it is for another path with another variable at the same place"),
        );
    }
}
