//! Kinds of failure, and what they mean for the request.

use super::DownloadFailure;
use crate::value::MissingField;
use crate::verify::VerificationFailure;
use core::fmt;

/// What kind of failure an error is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client was configured wrongly, or has no key or identity for the call. Nothing was sent.
    Configuration,
    /// The request breaks rules of its description. Nothing was sent.
    Validation,
    /// The operation is over the rate that the client keeps, and the call had no time to wait. Nothing was sent.
    RateLimited,
    /// The request could not be signed: the crypto library or the remote signer failed. Nothing was sent.
    Signing,
    /// The exchange failed on its way.
    Transport(TransportFailure),
    /// A reply of success that cannot be trusted.
    Verification(VerificationFailure),
    /// The platform's keys could not be fetched, so that no reply could be verified. Nothing was sent of the call itself. The fetch's own
    /// [`Error`](crate::Error), with its status, code and `Request-ID`, is among the sources.
    PlatformKeys,
    /// The server answered with an error.
    Server,
    /// The reply is not the JSON that is described.
    Decoding,
    /// The reply differs from its description, and the call was strict.
    Drift,
    /// The pages of a list do not fit together: the server gave one again, or ended before the last.
    Paging,
    /// What was downloaded is not what it should be, or may not be downloaded.
    Download(DownloadFailure),
    /// A required field was asked for that the reply does not have.
    MissingField(MissingField),
}

/// How an exchange failed on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportFailure {
    /// No connection: the name was not resolved, nobody listened, or TLS failed. No byte of the request was sent.
    Connect,
    /// The transport cannot carry the request. No byte of it was sent.
    Unsendable,
    /// No whole reply in time.
    Timeout,
    /// The connection broke after bytes were sent.
    Interrupted,
    /// The reply is longer than the client takes.
    TooLarge,
    /// No host was tried: all that serve the call are left alone for a while, since they did not answer. No byte of the request was sent.
    CircuitOpen,
}

impl TransportFailure {
    /// A short name, for metrics.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Unsendable => "unsendable",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::TooLarge => "too_large",
            Self::CircuitOpen => "circuit_open",
        }
    }
}

/// What is known of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was surely not carried out: no byte of the last attempt was sent, and no earlier one can have done anything.
    NotSent,
    /// WeChat Pay answered, and the answer says what became of it.
    Answered,
    /// It was sent, and nobody here knows whether it was carried out. Query before doing anything else.
    Unknown,
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "no connection",
            Self::Unsendable => "the transport cannot carry the request",
            Self::Timeout => "no whole reply in time",
            Self::Interrupted => "the connection broke",
            Self::TooLarge => "the reply is longer than the client takes",
            Self::CircuitOpen => "no host was tried: none has answered lately",
        })
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "not sent",
            Self::Answered => "answered",
            Self::Unknown => "sent, outcome unknown",
        })
    }
}
