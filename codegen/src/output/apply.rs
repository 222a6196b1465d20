//! Writing what changed, or telling it.

use super::OutputError;
use super::disk;
use super::features;
use super::render::{Rendered, render_against};
use crate::emit::{Tree, emit, manifest_path};
use crate::lower::Items;
use std::collections::BTreeMap;
use std::path::Path;

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The files that were new or different.
    pub written: Vec<String>,
    /// How many were as they should be.
    pub unchanged: usize,
    /// The files that are no longer emitted.
    pub removed: Vec<String>,
    /// How many operations there are.
    pub operations: usize,
    /// How many types requests, replies and shared shapes have.
    pub types: usize,
    /// How many lines the emitted files have together.
    pub lines: usize,
}

/// A file that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The path from the root of the generated crate.
    pub path: String,
    /// What is wrong.
    pub staleness: Staleness,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staleness {
    /// It is not there.
    Missing,
    /// It has another text.
    Different,
    /// It is not emitted any more.
    Extra,
}

/// Writes the items into the generated crate at `root`: what changed, and nothing else.
///
/// # Errors
///
/// Emitted code that is no Rust, and a `Cargo.toml` without marks, before anything is written; what the disk refuses.
pub fn write(items: &Items, root: &Path) -> Result<Summary, OutputError> {
    let tree = emit(items);
    let files = render_against(&tree, &|path| disk::read(&root.join(path)).ok().flatten())?;
    let features = feature_file(&tree, root)?;
    let extra = extra(&tree, root)?;
    let mut summary = Summary {
        operations: items.operations(),
        types: items.types(),
        ..Summary::default()
    };
    for (path, file) in files {
        match file {
            Rendered::Current(lines) => {
                summary.unchanged += 1;
                summary.lines += lines;
            }
            Rendered::Text(text) => put(root, path, &text, &mut summary)?,
        }
    }
    put(root, CARGO.to_owned(), &features, &mut summary)?;
    for path in extra {
        if let Some(place) = disk::emitted_path(root, &path)
            && disk::remove_emitted(root, &place)?
        {
            summary.removed.push(path);
        }
    }
    Ok(summary)
}

/// Tells which files [`write`](write()) would write or remove. Every file is formatted and compared, whatever its first line says.
///
/// # Errors
///
/// As for [`write`](write()).
pub fn check(items: &Items, root: &Path) -> Result<Vec<Stale>, OutputError> {
    let tree = emit(items);
    let mut files: BTreeMap<String, String> = super::render(&tree)?;
    files.insert(CARGO.to_owned(), feature_file(&tree, root)?);
    let mut stale = Vec::new();
    for (path, text) in files {
        let staleness = match disk::read(&root.join(&path))? {
            Some(old) if old == text => continue,
            Some(_) => Staleness::Different,
            None => Staleness::Missing,
        };
        stale.push(Stale { path, staleness });
    }
    for path in extra(&tree, root)? {
        stale.push(Stale {
            path,
            staleness: Staleness::Extra,
        });
    }
    Ok(stale)
}

const CARGO: &str = "Cargo.toml";

fn put(root: &Path, path: String, text: &str, summary: &mut Summary) -> Result<(), OutputError> {
    if path.ends_with(".rs") {
        summary.lines += text.lines().count();
    }
    let place = root.join(&path);
    if disk::read(&place)?.as_deref() == Some(text) {
        summary.unchanged += 1;
    } else {
        disk::write(&place, text)?;
        summary.written.push(path);
    }
    Ok(())
}

fn feature_file(tree: &Tree<'_>, root: &Path) -> Result<String, OutputError> {
    let path = root.join(CARGO);
    let file = disk::read(&path)?.unwrap_or_default();
    features::insert(&path, &file, &tree.features)
}

/// What the old manifest lists, the new one does not, and is still there.
fn extra(tree: &Tree<'_>, root: &Path) -> Result<Vec<String>, OutputError> {
    let manifest = disk::read(&root.join(manifest_path()))?.unwrap_or_default();
    let old = manifest
        .lines()
        .filter(|path| !tree.files.contains_key(*path));
    let there =
        old.filter(|path| disk::emitted_path(root, path).is_some_and(|place| place.is_file()));
    Ok(there.map(str::to_owned).collect())
}
