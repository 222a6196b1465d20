//! How an exchange failed on its way.

use crate::error::{Outcome, TransportFailure};
use core::fmt;

type Source = Box<dyn core::error::Error + Send + Sync>;

/// An exchange that failed on its way, as a transport tells it.
pub struct Failure {
    kind: TransportFailure,
    source: Option<Source>,
}

impl Failure {
    /// Surely no byte of the request left: the name was not resolved, nobody listened, TLS failed. What this says falsely may be paid twice.
    pub fn not_sent(source: impl Into<Source>) -> Self {
        Self::of(TransportFailure::Connect, Some(source.into()))
    }

    /// The transport cannot carry the request: it could not be put together, and surely no byte of it left. That says nothing of the host, and
    /// another one is not tried.
    pub fn unsendable(source: impl Into<Source>) -> Self {
        Self::of(TransportFailure::Unsendable, Some(source.into()))
    }

    /// The exchange broke off after bytes may have left.
    pub fn interrupted(source: impl Into<Source>) -> Self {
        Self::of(TransportFailure::Interrupted, Some(source.into()))
    }

    /// No whole answer in time.
    pub fn timeout(source: impl Into<Source>) -> Self {
        Self::of(TransportFailure::Timeout, Some(source.into()))
    }

    pub(crate) fn of(kind: TransportFailure, source: Option<Source>) -> Self {
        Self { kind, source }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> TransportFailure {
        self.kind
    }

    /// What is known of the request.
    pub fn outcome(&self) -> Outcome {
        match self.kind {
            TransportFailure::Connect
            | TransportFailure::Unsendable
            | TransportFailure::CircuitOpen => Outcome::NotSent,
            _ => Outcome::Unknown,
        }
    }

    pub(crate) fn into_source(self) -> Option<Source> {
        self.source
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl core::error::Error for Failure {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
