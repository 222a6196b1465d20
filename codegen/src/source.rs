//! The ways in: a folder, or texts in memory.

use crate::diagnostic::{Report, Severity};
use crate::model::Api;
use crate::{check, read};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A description without errors.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The API that it describes.
    pub api: Api,
    /// What a person should look at all the same.
    pub warnings: Report,
}

/// Reads and checks the description in a folder.
///
/// # Errors
/// All that is wrong with it; a file that cannot be opened is a diagnostic like any other.
pub fn read_dir(root: &Path) -> Result<Api, Report> {
    check_dir(root).map(|checked| checked.api)
}

/// Reads and checks a description in memory: each file's path, relative to the root and with `/` between its parts, and its text.
///
/// # Errors
/// All that is wrong with it.
pub fn read_sources(files: impl IntoIterator<Item = (String, String)>) -> Result<Api, Report> {
    check_sources(files).map(|checked| checked.api)
}

/// As [`read_dir`], with the warnings.
///
/// # Errors
/// All that is wrong with it, warnings included.
pub fn check_dir(root: &Path) -> Result<Checked, Report> {
    let (files, unreadable) = read::sources_in(root);
    check_all(files, unreadable)
}

/// As [`read_sources`], with the warnings.
///
/// # Errors
/// All that is wrong with it, warnings included.
pub fn check_sources(files: impl IntoIterator<Item = (String, String)>) -> Result<Checked, Report> {
    check_all(files.into_iter().collect(), Vec::new())
}

fn check_all(
    files: BTreeMap<String, String>,
    unreadable: Vec<read::Unreadable>,
) -> Result<Checked, Report> {
    let mut problems = Vec::new();
    let spec = read::read(files, unreadable, &mut problems);
    problems.extend(check::check(&spec));
    let failed = problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error);
    let report = Report::new(problems, Arc::clone(&spec.sources));
    if failed {
        return Err(report);
    }
    Ok(Checked {
        api: spec.into_api(),
        warnings: report,
    })
}
