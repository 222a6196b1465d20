//! The rules of single values.

use super::Rule;
use crate::value::{Field, File};

/// The rules that a text breaks. Lengths count characters, not bytes.
pub(super) fn text(field: &Field, text: &str) -> impl Iterator<Item = Rule> {
    let actual = text.chars().count();
    let length = i64::try_from(actual).unwrap_or(i64::MAX);
    let short = field.min.filter(|least| length < *least);
    let long = field.max.filter(|most| length > *most);
    let pattern = field
        .pattern
        .filter(|pattern| !(pattern.matches)(pattern.text, text));
    [
        short.map(|least| Rule::TooShort { least, actual }),
        long.map(|most| Rule::TooLong { most, actual }),
        pattern.map(|pattern| Rule::Pattern {
            pattern: pattern.text,
        }),
    ]
    .into_iter()
    .flatten()
}

/// The bound that a whole number breaks.
pub(super) fn integer(field: &Field, number: i64) -> Option<Rule> {
    let small = field.min.filter(|least| number < *least);
    let great = field.max.filter(|most| number > *most);
    small
        .map(|least| Rule::TooSmall { least })
        .or(great.map(|most| Rule::TooGreat { most }))
}

/// The bound that a number breaks.
pub(super) fn number(field: &Field, number: f64) -> Option<Rule> {
    let small = field.min.filter(|least| number < *least as f64);
    let great = field.max.filter(|most| number > *most as f64);
    small
        .map(|least| Rule::TooSmall { least })
        .or(great.map(|most| Rule::TooGreat { most }))
}

/// The rule that a number of items breaks. An optional list without items is absent, and breaks none.
pub(super) fn items(field: &Field, actual: usize) -> Option<Rule> {
    if actual == 0 {
        return field.required.then_some(Rule::Required);
    }
    let count = u32::try_from(actual).unwrap_or(u32::MAX);
    let few = field.min_items.filter(|least| count < *least);
    let many = field.max_items.filter(|most| count > *most);
    few.map(|least| Rule::TooFewItems { least, actual })
        .or(many.map(|most| Rule::TooManyItems { most, actual }))
}

/// What of a file a form's part could not carry.
pub(crate) fn file(file: &File) -> Vec<Rule> {
    let unfit = |c: char| c.is_control() || matches!(c, '"' | '/' | '\\');
    let named = !file.name().is_empty() && !file.name().contains(unfit);
    let typed = file.media_type().parse::<mime::Mime>().is_ok();
    [
        (!named).then_some(Rule::FileName),
        (!typed).then_some(Rule::MediaType),
    ]
    .into_iter()
    .flatten()
    .collect()
}
