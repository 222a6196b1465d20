//! A request that is ready to be signed and sent, as often as it takes.

use crate::error::CallName;
use crate::operation::{Host, Identity, Method};
use crate::retry::RetryPolicy;
use crate::transport::Body;
use crate::verify::Unsigned;
use crate::write::{Framed, Part};
use bytes::Bytes;
use core::time::Duration;
use http::{HeaderMap, HeaderValue};

/// A request that is ready to be signed. Nothing in it changes between attempts.
pub(crate) struct Outgoing {
    pub(crate) name: CallName,
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    /// What is signed, and sent where there is no form.
    pub(super) body: Bytes,
    /// The parts of an upload.
    pub(super) form: Option<Vec<Part>>,
    pub(super) content_type: Option<HeaderValue>,
    pub(super) host: &'static Host,
    pub(crate) identity: Identity,
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    /// The name of the platform key that fields were encrypted with.
    pub(super) sealed_with: Option<String>,
}

impl Outgoing {
    /// The leave to read the reply without a signature, where the operation gives it.
    pub(super) fn unsigned(&self) -> Option<Unsigned> {
        self.name.operation.and_then(Unsigned::of)
    }

    /// What travels, and its media type. `None` where no header can carry the latter.
    pub(super) fn travelling(&self, boundary: &str) -> Option<(Body, Option<HeaderValue>)> {
        match &self.form {
            None => Some((Body::Bytes(self.body.clone()), self.content_type.clone())),
            Some(parts) => {
                let framed = Framed::new(parts, boundary)?;
                let content_type = framed.content_type.clone();
                Some((framed.into_body(), Some(content_type)))
            }
        }
    }
}
