//! What goes into a signature must be one line, and must be there.

use crate::check::{Rule, Violation};
use crate::error::{Error, Report};

/// Refuses values that are empty, or that hold what ends a line of what is signed.
///
/// # Errors
/// The names of all such values.
#[inline]
pub(super) fn check(values: &[(&str, &str)]) -> Result<(), Error> {
    let violations: Vec<Violation> = values
        .iter()
        .filter_map(|(name, value)| Some(Violation::new(*name, broken(value)?)))
        .collect();
    match violations.is_empty() {
        true => Ok(()),
        false => Err(Report::validation(violations).into()),
    }
}

#[inline]
fn broken(value: &str) -> Option<Rule> {
    if value.is_empty() {
        Some(Rule::NotEmpty)
    } else if value.contains(char::is_control) {
        let pattern = r"[^\p{Cc}]+";
        Some(Rule::Pattern { pattern })
    } else {
        None
    }
}
