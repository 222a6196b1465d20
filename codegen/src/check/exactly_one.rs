//! `$exactly_one`: groups of fields of which one is set.

use super::Problems;
use super::survey::{Object, Survey};
use crate::diagnostic::Diagnostic;

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for object in &survey.objects {
        for (index, group) in object.object.exactly_one.iter().enumerate() {
            one(survey, object, (index, group), problems);
        }
    }
}

fn one(
    survey: &Survey<'_>,
    object: &Object<'_>,
    (number, group): (usize, &[String]),
    problems: &mut Problems,
) {
    let at = format!("{}#$exactly_one.{number}", object.pointer);
    let whole = survey.place(object.at.file, &at);
    if group.len() < 2 {
        problems.push(
            Diagnostic::error(
                "exactly-one",
                whole,
                "a group of `$exactly_one` has at least two fields",
            )
            .help("for example `$exactly_one: [[transaction_id, out_trade_no]]`"),
        );
        return;
    }
    for (index, name) in group.iter().enumerate() {
        let span = survey.place(object.at.file, &format!("{at}.{index}"));
        let Some(field) = object
            .object
            .fields
            .iter()
            .find(|field| field.name == *name)
        else {
            let names = object.object.fields.iter().map(|field| field.name.as_str());
            problems.push(
                Diagnostic::error(
                    "exactly-one",
                    span,
                    format!("`$exactly_one` names `{name}`, which is no field of this object"),
                )
                .near_miss(name, names)
                .help("it names fields of the object that it stands in, without `?`"),
            );
            continue;
        };
        if field.required {
            let field = survey.place(object.at.file, &format!("{}.{name}", object.pointer));
            problems.push(
                Diagnostic::error(
                    "exactly-one",
                    field,
                    format!("`{name}` is required, and yet one of several to choose from"),
                )
                .also(whole, "exactly one of these is set")
                .help(format!("make it optional: `{name}?`")),
            );
        }
        if group.iter().take(index).any(|other| other == name) {
            problems.push(
                Diagnostic::error(
                    "exactly-one",
                    span,
                    format!("`$exactly_one` names `{name}` twice"),
                )
                .help("remove one of the two"),
            );
        }
    }
}
