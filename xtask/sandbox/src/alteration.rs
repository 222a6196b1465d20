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

type Alter = dyn Fn(&str, &HeaderMap, &mut Value) + Send + Sync;

impl Alteration {
    /// Lets a function change the body; it is given the operation's name, `GET /v3/certificates`, too.
    pub fn from_fn(alter: impl Fn(&str, &mut Value) + Send + Sync + 'static) -> Self {
        Self::by_headers(move |operation, _, body| alter(operation, body))
    }

    /// The same, for a function that is given the request's headers as well.
    pub fn by_headers(
        alter: impl Fn(&str, &HeaderMap, &mut Value) + Send + Sync + 'static,
    ) -> Self {
        Self {
            alter: Some(Arc::new(alter)),
        }
    }

    /// Changes the body of an operation's answer.
    pub fn apply(&self, operation: &str, headers: &HeaderMap, body: &mut Value) {
        if let Some(alter) = &self.alter {
            alter(operation, headers, body);
        }
    }
}

impl fmt::Debug for Alteration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Alteration")
            .field("alters", &self.alter.is_some())
            .finish()
    }
}
