use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why files could not be made, compared or written.
#[derive(Debug)]
pub enum OutputError {
    /// The disk refused.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was wanted: `read`, `write` …
        action: &'static str,
        /// What it said.
        source: io::Error,
    },
    /// Emitted code that is no Rust: a fault of the generator, or of a name that slipped through the checks.
    Format {
        /// The file.
        path: String,
        /// What the parser says.
        message: String,
    },
    /// `Cargo.toml` does not have the two marks.
    Marks {
        /// The file.
        path: PathBuf,
    },
}

impl OutputError {
    pub(super) fn io(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            path,
            action,
            source,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io {
                path,
                action,
                source,
            } => {
                write!(f, "could not {action} {}: {source}", path.display())
            }
            Self::Format { path, message } => write!(
                f,
                "what would be emitted as {path} is not valid Rust ({message}): look for an unusual name in its description"
            ),
            Self::Marks { path } => write!(
                f,
                "{} must have a line that begins with `{}` and, below it, one that begins with `{}`: the features stand between them",
                path.display(),
                super::features::BEGIN,
                super::features::END
            ),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
