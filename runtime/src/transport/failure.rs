//! How an exchange failed: surely not sent, or of unknown outcome.

use crate::error::{Answer, Outcome, TransportFailure};

/// An exchange that failed on its way.
pub(crate) struct Broken {
    pub(crate) failure: TransportFailure,
    pub(crate) answer: Option<Answer>,
    pub(crate) source: Option<reqwest::Error>,
}

impl Broken {
    /// The request could not be put together.
    pub(super) fn before_sending(error: reqwest::Error) -> Self {
        Self::of(TransportFailure::Connect, Some(error))
    }

    /// No reply came. Only a failure to connect tells that no byte was sent.
    pub(super) fn before_reply(error: reqwest::Error) -> Self {
        let failure = if error.is_connect() {
            TransportFailure::Connect
        } else {
            interrupted(&error)
        };
        Self::of(failure, Some(error))
    }

    /// The reply broke off.
    pub(super) fn within_reply(error: reqwest::Error) -> Self {
        Self::of(interrupted(&error), Some(error))
    }

    /// The reply is longer than is taken.
    pub(super) fn too_large() -> Self {
        Self::of(TransportFailure::TooLarge, None)
    }

    fn of(failure: TransportFailure, source: Option<reqwest::Error>) -> Self {
        Self {
            failure,
            answer: None,
            // A URL may hold what nobody should read in a log.
            source: source.map(reqwest::Error::without_url),
        }
    }

    pub(super) fn with(mut self, answer: Answer) -> Self {
        self.answer = Some(answer);
        self
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match self.failure {
            TransportFailure::Connect => Outcome::NotSent,
            _ => Outcome::Unknown,
        }
    }
}

fn interrupted(error: &reqwest::Error) -> TransportFailure {
    if error.is_timeout() {
        TransportFailure::Timeout
    } else {
        TransportFailure::Interrupted
    }
}
