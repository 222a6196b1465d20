//! What went wrong with a signature.

use super::SignerError;
use aws_lc_rs::error::Unspecified;
use core::fmt;

/// A request that could not be signed.
#[derive(Debug)]
#[non_exhaustive]
pub enum SignError {
    /// The crypto library could not sign.
    Failed,
    /// The remote signer failed; the source is its own error.
    Remote(SignerError),
    /// The remote signer did not answer within the time of the attempt.
    TooSlow,
    /// The remote signer's signature does not fit the certificate that was given: it signs with another key.
    OtherKey,
    /// WeChat Pay has no scheme for the identity and its key: a brand signs by RSA alone.
    NoScheme,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Failed => "the crypto library could not sign",
            Self::Remote(_) => "the remote signer failed",
            Self::TooSlow => "the remote signer did not answer in time",
            Self::NoScheme => "a brand signs by RSA alone",
            Self::OtherKey => {
                "the remote signer's signature does not fit the certificate: it signs with another key, or in another way"
            }
        })
    }
}

impl core::error::Error for SignError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Remote(source) => Some(&**source),
            Self::Failed | Self::TooSlow | Self::OtherKey | Self::NoScheme => None,
        }
    }
}

impl From<Unspecified> for SignError {
    fn from(_: Unspecified) -> Self {
        Self::Failed
    }
}
