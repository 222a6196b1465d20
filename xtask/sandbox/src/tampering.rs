//! Answers that somebody changed on their way.

use std::fmt;
use std::sync::Arc;

/// What is done to the body of an answer after it was signed, as somebody between would do it. By default, nothing.
#[derive(Clone, Default)]
pub struct Tampering {
    tamper: Option<Arc<Tamper>>,
}

type Tamper = dyn Fn(&mut Vec<u8>) + Send + Sync;

impl Tampering {
    /// Lets a function change the bytes.
    pub fn from_fn(tamper: impl Fn(&mut Vec<u8>) + Send + Sync + 'static) -> Self {
        Self {
            tamper: Some(Arc::new(tamper)),
        }
    }

    /// Changes the bytes of an answer.
    pub fn apply(&self, body: &mut Vec<u8>) {
        if let Some(tamper) = &self.tamper {
            tamper(body);
        }
    }
}

impl fmt::Debug for Tampering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tampering")
            .field("tampers", &self.tamper.is_some())
            .finish()
    }
}
