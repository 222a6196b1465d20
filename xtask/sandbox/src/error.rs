//! What keeps a sandbox from starting, or its keys from being read.

use std::fmt;
use std::path::PathBuf;

/// Why a sandbox could not be started or its keys could not be made, read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A key, a certificate or another secret is not what it should be.
    Key {
        /// What was read: `apiclient_key.pem`, `the merchant's certificate`.
        what: String,
        /// What is wrong, what was expected.
        reason: String,
    },
    /// A cryptographic step failed.
    Cryptography {
        /// What was being done.
        doing: &'static str,
        /// The library's reason.
        reason: String,
    },
    /// A file could not be read or written.
    File {
        /// The file.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The port could not be listened on.
    Listen {
        /// The port, 0 for any.
        port: u16,
        /// The operating system's reason.
        source: std::io::Error,
    },
}

impl Error {
    pub(crate) fn key(what: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self::Key {
            what: what.into(),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn cryptography(doing: &'static str, reason: impl fmt::Display) -> Self {
        Self::Cryptography {
            doing,
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key { what, reason } => write!(f, "{what} can't be used: {reason}"),
            Self::Cryptography { doing, reason } => write!(f, "{doing} failed: {reason}"),
            Self::File { path, source } => {
                write!(f, "{} can't be read or written: {source}", path.display())
            }
            Self::Listen { port, source } => write!(
                f,
                "the sandbox can't listen on 127.0.0.1:{port}: {source}; give another port, or 0 for any that is free"
            ),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } | Self::Listen { source, .. } => Some(source),
            Self::Key { .. } | Self::Cryptography { .. } => None,
        }
    }
}
