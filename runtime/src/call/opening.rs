//! The encrypted fields of a reply: opened at once by a key in this process, or before the reply is read by one elsewhere.

use super::prepare::Answered;
use super::sending::Exchange;
use crate::read;
use crate::sign::{RemoteKey, SigningKey};
use crate::transport::within;
use crate::value::Slot;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

/// What a remote key made of the encrypted fields, by their ciphertexts.
pub(super) struct Opened(BTreeMap<String, Option<Zeroizing<String>>>);

/// The plain text of an encrypted field.
pub(super) fn open(answered: &Answered<'_>, ciphertext: &str) -> Option<String> {
    if let Some(Opened(opened)) = &answered.opened {
        let plain = opened.get(ciphertext)?.as_ref();
        return plain.map(|plain| String::clone(plain));
    }
    let signer = answered.client.signer(answered.operation.identity)?;
    match &signer.key {
        SigningKey::Local(key) => key.decrypt(ciphertext).ok(),
        SigningKey::Remote(_) => None,
    }
}

/// Whether a remote key is to be asked before the reply is read.
pub(super) fn is_due(answered: &Answered<'_>) -> bool {
    remote(answered).is_some()
}

/// The encrypted fields of a reply: it is read on trial into a slot.
pub(super) fn sealed(answered: &Answered<'_>, slot: Slot<'_>) -> BTreeSet<String> {
    let found = RefCell::new(BTreeSet::new());
    let note = |ciphertext: &str| {
        found.borrow_mut().insert(ciphertext.to_owned());
        None
    };
    // A reply that cannot be read is told by the reading that counts.
    let is_document = !matches!(slot, Slot::Nothing | Slot::Bytes(_));
    if is_document && !answered.read.body.is_empty() {
        drop(read::json(&answered.read.body, slot, &note));
    }
    found.into_inner()
}

/// Asks the remote key, one field after the other, for as long as a call may take.
pub(super) fn begin(mut answered: Answered<'_>, sealed: BTreeSet<String>) -> Exchange<'_> {
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
            let limit = client.inner().timeout;
            if within(client.transport(), limit, asking).await.is_none() {
                tracing::warn!("the signer did not open all encrypted fields in time");
            }
        }
        answered.opened = Some(Opened(opened));
        Ok(answered)
    })
}

/// The remote key, where it was not asked yet.
fn remote<'a>(answered: &Answered<'a>) -> Option<&'a RemoteKey> {
    if answered.opened.is_some() {
        return None;
    }
    match &answered.client.signer(answered.operation.identity)?.key {
        SigningKey::Local(_) => None,
        SigningKey::Remote(remote) => Some(remote),
    }
}
