//! The rules that a description must keep, one a file. Each looks at the whole and reports all that it finds.

mod bounds;
mod chain;
mod cycles;
mod deviations;
mod enums;
mod events;
mod exactly_one;
mod examples;
mod field_names;
mod files;
mod fits;
mod flags;
mod formats;
mod hosts;
mod identifiers;
mod operations;
mod paging;
mod parameters;
mod patterns;
mod products;
mod references;
mod repeatable;
mod requests;
mod responses;
mod routes;
mod survey;
mod titles;
mod type_names;

use crate::diagnostic::Diagnostic;
use crate::read::Spec;
use survey::Survey;

/// Where the rules put what they find.
pub(crate) type Problems = Vec<Diagnostic>;

const RULES: [fn(&Survey<'_>, &mut Problems); 26] = [
    bounds::check,
    chain::check,
    cycles::check,
    deviations::check,
    enums::check,
    events::check,
    exactly_one::check,
    examples::check,
    field_names::check,
    files::check,
    flags::check,
    formats::check,
    hosts::check,
    identifiers::check,
    operations::check,
    paging::check,
    parameters::check,
    patterns::check,
    products::check,
    references::check,
    repeatable::check,
    requests::check,
    responses::check,
    routes::check,
    titles::check,
    type_names::check,
];

/// Applies every rule.
pub(crate) fn check(spec: &Spec) -> Problems {
    let survey = Survey::of(spec);
    let mut problems = Vec::new();
    for rule in RULES {
        rule(&survey, &mut problems);
    }
    problems
}
