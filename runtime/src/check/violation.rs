//! What is wrong with a request, before it is sent.

use core::fmt;

/// A rule of the description that a request breaks. It names the place and the rule, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The place: `detail.goods[2].name`, a path variable's name, ``header `X-Trace` ``.
    pub place: String,
    /// The rule.
    pub rule: Rule,
}

impl Violation {
    pub(crate) fn new(place: impl Into<String>, rule: Rule) -> Self {
        Self {
            place: place.into(),
            rule,
        }
    }
}

/// A rule that can be broken.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// It must be there.
    Required,
    /// It must not be empty.
    NotEmpty,
    /// Too few characters.
    TooShort {
        /// The least number of characters.
        least: i64,
        /// The characters that there are.
        actual: usize,
    },
    /// Too many characters.
    TooLong {
        /// The greatest number of characters.
        most: i64,
        /// The characters that there are.
        actual: usize,
    },
    /// Below the least number.
    TooSmall {
        /// The least number.
        least: i64,
    },
    /// Above the greatest number.
    TooGreat {
        /// The greatest number.
        most: i64,
    },
    /// Too few items.
    TooFewItems {
        /// The least number of items.
        least: u32,
        /// The items that there are.
        actual: usize,
    },
    /// Too many items.
    TooManyItems {
        /// The greatest number of items.
        most: u32,
        /// The items that there are.
        actual: usize,
    },
    /// The whole text does not match.
    Pattern {
        /// The regular expression.
        pattern: &'static str,
    },
    /// A number must be finite.
    Finite,
    /// Exactly one member of a group must be set.
    ExactlyOne {
        /// The group.
        of: &'static [&'static str],
        /// How many are set.
        set: usize,
    },
    /// More bytes than the platform's key can encrypt.
    TooLongToEncrypt {
        /// The greatest number of bytes in UTF-8.
        most: usize,
        /// The bytes that there are.
        actual: usize,
    },
    /// `.` and `..` would lead to another path.
    DotSegment,
    /// No name that a header can have.
    HeaderName,
    /// A line break or another character that a header cannot carry.
    HeaderValue,
    /// A header that the client writes by itself.
    ReservedHeader,
    /// The number of variables does not fit the path.
    VariableCount {
        /// How many the path has.
        expected: usize,
        /// How many were given.
        actual: usize,
    },
    /// A target must be a path, with a query if need be, exactly as it will be sent.
    Target {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The value could not be written as JSON.
    NotJson,
    /// A file needs a name that the header of a form's part can carry: no quotes, no line breaks, no slashes.
    FileName,
    /// No media type, as `image/png` is one.
    MediaType,
    /// The file could not be read. The error's source tells why.
    Unreadable,
    /// The file changed between the making of its digest and its sending.
    Changed,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.rule)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("required, but not set"),
            Self::NotEmpty => f.write_str("must not be empty"),
            Self::TooShort { least, actual } => {
                write!(f, "at least {least} characters, but has {actual}")
            }
            Self::TooLong { most, actual } => {
                write!(f, "at most {most} characters, but has {actual}")
            }
            Self::TooSmall { least } => write!(f, "must be at least {least}"),
            Self::TooGreat { most } => write!(f, "must be at most {most}"),
            Self::TooFewItems { least, actual } => {
                write!(f, "at least {least} items, but has {actual}")
            }
            Self::TooManyItems { most, actual } => {
                write!(f, "at most {most} items, but has {actual}")
            }
            Self::Pattern { pattern } => write!(f, "the whole text must match `{pattern}`"),
            Self::Finite => f.write_str("must be a finite number"),
            Self::ExactlyOne { of, set } => {
                write!(
                    f,
                    "exactly one of `{}` must be set, but {set} are",
                    of.join("`, `")
                )
            }
            Self::TooLongToEncrypt { most, actual } => write!(
                f,
                "at most {most} bytes can be encrypted with the platform's key, but it has {actual}"
            ),
            Self::DotSegment => f.write_str("`.` and `..` would lead to another path"),
            Self::HeaderName => f.write_str("this is no name of a header"),
            Self::HeaderValue => {
                f.write_str("a header cannot carry line breaks and other control characters")
            }
            Self::ReservedHeader => f.write_str("this header is written by the client itself"),
            Self::VariableCount { expected, actual } => {
                write!(
                    f,
                    "the path has {expected} variables, but {actual} were given"
                )
            }
            Self::Target { problem } => f.write_str(problem),
            Self::NotJson => f.write_str("could not be written as JSON"),
            Self::FileName => {
                f.write_str("a file needs a name without quotes, slashes and line breaks")
            }
            Self::Unreadable => f.write_str("the file could not be read"),
            Self::Changed => f.write_str("the file changed while it was being sent"),
            Self::MediaType => f.write_str("is no media type, as `image/png` is one"),
        }
    }
}
