//! Notifications: how their parts go together.

use super::Problems;
use super::identifiers::is_type_name;
use super::survey::Survey;
use crate::diagnostic::{Diagnostic, FileId};
use crate::model::{Event, Literal, Wire};
use std::collections::HashMap;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for ((_, name), document) in &survey.spec.events {
        let event = &document.content;
        variants(survey, document.file, event, problems);
        envelope(survey, document.file, event, problems);
        if !super::identifiers::is_value_name(name) {
            problems.push(
                Diagnostic::error(
                    "bad-name",
                    survey.place(document.file, ""),
                    format!("`{name}` cannot be a notification's name"),
                )
                .help(
                    "it becomes a module: lower case with underscores, `payscore_user_paid.yaml`",
                ),
            );
        }
        if event.event_types.is_empty() && event.wire == Wire::Json {
            problems.push(
                Diagnostic::error(
                    "missing-event-type",
                    survey.place(document.file, "#events"),
                    "a notification of APIv3 has an event type",
                )
                .help("write those that it covers: `events: [TRANSACTION.SUCCESS]`"),
            );
        }
    }
}

/// Several variants need names, and all of them different.
fn variants(survey: &Survey<'_>, file: FileId, event: &Event, problems: &mut Problems) {
    let mut names = HashMap::new();
    for (index, variant) in event.variants.iter().enumerate() {
        let span = survey.place(file, &format!("variants.{index}"));
        match &variant.name {
            None if event.variants.len() > 1 => problems.push(
                Diagnostic::error(
                    "missing-key",
                    span,
                    "one of several variants without a `name`",
                )
                .help("the names become variants in Rust: `name: Refund`"),
            ),
            Some(name) if !is_type_name(name) => {
                let span = survey.place(file, &format!("variants.{index}#name"));
                problems.push(
                    Diagnostic::error(
                        "bad-name",
                        span,
                        format!("`{name}` cannot be a variant's name"),
                    )
                    .help("a variant is written in upper camel case: `Refund`"),
                );
            }
            Some(name) => {
                if let Some(first) = names.insert(name, span) {
                    problems.push(
                        Diagnostic::error(
                            "name-clash",
                            span,
                            format!("two variants are called `{name}`"),
                        )
                        .also(first, "the other one")
                        .help("give one of them another name"),
                    );
                }
            }
            None => {}
        }
    }
}

/// `envelope` and `sealed` are APIv2's: APIv3's envelope is the same for all.
fn envelope(survey: &Survey<'_>, file: FileId, event: &Event, problems: &mut Problems) {
    if event.wire == Wire::Json && !event.envelope.is_empty() {
        problems.push(
            Diagnostic::error("xml-only", survey.place(file, "envelope"), "`envelope` belongs to APIv2's XML, and this is JSON")
                .help("the envelope of APIv3's notifications is always the same; remove it, or say `wire: xml`"),
        );
    }
    if let Some(sealed) = &event.sealed
        && !event.envelope.iter().any(|field| field.name == *sealed)
    {
        let names = event.envelope.iter().map(|field| field.name.as_str());
        problems.push(
            Diagnostic::error(
                "unknown-field",
                survey.place(file, "#sealed"),
                format!("`sealed` names `{sealed}`, which is no field of the envelope"),
            )
            .near_miss(sealed, names)
            .help("it names the field of `envelope` that holds the sealed document"),
        );
    }
    if event
        .envelope_example
        .as_ref()
        .is_some_and(|example| !matches!(example, Literal::Object(_)))
    {
        problems.push(
            Diagnostic::error(
                "bad-example",
                survey.place(file, "#envelope_example"),
                "the example of an envelope is a map",
            )
            .help("write the envelope's fields and their values"),
        );
    }
}
