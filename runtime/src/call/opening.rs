//! The encrypted fields of a reply that a key elsewhere opens: before the reply is read.

use super::prepare::Answered;
use super::sending::Exchange;
use crate::read::{self, Opener};
use crate::sign::{RemoteKey, SigningKey};
use crate::transport::{left_of, within};
use crate::value::Slot;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Opens the encrypted fields of a reply. It is named where a client is given a signer, so that other programs do not carry it.
#[derive(Clone, Copy)]
pub(crate) struct OpenRemotely(for<'a> fn(Answered<'a>, Slot<'_>) -> Exchange<'a>);

/// What was opened, by its ciphertext.
pub(super) type Opened = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

impl OpenRemotely {
    pub(crate) const fn new() -> Self {
        Self(begin)
    }

    /// What opens a reply's fields, where that is still to be done.
    #[inline]
    pub(super) fn due(answered: &Answered<'_>) -> Option<Self> {
        let opening = answered.client.inner().opening?;
        remote(answered).map(|_| opening)
    }

    /// Asks for the fields, which are found by reading the reply on trial into a slot.
    #[inline]
    pub(super) fn begin<'a>(self, answered: Answered<'a>, trial: Slot<'_>) -> Exchange<'a> {
        (self.0)(answered, trial)
    }
}

/// Asks the remote key, one field after the other, for what is left of the call's time.
#[inline]
fn begin<'a>(mut answered: Answered<'a>, trial: Slot<'_>) -> Exchange<'a> {
    let sealed = sealed(&answered, trial);
    Box::pin(async move {
        let mut opened = BTreeMap::new();
        let client = answered.client;
        if let Some(remote) = remote(&answered) {
            let asking = async {
                for ciphertext in sealed {
                    let plain = remote.decrypt(&ciphertext).await;
                    opened.insert(ciphertext, plain);
                }
            };
            let timeout = answered.outgoing.timeout.unwrap_or(client.inner().timeout);
            let limit = left_of(timeout, answered.outgoing.began);
            if within(client.transport(), limit, asking).await.is_none() {
                tracing::warn!("the signer did not open all encrypted fields in time");
            }
        }
        answered.opened = Some(Box::new(move |ciphertext| {
            let plain = opened.get(ciphertext)?.as_ref();
            plain.map(|plain| String::clone(plain))
        }));
        Ok(answered)
    })
}

/// The encrypted fields of a reply: it is read on trial into a slot.
#[inline]
fn sealed(answered: &Answered<'_>, slot: Slot<'_>) -> BTreeSet<String> {
    let found = RefCell::new(BTreeSet::new());
    let note = |ciphertext: &str| {
        found.borrow_mut().insert(ciphertext.to_owned());
        None
    };
    // A reply that cannot be read is told by the reading that counts.
    let is_document = !matches!(slot, Slot::Nothing | Slot::Bytes(_));
    if is_document && !answered.read.body.is_empty() {
        drop(read::json(&answered.read.body, slot, &Opener::By(&note)));
    }
    found.into_inner()
}

/// The remote key, where it was not asked yet.
#[inline]
fn remote<'a>(answered: &Answered<'a>) -> Option<&'a RemoteKey> {
    if answered.opened.is_some() {
        return None;
    }
    match &answered.client.signer(answered.operation.identity)?.key {
        SigningKey::Local(_) => None,
        SigningKey::Remote(remote) => Some(remote),
    }
}
