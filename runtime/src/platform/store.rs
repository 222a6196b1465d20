//! The keys of one family of hosts while a client runs.

use crate::credentials::{PlatformKeys, is_public_key_id};
use crate::error::Error;
use crate::transport::{Bound, BoxFuture};
use core::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// WeChat Pay's keys of one family of hosts while a client runs. Cloning gives another handle to the same keys.
///
/// Replies, notifications and encrypted fields are all served from here. What it hands out is a snapshot, which stays as it is while somebody uses it: a
/// renewal puts another in its place and takes nothing away from anybody.
///
/// ```no_run
/// # async fn example(client: wechatpay_runtime::Client, headers: http::HeaderMap, body: Vec<u8>, now: u64) -> Result<(), Box<dyn std::error::Error>> {
/// use wechatpay_runtime::{VerificationFailure, verify::verify};
///
/// let store = client.platform_key_store("default").ok_or("no keys")?;
/// let mut verified = verify(&*store.ready().await?, &headers, &body, now);
/// if let Err(VerificationFailure::UnknownSerial(serial)) = &verified {
///     let keys = store.knowing(serial).await;
///     verified = verify(&keys, &headers, &body, now);
/// }
/// verified?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct PlatformKeyStore {
    current: Arc<Current>,
    renewal: Option<Arc<dyn Renew>>,
}

/// The snapshot that is handed out. Its lock is held while a pointer is copied, and for nothing else.
pub(super) struct Current(RwLock<Arc<PlatformKeys>>);

/// Puts new keys into the store. It is a trait so that a program whose keys are all given links nothing of it.
pub(super) trait Renew: Send + Sync {
    /// Sees to it that keys are fetched where it is time. Gives what a caller must wait for, where there is no usable key.
    fn due(&self) -> Option<Wait>;

    /// The keys of a store after a fetch, or after the last one if none may be made yet. Keys that have ended are better than none.
    fn after<'s>(
        &'s self,
        store: &'s PlatformKeyStore,
        wait: Option<Wait>,
        bound: Bound<'s>,
    ) -> Coming<'s>;

    /// The keys of a store after they were fetched for a name.
    fn learn<'s>(
        &'s self,
        store: &'s PlatformKeyStore,
        name: String,
        bound: Bound<'s>,
    ) -> Learning<'s>;
}

/// Keys that are being fetched; `None` where the time was over first.
pub(crate) type Coming<'a> = BoxFuture<'a, Option<Result<Arc<PlatformKeys>, Error>>>;

/// The keys there are after a fetch for a name; `None` where the time was over first.
pub(crate) type Learning<'a> = BoxFuture<'a, Option<Arc<PlatformKeys>>>;

/// The end of a fetch, which all its callers wait for.
pub(super) type Wait = BoxFuture<'static, Result<(), RenewalFailed>>;

/// Why keys could not be fetched; the same for all who waited.
#[derive(Clone, Debug)]
pub(super) struct RenewalFailed(pub(super) Arc<Error>);

impl PlatformKeyStore {
    /// Keys that never change.
    pub(crate) fn fixed(keys: PlatformKeys) -> Self {
        Self {
            current: Arc::new(Current::new(keys)),
            renewal: None,
        }
    }

    pub(super) fn renewed(current: Arc<Current>, renewal: Arc<dyn Renew>) -> Self {
        Self {
            current,
            renewal: Some(renewal),
        }
    }

    /// The keys as they are now. Nothing is fetched for it, so that there may be none.
    pub fn snapshot(&self) -> Arc<PlatformKeys> {
        self.current.get()
    }

    /// The keys, fetched where they have to be. It waits only where there is no usable key yet; whoever else asks meanwhile waits for the same fetch.
    /// Keys that are to be renewed go on serving until it is done.
    ///
    /// # Errors
    /// Where there is no key and none could be fetched. Failures are tried again after a second, two, four, up to a minute; what is asked for in between
    /// fails by the same error at once.
    pub async fn ready(&self) -> Result<Arc<PlatformKeys>, Error> {
        match self.begin(None) {
            Ok(keys) => Ok(keys),
            Err(coming) => coming.await.unwrap_or_else(|| Ok(self.snapshot())),
        }
    }

    /// The keys, where nobody has to wait for them; else what to wait for.
    pub(crate) fn begin<'s>(&'s self, bound: Bound<'s>) -> Result<Arc<PlatformKeys>, Coming<'s>> {
        let Some(renewal) = &self.renewal else {
            return Ok(self.snapshot());
        };
        let wait = renewal.due();
        let keys = self.snapshot();
        match wait {
            None if !keys.is_empty() => Ok(keys),
            wait => Err(renewal.after(self, wait, bound)),
        }
    }

    /// The keys after a fetch that may bring one of this name, where there is any.
    pub(crate) fn learn<'s>(&'s self, name: &str, bound: Bound<'s>) -> Option<Learning<'s>> {
        let renewal = self.renewal.as_ref()?;
        let may_learn = !is_public_key_id(name);
        may_learn.then(|| renewal.learn(self, name.to_owned(), bound))
    }

    /// The keys after a signature named one that they did not have: they are fetched for it, but once in three minutes at most, whatever names turn up.
    /// Where that brings nothing they are as they were, and the signature remains unverified.
    pub async fn knowing(&self, name: &str) -> Arc<PlatformKeys> {
        match self.learn(name, None) {
            Some(learning) => learning.await.unwrap_or_else(|| self.snapshot()),
            None => self.snapshot(),
        }
    }
}

impl Current {
    pub(super) fn new(keys: PlatformKeys) -> Self {
        Self(RwLock::new(Arc::new(keys)))
    }

    pub(super) fn get(&self) -> Arc<PlatformKeys> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts other keys in the place of the old ones, which are freed without the lock.
    pub(super) fn set(&self, keys: PlatformKeys) {
        let new = Arc::new(keys);
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let old = core::mem::replace(&mut *current, new);
        drop(current);
        drop(old);
    }
}

impl fmt::Debug for PlatformKeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.snapshot();
        f.debug_struct("PlatformKeyStore")
            .field("names", &keys.names().collect::<Vec<_>>())
            .field("automatic", &self.renewal.is_some())
            .finish()
    }
}
