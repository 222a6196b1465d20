//! Answers that differ from the description, as real servers' do.

use http::HeaderMap;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// What is done to the body of a successful answer before it is signed. By default, nothing.
#[derive(Clone, Default)]
pub struct Alteration {
    alter: Option<Arc<Alter>>,
}

type Alter = dyn Fn(&Answering<'_>, &mut Value) + Send + Sync;

/// What an answer is an answer to, and what it says.
#[derive(Clone, Copy)]
pub struct Answering<'a> {
    /// The operation's name: `GET /v3/certificates`.
    pub operation: &'a str,
    /// The headers of the request.
    pub headers: &'a HeaderMap,
    /// The status.
    pub status: u16,
    /// The body before its sensitive texts were encrypted.
    pub plain: &'a Value,
}

impl Alteration {
    /// Lets a function change the body; it is told what the body answers.
    pub fn from_fn(alter: impl Fn(&Answering<'_>, &mut Value) + Send + Sync + 'static) -> Self {
        Self {
            alter: Some(Arc::new(alter)),
        }
    }

    /// Changes the body of an answer.
    pub fn apply(&self, answering: &Answering<'_>, body: &mut Value) {
        if let Some(alter) = &self.alter {
            alter(answering, body);
        }
    }
}

/// Shows neither headers nor body, which may hold secrets.
impl fmt::Debug for Answering<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answering")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Alteration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Alteration")
            .field("alters", &self.alter.is_some())
            .finish()
    }
}
