//! How a download fails.

use core::fmt;

/// How a download fails, where it is not the exchange that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DownloadFailure {
    /// What was to tell the link has none, or none that can be followed. Nothing was sent.
    NoLink,
    /// The link leads to a host that is not WeChat Pay's. Nothing was sent, nothing was signed for it.
    ForeignHost,
    /// The hash is of a type that is not known, or has no value. Nothing was sent.
    UnknownHash,
    /// The bill is encrypted, and cannot be decrypted with what its reply tells. Nothing was sent.
    Encrypted,
    /// The content was encrypted with another key than its reply tells, or was changed on its way, or breaks off.
    Seal,
    /// The content has another hash than was told: it is not what WeChat Pay made, or not all of it.
    Hash,
    /// The content begins as gzip does, and is damaged or breaks off.
    Gzip,
    /// The content is longer than the limit that was set.
    TooLarge,
    /// The content is no table of rows.
    NotABill,
    /// The content could not be written where it was to go.
    Write,
    /// Some of the content was handed out before it was to be taken whole: what is left is not the whole.
    Begun,
    /// Reading the content failed before, by another error; what came of it is not whole.
    FailedBefore,
}

impl fmt::Display for DownloadFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoLink => "there is no link to download from",
            Self::ForeignHost => "the link leads to a host that is not WeChat Pay's",
            Self::UnknownHash => "the hash is of a type that is not known, or has no value",
            Self::Encrypted => {
                "the bill is encrypted, and its key is missing or of an unknown kind"
            }
            Self::Seal => "the content was changed on its way, or encrypted with another key",
            Self::Hash => "the content has another hash than was told",
            Self::Gzip => "the content is damaged gzip",
            Self::TooLarge => "the content is longer than the limit",
            Self::NotABill => "the content is no bill",
            Self::Write => "the content could not be written",
            Self::Begun => "some of the content was handed out before",
            Self::FailedBefore => "reading the content failed before",
        })
    }
}
