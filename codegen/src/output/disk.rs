//! Reading, writing and removing files.

use super::OutputError;
use super::header;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// A file's text; `None` where there is none, or where it is no text.
pub(super) fn read(path: &Path) -> Result<Option<String>, OutputError> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(OutputError::io(path, "read")(error)),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Writes a file at once: whoever reads it meanwhile sees the old text or the new, never a part.
pub(super) fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(OutputError::io(folder, "make the folder"))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let temporary = path.with_file_name(name);
    fs::write(&temporary, text).map_err(OutputError::io(&temporary, "write"))?;
    fs::rename(&temporary, path).map_err(OutputError::io(path, "write"))
}

/// The place of an emitted file; `None` for a path that leads elsewhere than below `src`.
pub(super) fn emitted_path(root: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path);
    let plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    (plain && relative.starts_with("src")).then(|| root.join(relative))
}

/// Removes a file that was emitted before, and the folders that it leaves empty. A file of the same name that is not ours is
/// left alone. Tells whether there was something to remove.
pub(super) fn remove_emitted(root: &Path, path: &Path) -> Result<bool, OutputError> {
    if !read(path)?.is_some_and(|file| header::is_emitted(&file)) {
        return Ok(false);
    }
    fs::remove_file(path).map_err(OutputError::io(path, "remove"))?;
    let keep = root.join("src");
    let folders = path
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != keep);
    for folder in folders {
        // A folder that is not empty is not removed; that is how the way up ends.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(true)
}
