//! Names that the description gives to Rust: `as`, `name`, `names`, and those of shapes and products.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::Diagnostic;
use crate::model::{Field, SchemaKind};
use crate::naming;
use heck::ToUpperCamelCase;
use std::collections::BTreeMap;

/// Whether a text can be a type's or a variant's name: upper camel case.
pub(super) fn is_type_name(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text != "Self"
}

/// Whether a text can be a field's or a module's name, perhaps as `r#name`.
pub(super) fn is_value_name(text: &str) -> bool {
    let mut characters = text.chars();
    let begins = characters
        .next()
        .is_some_and(|c| c.is_ascii_lowercase() || c == '_');
    begins
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !matches!(text, "self" | "super" | "crate")
        && text.chars().any(|c| c != '_')
}

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for value in &survey.values {
        if let Some(name) = &value.schema.type_name
            && !is_type_name(name)
        {
            let span = survey.place(value.at.file, &format!("{}#name", value.pointer));
            problems.push(bad(span, name, "a type's name", &naming::type_name(name)));
        }
        if let SchemaKind::OneOf(alternatives) = &value.schema.kind {
            for (index, one) in alternatives.iter().enumerate() {
                let at = format!("{}#one_of.{index}#name", value.pointer);
                let span = survey.place(value.at.file, &at);
                if !is_type_name(&one.name) {
                    problems.push(bad(
                        span,
                        &one.name,
                        "a variant's name",
                        &naming::type_name(&one.name),
                    ));
                } else if alternatives
                    .iter()
                    .take(index)
                    .any(|other| other.name == one.name)
                {
                    let message = format!("two alternatives are called `{}`", one.name);
                    problems.push(
                        Diagnostic::error("name-clash", span, message)
                            .help("give one of them another `name`"),
                    );
                }
            }
        }
    }
    for_fields(survey, problems);
    names_of_segments(survey, problems);
    names_of_shapes(survey, problems);
}

fn for_fields(survey: &Survey<'_>, problems: &mut Problems) {
    let mut look = |file, pointer: &str, fields: &[Field]| {
        for field in fields {
            let at = format!("{pointer}.{}", field.name);
            match &field.rename {
                Some(name) if !is_value_name(name) => {
                    let span = survey.place(file, &format!("{at}#as"));
                    problems.push(bad(span, name, "a field's name", &naming::field_name(name)));
                }
                None if !is_value_name(&naming::field_name(&field.name)) => {
                    let message = format!("no name in Rust can be made of `{}`", field.name);
                    problems.push(
                        Diagnostic::error("bad-name", survey.place(file, &at), message)
                            .help("give it one: `as: kind`"),
                    );
                }
                _ => {}
            }
        }
    };
    for object in &survey.objects {
        look(object.at.file, &object.pointer, &object.object.fields);
    }
    for call in &survey.operations {
        for (key, fields) in super::field_names::parts(call) {
            look(call.file, &format!("{}.{key}", call.method.key()), fields);
        }
    }
    for document in &survey.spec.paths {
        look(document.file, "params", &document.content.params);
    }
}

fn names_of_segments(survey: &Survey<'_>, problems: &mut Problems) {
    for document in &survey.spec.paths {
        for (segment, name) in &document.content.names {
            if !is_value_name(name) {
                let span = survey.place(document.file, &format!("#names.{segment}"));
                problems.push(bad(
                    span,
                    name,
                    "a module's name",
                    &naming::field_name(name),
                ));
            }
        }
    }
}

/// Two shapes of one product may not differ in letter case alone: on some disks their files would be one.
fn names_of_shapes(survey: &Survey<'_>, problems: &mut Problems) {
    let mut names = BTreeMap::new();
    for (id, document) in &survey.spec.shapes {
        let span = survey.place(document.file, "");
        if !is_type_name(&id.name) || id.name.contains('_') {
            problems.push(bad(
                span,
                &id.name,
                "a shape's name",
                &id.name.to_upper_camel_case(),
            ));
        }
        if let Some(other) = names.insert((&id.product, id.name.to_lowercase()), id) {
            let message = format!("the shapes `{other}` and `{id}` differ in letter case alone");
            problems.push(
                Diagnostic::error("name-clash", span, message)
                    .help("give one of the files another name"),
            );
        }
    }
}

fn bad(span: crate::diagnostic::Span, name: &str, what: &str, proposal: &str) -> Diagnostic {
    let case = match what {
        "a field's name" | "a module's name" => "lower case with underscores: `paid_time`",
        _ => "upper camel case: `StoreInfo`",
    };
    let problem = Diagnostic::error("bad-name", span, format!("`{name}` cannot be {what}"));
    let problem = problem.help(format!("{what} is written in {case}"));
    if proposal.is_empty() || proposal == name {
        problem
    } else {
        problem.replace_with(proposal)
    }
}
