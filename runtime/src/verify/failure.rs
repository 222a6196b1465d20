//! Why a signature was refused.

use crate::credentials::Algorithm;
use core::fmt;

/// Why the signature of a reply or a notification was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerificationFailure {
    /// A header of the signature is not there.
    MissingHeader(&'static str),
    /// A header of the signature is not what it should be.
    MalformedHeader(&'static str),
    /// The timestamp is too far from the clock here, in Unix seconds.
    ClockSkew {
        /// What the header says.
        sent: u64,
        /// What the clock here says.
        now: u64,
    },
    /// No platform key has this serial number or id.
    UnknownSerial(String),
    /// The serial number is that of the merchant's own certificate.
    MerchantSerial(String),
    /// The header `Wechatpay-Signature-Type` names a scheme of another algorithm than that of the key that the serial number
    /// names.
    OtherScheme {
        /// The scheme in the header.
        named: String,
        /// The algorithm of the key.
        key: Algorithm,
    },
    /// The signature is not the platform's over this body.
    BadSignature,
    /// A probe of WeChat Pay, with a signature that is wrong on purpose. It is no attack.
    Probe,
}

impl fmt::Display for VerificationFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader(name) => write!(f, "the header `{name}` is missing"),
            Self::MalformedHeader(name) => write!(f, "the header `{name}` is malformed"),
            Self::ClockSkew { sent, now } => write!(
                f,
                "signed at {sent}, but the clock here shows {now} (Unix seconds): {} seconds apart, at most {} are allowed; set this machine's clock",
                sent.abs_diff(*now),
                super::MOST_SKEW
            ),
            Self::UnknownSerial(serial) => write!(
                f,
                "signed with the platform key `{serial}`, which the client does not have; give it that platform certificate or public key"
            ),
            Self::MerchantSerial(serial) => write!(
                f,
                "`{serial}` is the serial number of the merchant's own certificate, which WeChat Pay never signs with"
            ),
            Self::OtherScheme { named, key } => write!(
                f,
                "the header `Wechatpay-Signature-Type` names the scheme `{named}`, but the serial number that of a key for {key}"
            ),
            Self::BadSignature => f.write_str("the signature does not fit the body"),
            Self::Probe => f.write_str(
                "a probe of WeChat Pay with a signature that is wrong on purpose: it must be refused, and is no attack",
            ),
        }
    }
}

impl core::error::Error for VerificationFailure {}
