//! The platform's keys in the course of a call: one to begin with, any to verify by.

use crate::client::Client;
use crate::credentials::PlatformKeys;
use crate::error::{CallName, Error, ErrorKind, Report};
use crate::operation::Host;
use crate::verify::{Rejected, Unverified, VerificationFailure, Verified};
use core::time::Duration;
use std::sync::Arc;

/// The keys that a call begins with. It waits for a fetch where there is none, and no longer than `limit`.
///
/// # Errors
/// Where there is no key of the family. Nothing was sent.
pub(super) async fn ready(
    client: &Client,
    host: &Host,
    name: &CallName,
    limit: Duration,
) -> Result<Arc<PlatformKeys>, Error> {
    let Some(store) = client.platform_key_store(host.name) else {
        return Err(missing(host).call(name).into());
    };
    let keys = match store.begin(Some((client.transport(), limit))) {
        Ok(keys) => keys,
        Err(coming) => match coming.await {
            Some(keys) => keys.map_err(|error| error.of_call(name))?,
            None => return Err(not_in_time(name)),
        },
    };
    match keys.is_empty() {
        true => Err(missing(host).call(name).into()),
        false => Ok(keys),
    }
}

/// Verifies a reply by the keys that are there now. Where its serial number is not among them they are fetched for it, and the reply is verified once more.
pub(super) async fn verify(
    client: &Client,
    host: &Host,
    reply: Unverified,
    limit: Duration,
) -> Result<Verified, Box<Rejected>> {
    let Some(store) = client.platform_key_store(host.name) else {
        return reply.verify(&PlatformKeys::new(), client.now());
    };
    let rejected = match reply.verify(&store.snapshot(), client.now()) {
        Err(rejected) => rejected,
        verified => return verified,
    };
    let VerificationFailure::UnknownSerial(serial) = rejected.failure() else {
        return Err(rejected);
    };
    let Some(learning) = store.learn(serial, Some((client.transport(), limit))) else {
        return Err(rejected);
    };
    match learning.await {
        Some(keys) => rejected.into_parts().1.verify(&keys, client.now()),
        None => Err(rejected),
    }
}

#[cold]
#[inline(never)]
pub(super) fn missing(host: &Host) -> Report {
    let text = format!(
        "the client has no platform key of the host family `{}`, so that no reply could be verified; give them by `host_platform_keys` or `platform_certificates_automatic` when the client is built",
        host.name
    );
    Report::configuration("host_platform_keys", &text)
}

#[cold]
#[inline(never)]
fn not_in_time(name: &CallName) -> Error {
    let text = "the platform certificates did not come in time, and without them no reply could be verified";
    Report::not_sent(ErrorKind::PlatformKeys, text)
        .call(name)
        .into()
}
