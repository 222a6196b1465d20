//! What the sandbox received, for tests to look at.

use crate::check_request::Accepted;
use crate::refusal::Refusal;
use http::HeaderMap;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// A request as it was received, and what became of it.
#[derive(Clone)]
pub struct ReceivedRequest {
    /// The host family that it was sent to.
    pub family: String,
    /// The method.
    pub method: String,
    /// The path and the query as sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as sent.
    pub body: Vec<u8>,
    /// The operation that it meant, as its description names it: `GET /v3/certificates`.
    pub operation: Option<String>,
    /// What it says, decoded and decrypted, where it was accepted.
    pub accepted: Option<Accepted>,
    /// What became of it.
    pub verdict: Verdict,
    /// The headers of the answer, all but those that HTTP itself needs.
    pub answer_headers: Vec<(&'static str, String)>,
    /// The body of the answer.
    pub answer: Vec<u8>,
    /// The `Request-ID` of the answer.
    pub request_id: String,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It was answered with this 2xx status.
    Answered(u16),
    /// It was refused.
    Refused(Refusal),
    /// It was accepted, but a fault answered with this status.
    Faulty(u16),
}

impl Verdict {
    /// The HTTP status of the answer.
    pub fn status(&self) -> u16 {
        match self {
            Self::Answered(status) | Self::Faulty(status) => *status,
            Self::Refused(refusal) => refusal.status,
        }
    }
}

/// Shows neither headers nor body, which may hold secrets.
impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReceivedRequest")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("operation", &self.operation)
            .field("verdict", &self.verdict)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

/// The latest requests, the oldest first.
#[derive(Debug)]
pub(crate) struct Log {
    requests: Mutex<VecDeque<ReceivedRequest>>,
    kept: usize,
}

impl Log {
    pub(crate) fn keeping(kept: usize) -> Self {
        Self {
            requests: Mutex::default(),
            kept,
        }
    }

    pub(crate) fn add(&self, request: ReceivedRequest) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push_back(request);
        while requests.len() > self.kept {
            requests.pop_front();
        }
    }

    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().cloned().collect()
    }
}
