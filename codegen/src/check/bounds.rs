//! Bounds that nothing can keep.

use super::Problems;
use super::survey::{Survey, Value};
use crate::diagnostic::Diagnostic;
use crate::model::SchemaKind;
use std::fmt::Display;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for value in &survey.values {
        match &value.schema.kind {
            SchemaKind::Text(rules) => {
                ordered(
                    survey,
                    value,
                    ("min", rules.min),
                    ("max", rules.max),
                    problems,
                );
                if rules.max == Some(0) {
                    let span = survey.place(value.at.file, &format!("{}#max", value.pointer));
                    problems.push(
                        Diagnostic::error(
                            "bad-bound",
                            span,
                            "a text of at most 0 characters is always empty",
                        )
                        .help("`max` counts characters; leave it out if there is no bound"),
                    );
                }
            }
            SchemaKind::Integer(rules) | SchemaKind::Number(rules) => {
                ordered(
                    survey,
                    value,
                    ("min", rules.min),
                    ("max", rules.max),
                    problems,
                );
            }
            SchemaKind::List(rules) => {
                let (min, max) = (rules.min_items, rules.max_items);
                ordered(
                    survey,
                    value,
                    ("min_items", min),
                    ("max_items", max),
                    problems,
                );
            }
            _ => {}
        }
    }
}

fn ordered<T: PartialOrd + Display>(
    survey: &Survey<'_>,
    value: &Value<'_>,
    (min_key, min): (&str, Option<T>),
    (max_key, max): (&str, Option<T>),
    problems: &mut Problems,
) {
    let (Some(min), Some(max)) = (min, max) else {
        return;
    };
    if min > max {
        let place = |key| survey.place(value.at.file, &format!("{}#{key}", value.pointer));
        let message = format!("`{min_key}` is {min}, more than `{max_key}`, which is {max}");
        problems.push(
            Diagnostic::error("bad-bound", place(min_key), message)
                .also(place(max_key), "the upper bound")
                .help("no value can keep both; exchange them if they were mixed up"),
        );
    }
}
