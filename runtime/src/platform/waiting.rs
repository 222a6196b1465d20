//! Waiting for keys that are being fetched.

use super::PlatformKeyStore;
use super::renewal::Renewal;
use super::store::{RenewalFailed, Wait};
use crate::credentials::PlatformKeys;
use crate::error::{Error, ErrorKind, Outcome, Report};
use core::fmt;
use std::sync::Arc;

/// What there is after a fetch, or after the last one if none may be made yet. Keys that have ended are better than none.
#[inline]
pub(super) async fn after(
    store: &PlatformKeyStore,
    renewal: &Renewal,
    wait: Option<Wait>,
) -> Result<Arc<PlatformKeys>, Error> {
    let failed = match wait {
        Some(wait) => wait.await.err(),
        None => None,
    };
    let keys = store.snapshot();
    if !keys.is_empty() {
        return Ok(keys);
    }
    Err(match failed.or_else(|| renewal.failure()) {
        Some(failed) => failed.into(),
        None => no_keys().into(),
    })
}

/// What there is after fetches for a name.
#[inline]
pub(super) async fn learn(
    store: &PlatformKeyStore,
    renewal: &Renewal,
    name: String,
) -> Arc<PlatformKeys> {
    // A fetch that was on its way may have been answered before the key came; then a second is made for it.
    for _ in 0..2 {
        let keys = store.snapshot();
        if keys.find(&name).is_some() {
            return keys;
        }
        let Some(wait) = renewal.unknown(&name) else {
            break;
        };
        // Its failure is in the log, and shows here in that the key is missing still.
        let _ = wait.await;
    }
    store.snapshot()
}

#[inline]
fn no_keys() -> Report {
    Report::new(ErrorKind::PlatformKeys, Outcome::NotSent, TEXT)
}

const TEXT: &str =
    "WeChat Pay's platform certificates could not be fetched, so that no reply could be verified";

impl From<RenewalFailed> for Error {
    #[inline]
    fn from(failed: RenewalFailed) -> Self {
        let text = format!("{TEXT}: {failed}");
        let mut report = Report::new(ErrorKind::PlatformKeys, Outcome::NotSent, text);
        report.clock_skew = failed.0.clock_skew();
        report.source(failed).into()
    }
}

impl fmt::Display for RenewalFailed {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.tell(f)
    }
}

impl core::error::Error for RenewalFailed {
    #[inline]
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&*self.0)
    }
}
