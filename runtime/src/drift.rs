//! Where a reply differs from its description.

use core::fmt;

/// One place where a reply differs from its description. It names the place and the kind, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drift {
    /// The place: `amount.total`, `promotion_detail[0].scope`; empty for the document itself.
    pub path: String,
    /// How it differs.
    pub kind: DriftKind,
}

/// How a reply differs from its description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriftKind {
    /// A required member is not there.
    Missing,
    /// `null` stands where a value is required.
    Null,
    /// A value of another type, which was left out.
    Type {
        /// What is described.
        expected: &'static str,
        /// What came.
        found: &'static str,
    },
    /// A value of another type that stands for the described one: a number written as a text, for example. It was taken.
    Lenient {
        /// What is described.
        expected: &'static str,
        /// What came.
        found: &'static str,
    },
    /// A member that is not described.
    UnknownField,
    /// A value that the enumeration does not list. An open enumeration keeps it.
    UnknownValue,
    /// An encrypted value that the private key does not open, which was left out.
    Undecryptable,
    /// A member that came more than once; the last one counts.
    Duplicate,
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() {
            "the document"
        } else {
            &self.path
        };
        write!(f, "{path}: {}", self.kind)
    }
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("required, but not there"),
            Self::Null => f.write_str("required, but null"),
            Self::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Lenient { expected, found } => {
                write!(f, "expected {expected}, found {found} that stands for one")
            }
            Self::UnknownField => f.write_str("not described"),
            Self::UnknownValue => f.write_str("a value that the description does not list"),
            Self::Undecryptable => f.write_str("could not be decrypted with the private key"),
            Self::Duplicate => f.write_str("came more than once"),
        }
    }
}
