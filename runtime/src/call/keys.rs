//! The platform's keys in the course of a call: one to begin with, any to verify by.

use crate::client::Client;
use crate::credentials::PlatformKeys;
use crate::error::{CallName, Error, ErrorKind, Report};
use crate::operation::Host;
use crate::platform::Learning;
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

/// Verifies a reply by the keys that are there now.
pub(super) fn verify(
    client: &Client,
    host: &Host,
    reply: Unverified,
) -> Result<Verified, Box<Rejected>> {
    let keys = client.platform_keys(host.name).unwrap_or_default();
    reply.verify(&keys, client.now())
}

/// The keys that a rejected reply may be verified by after all, where its serial number is not among those that are there: they are fetched
/// for it.
pub(super) fn learn<'c>(
    client: &'c Client,
    host: &Host,
    rejected: &Rejected,
    limit: Duration,
) -> Option<Learning<'c>> {
    let VerificationFailure::UnknownSerial(serial) = rejected.failure() else {
        return None;
    };
    let store = client.platform_key_store(host.name)?;
    store.learn(serial, Some((client.transport(), limit)))
}

/// Verifies a rejected reply once more, where keys came in time.
#[cold]
#[inline(never)]
pub(super) fn again(
    client: &Client,
    rejected: Box<Rejected>,
    keys: Option<Arc<PlatformKeys>>,
) -> Result<Verified, Box<Rejected>> {
    match keys {
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
