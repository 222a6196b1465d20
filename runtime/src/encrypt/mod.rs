//! Encrypted fields and sealed resources.

mod resource;

use core::fmt;

pub use resource::{Resource, ResourceError};

/// An encrypted field that this private key does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undecryptable;

impl fmt::Display for Undecryptable {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the field was not encrypted for this private key, or is damaged")
    }
}

impl core::error::Error for Undecryptable {}

/// A text that cannot be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unencryptable {
    /// It has more bytes than the key takes.
    TooLong {
        /// The greatest number of bytes in UTF-8.
        most: usize,
        /// The bytes that there are.
        actual: usize,
    },
    /// The crypto library refused.
    Failed,
}

impl fmt::Display for Unencryptable {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { most, actual } => write!(
                f,
                "at most {most} bytes can be encrypted with this key, but there are {actual}"
            ),
            Self::Failed => f.write_str("the text could not be encrypted"),
        }
    }
}

impl core::error::Error for Unencryptable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_is_wrong() {
        assert!(Undecryptable.to_string().contains("private key"));
        assert!(Unencryptable::Failed.to_string().contains("encrypted"));
        let (most, actual) = (190, 191);
        let text = Unencryptable::TooLong { most, actual }.to_string();
        assert!(text.contains("190") && text.contains("191"), "{text}");
    }
}
