//! What the last `cargo xtask gen` read and left behind, so that the next one sees that there is nothing to do.
//!
//! A digest of all that goes in and all that comes out stands beside the program. Whatever differs in a byte, the
//! program itself included, makes everything be looked at anew; `cargo xtask gen --check` never asks here.

use crate::workspace::{generated, root, spec};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

/// What was left the last time, if all is still so: the summary that was printed.
pub(crate) fn unchanged_since() -> Option<String> {
    let record = fs::read_to_string(record()?).ok()?;
    let (digest, summary) = record.split_once('\n')?;
    (digest == digest_of_all().ok()?).then(|| summary.to_owned())
}

/// Remembers how things are now. That this fails costs the next run time, and nothing else.
pub(crate) fn remember(summary: &str) {
    let (Some(record), Ok(digest)) = (record(), digest_of_all()) else {
        return;
    };
    let _ = fs::write(record, format!("{digest}\n{summary}"));
}

/// The record lies beside the program: both go with `cargo clean`.
fn record() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.with_extension("last-gen"))
}

fn digest_of_all() -> io::Result<String> {
    let program = std::env::current_exe()?;
    let built = fs::metadata(&program)?;
    let places = [
        spec(),
        generated().join("src"),
        generated().join("manifest.txt"),
        generated().join("Cargo.toml"),
        root().join("README.md"),
    ];
    let mut hasher = DefaultHasher::new();
    (program, built.len(), built.modified()?).hash(&mut hasher);
    for place in places {
        add(&place, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Adds a file or, in the order of their names, all that is in a folder.
fn add(place: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    place.hash(hasher);
    if !place.is_dir() {
        fs::read(place)?.hash(hasher);
        return Ok(());
    }
    let entries = fs::read_dir(place)?.map(|entry| Ok(entry?.path()));
    let mut inside: Vec<PathBuf> = entries.collect::<io::Result<_>>()?;
    inside.sort();
    inside.len().hash(hasher);
    inside.iter().try_for_each(|place| add(place, hasher))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(place: &Path) -> u64 {
        let mut hasher = DefaultHasher::new();
        add(place, &mut hasher).expect("can be read");
        hasher.finish()
    }

    #[test]
    fn any_change_of_a_file_or_a_name_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir(root.join("a")).expect("a folder");
        fs::write(root.join("a/b"), "bc").expect("written");
        let first = digest(root);
        assert_eq!(digest(root), first);

        fs::write(root.join("a/b"), "bd").expect("written");
        assert_ne!(digest(root), first, "another content");
        fs::write(root.join("a/b"), "bc").expect("written");
        assert_eq!(digest(root), first, "the same again");

        fs::write(root.join("c"), "").expect("written");
        assert_ne!(digest(root), first, "another file");
        fs::remove_file(root.join("c")).expect("removed");
        fs::rename(root.join("a/b"), root.join("a/c")).expect("renamed");
        assert_ne!(digest(root), first, "another name");
    }
}
