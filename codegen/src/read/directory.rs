//! The files of a folder.

use super::{FileKind, kind_of};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// A file or folder that could not be read.
pub(crate) struct Unreadable {
    /// Its path, relative to the root; that of the root is empty.
    pub(crate) name: String,
    pub(crate) error: io::Error,
}

/// The texts of all files that belong to a description, by their path relative to `root`, and what could not be read.
pub(crate) fn sources_in(root: &Path) -> (BTreeMap<String, String>, Vec<Unreadable>) {
    let mut files = BTreeMap::new();
    let mut unreadable = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        if let Err(error) = visit(root, &folder, &mut folders, &mut files, &mut unreadable) {
            unreadable.push(Unreadable {
                name: folder,
                error,
            });
        }
    }
    (files, unreadable)
}

fn visit(
    root: &Path,
    folder: &str,
    folders: &mut Vec<String>,
    files: &mut BTreeMap<String, String>,
    unreadable: &mut Vec<Unreadable>,
) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let own = entry.file_name().to_string_lossy().into_owned();
        let name = if folder.is_empty() {
            own
        } else {
            format!("{folder}/{own}")
        };
        if entry.file_type()?.is_dir() {
            folders.push(name);
        } else if kind_of(&name) != FileKind::Ignored {
            match fs::read_to_string(entry.path()) {
                Ok(text) => {
                    files.insert(name, text);
                }
                Err(error) => unreadable.push(Unreadable { name, error }),
            }
        }
    }
    Ok(())
}
