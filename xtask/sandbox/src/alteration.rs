//! Answers that differ from the description, as real servers' do.

use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// What is done to the body of a successful answer before it is signed. By default, nothing.
#[derive(Clone, Default)]
pub struct Alteration {
    alter: Option<Arc<Alter>>,
}

type Alter = dyn Fn(&str, &mut Value) + Send + Sync;

impl Alteration {
    /// Lets a function change the body; it is given the operation's name, `GET /v3/certificates`, too.
    pub fn from_fn(alter: impl Fn(&str, &mut Value) + Send + Sync + 'static) -> Self {
        Self {
            alter: Some(Arc::new(alter)),
        }
    }

    /// Changes the body of an operation's answer.
    pub fn apply(&self, operation: &str, body: &mut Value) {
        if let Some(alter) = &self.alter {
            alter(operation, body);
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
