//! Path variables, queries, headers and forms: declared, in order, and of types that fit.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::{Diagnostic, FileId};
use crate::model::{Field, PathItem, Schema, SchemaKind};
use crate::read::Document;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for document in &survey.spec.paths {
        variables(survey, document, problems);
    }
    for call in &survey.operations {
        parts(survey, call, problems);
    }
}

fn variables(survey: &Survey<'_>, document: &Document<PathItem>, problems: &mut Problems) {
    let (file, item) = (document.file, &document.content);
    let in_path: Vec<&str> = item.path.variables().collect();
    let declared: Vec<&str> = item
        .params
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let path = survey.place(file, "#path");
    for name in in_path.iter().filter(|name| !declared.contains(name)) {
        problems.push(
            Diagnostic::error(
                "undeclared-variable",
                path,
                format!("the variable `{name}` is not declared"),
            )
            .help(format!(
                "declare it at the top of the file: `params: {{ {name}: string }}`"
            )),
        );
    }
    for name in declared.iter().filter(|name| !in_path.contains(name)) {
        let span = survey.place(file, &format!("params.{name}"));
        problems.push(
            Diagnostic::error(
                "unknown-variable",
                span,
                format!("the path has no variable `{name}`"),
            )
            .also(path, "the path")
            .near_miss(name, in_path.iter().copied())
            .help("a parameter of the query stands under `query` of the operation"),
        );
    }
    let mut sorted: Vec<&str> = in_path
        .iter()
        .copied()
        .filter(|name| declared.contains(name))
        .collect();
    sorted.dedup();
    let known: Vec<&str> = declared
        .iter()
        .copied()
        .filter(|name| in_path.contains(name))
        .collect();
    if sorted.len() == known.len() && sorted != known {
        let span = survey.place(file, "params");
        problems.push(
            Diagnostic::error(
                "variable-order",
                span,
                "the variables are not declared in the order of the path",
            )
            .also(path, format!("here the order is {}", sorted.join(", ")))
            .help("their order is that of the arguments in Rust"),
        );
    }
    for field in &item.params {
        variable(survey, file, field, problems);
    }
}

fn variable(survey: &Survey<'_>, file: FileId, field: &Field, problems: &mut Problems) {
    let span = survey.place(file, &format!("params.{}", field.name));
    if !field.required {
        problems.push(
            Diagnostic::error(
                "optional-variable",
                span,
                format!(
                    "the variable `{}` cannot be left out of the path",
                    field.name
                ),
            )
            .help("remove the `?`"),
        );
    }
    if !is_scalar(survey, &field.schema) {
        problems.push(
            Diagnostic::error(
                "bad-parameter",
                span,
                format!("the variable `{}` cannot stand in a path", field.name),
            )
            .help("a path variable is a text, a number or an enumeration"),
        );
    }
}

fn parts(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    for (key, fields) in super::field_names::parts(call) {
        if key == "upload" {
            continue;
        }
        for field in fields {
            let item = match &field.schema.kind {
                SchemaKind::List(list) if key == "query" => &list.items,
                _ => &field.schema,
            };
            if !is_scalar(survey, item) {
                let span = survey.place(
                    call.file,
                    &format!("{}.{key}.{}", call.method.key(), field.name),
                );
                let help = match key {
                    "query" => {
                        "a query holds texts, numbers, booleans, enumerations and lists of these; JSON in a text is `json`"
                    }
                    _ => {
                        "this place holds texts, numbers, booleans and enumerations; JSON in a text is `json`"
                    }
                };
                problems.push(
                    Diagnostic::error(
                        "bad-parameter",
                        span,
                        format!("`{}` cannot travel in `{key}`", field.name),
                    )
                    .help(help),
                );
            }
        }
    }
}

fn is_scalar(survey: &Survey<'_>, schema: &Schema) -> bool {
    let kind = match &schema.kind {
        SchemaKind::Ref(id) => match survey.shape(id) {
            Some(shape) => &shape.kind,
            // That there is no such shape is reported elsewhere.
            None => return true,
        },
        kind => kind,
    };
    !matches!(
        kind,
        SchemaKind::Object(_)
            | SchemaKind::List(_)
            | SchemaKind::Map(_)
            | SchemaKind::OneOf(_)
            | SchemaKind::Ref(_)
    )
}
