//! Fetches certificates: one fetch at a time, however many wait for it.

use super::PlatformKeyStore;
use super::answer::{Opened, receive};
use super::keeper;
use super::kept::{self, Kept};
use super::outside::Outside;
use super::plan::{Plan, SPREAD};
use super::saved::SavedFile;
use super::store::{Coming, Current, Learning, Renew, RenewalFailed, Wait};
use super::waiting;
use crate::credentials::{Apiv3Key, PlatformKeys, is_public_key_id};
use crate::error::{Error, ErrorKind, Outcome, Report};
use crate::transport::{Bound, BoxFuture, bounded};
use crate::verify::Unverified;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use futures_util::FutureExt;
use futures_util::future::{AbortHandle, Shared};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Renews the certificates of one family of hosts.
pub(super) struct Renewal {
    me: Weak<Self>,
    family: &'static str,
    given: PlatformKeys,
    key: Apiv3Key,
    outside: Arc<dyn Outside>,
    current: Arc<Current>,
    file: Option<SavedFile>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    running: Option<Fetching>,
    plan: Plan,
    kept: Vec<Kept>,
    failure: Option<RenewalFailed>,
    keeper: Option<AbortHandle>,
}

/// A fetch that is on its way. Whoever waits for it moves it on, so that it ends whoever is dropped meanwhile.
pub(super) type Fetching = Shared<BoxFuture<'static, Result<(), RenewalFailed>>>;

/// What the keeper waits for.
pub(super) enum Next {
    Due(BoxFuture<'static, ()>),
    Fetched(Fetching),
}

impl Renewal {
    /// Takes what was saved, and fetches nothing yet.
    #[inline]
    pub(super) fn new(
        family: &'static str,
        given: PlatformKeys,
        key: Apiv3Key,
        outside: Arc<dyn Outside>,
        file: Option<SavedFile>,
    ) -> (Arc<Current>, Arc<Self>) {
        let now = outside.now();
        let saved = file.as_ref().and_then(|file| file.load(&key, now));
        let mut state = State::default();
        if let Some((since, opened)) = saved {
            state.kept = kept::renewed(Vec::new(), opened, now);
            let spread = outside.draw(SPREAD);
            let last_end = kept::last_end(&state.kept);
            state.plan.succeeded(since, last_end, spread);
        }
        let current = Arc::new(Current::new(kept::keys(&given, &state.kept)));
        let renewal = Arc::new_cyclic(|me| Self {
            me: me.clone(),
            family,
            given,
            key,
            outside,
            current: Arc::clone(&current),
            file,
            state: Mutex::new(state),
        });
        (current, renewal)
    }

    /// What is to be waited for until the next fetch, or until its end.
    #[inline]
    pub(super) fn next(&self) -> Next {
        match self.fetching() {
            Ok(fetching) => Next::Fetched(fetching),
            Err(wait) => Next::Due(self.outside.sleep(Duration::from_secs(wait))),
        }
    }

    /// The keeper has ended, with its runtime perhaps: the next call starts another.
    #[inline]
    pub(super) fn keeper_left(&self) {
        self.lock().keeper = None;
    }

    /// The fetch that is on its way, or is begun because it is due; else the seconds until then.
    #[inline]
    fn fetching(&self) -> Result<Fetching, u64> {
        let now = self.outside.now();
        let usable = self.current.get().is_usable(now);
        let state = self.lock();
        if let Some(running) = &state.running {
            return Ok(running.clone());
        }
        match state.plan.wait(now, usable) {
            0 => Ok(self.begin(state)),
            wait => Err(wait),
        }
    }

    /// Begins a fetch, which goes on in the background.
    #[inline]
    fn begin(&self, mut state: MutexGuard<'_, State>) -> Fetching {
        let (me, outside) = (self.me.clone(), Arc::clone(&self.outside));
        // A transport that panics must not make every later call panic.
        let fetch = AssertUnwindSafe(async move { outside.fetch().await }).catch_unwind();
        let fetching = async move {
            let fetched = fetch.await.unwrap_or_else(|_| Err(panicked()));
            match me.upgrade() {
                Some(renewal) => renewal.finish(fetched),
                None => Ok(()),
            }
        };
        let fetching = fetching.boxed().shared();
        state.running = Some(fetching.clone());
        // The transport may poll what it is given at once.
        drop(state);
        self.outside.spawn(Box::pin(fetching.clone().map(drop)));
        fetching
    }

    #[inline]
    fn finish(&self, fetched: Result<Unverified, Error>) -> Result<(), RenewalFailed> {
        let now = self.outside.now();
        let listed = fetched.and_then(|reply| receive(reply, &self.current.get(), &self.key, now));
        match listed {
            Ok(listed) => {
                self.install(listed, now);
                Ok(())
            }
            Err(error) => Err(self.failed(error, now)),
        }
    }

    /// Puts verified certificates in the place of the old ones.
    #[inline]
    fn install(&self, listed: Vec<Opened>, now: u64) {
        let spread = self.outside.draw(SPREAD);
        let mut state = self.lock();
        let old = core::mem::take(&mut state.kept);
        state.kept = kept::renewed(old, listed, now);
        let last_end = kept::last_end(&state.kept);
        state.plan.succeeded(now, last_end, spread);
        state.failure = None;
        let keys = kept::keys(&self.given, &state.kept);
        let names = keys.names().collect::<Vec<_>>().join(", ");
        let seconds = state.plan.wait(now, true);
        self.current.set(keys);
        // Whoever comes from here on finds the new keys: no second fetch is begun for them.
        state.running = None;
        let saving = self.file.as_ref();
        let saving = saving.map(|file| (file, file.text(now, kept::listed(&state.kept))));
        drop(state);
        tracing::info!(
            family = self.family,
            keys = names,
            next_fetch_in_seconds = seconds,
            "platform certificates were fetched"
        );
        if let Some((file, text)) = saving {
            file.save(text);
        }
    }

    /// Keeps what there is.
    #[inline]
    fn failed(&self, error: Error, now: u64) -> RenewalFailed {
        let failed = RenewalFailed(Arc::new(error));
        let keys = self.current.get();
        let mut state = self.lock();
        state.plan.failed(now);
        state.failure = Some(failed.clone());
        state.running = None;
        let seconds = state.plan.wait(now, keys.is_usable(now));
        drop(state);
        tracing::warn!(
            family = self.family,
            error = %failed,
            keys_left = keys.names().count(),
            next_fetch_in_seconds = seconds,
            "platform certificates could not be fetched"
        );
        failed
    }

    /// Starts the task that fetches when no call does.
    #[inline]
    fn start_keeper(&self) {
        let mut state = self.lock();
        if state.keeper.is_none() {
            let (keeper, handle) = keeper::keeper(self.me.clone());
            state.keeper = Some(handle);
            drop(state);
            self.outside.spawn(keeper);
        }
    }

    /// Sees to it that keys are fetched for an unknown name, where that may help and was not done just now.
    #[inline]
    pub(super) fn unknown(&self, name: &str) -> Option<Wait> {
        if is_public_key_id(name) {
            return None;
        }
        let mut state = self.lock();
        if let Some(running) = &state.running {
            return Some(running.clone().boxed());
        }
        let known = self.current.get().find(name).is_some();
        if known || !state.plan.ask(self.outside.now()) {
            return None;
        }
        Some(self.begin(state).boxed())
    }

    /// Why the last fetch failed, where it did.
    #[inline]
    pub(super) fn failure(&self) -> Option<RenewalFailed> {
        self.lock().failure.clone()
    }

    #[inline]
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Renew for Renewal {
    #[inline]
    fn due(&self) -> Option<Wait> {
        let fetching = self.fetching().ok();
        self.start_keeper();
        let usable = self.current.get().is_usable(self.outside.now());
        let fetching = fetching.filter(|_| !usable)?;
        Some(fetching.boxed())
    }

    #[inline]
    fn after<'s>(
        &'s self,
        store: &'s PlatformKeyStore,
        wait: Option<Wait>,
        bound: Bound<'s>,
    ) -> Coming<'s> {
        Box::pin(bounded(bound, waiting::after(store, self, wait)))
    }

    #[inline]
    fn learn<'s>(
        &'s self,
        store: &'s PlatformKeyStore,
        name: String,
        bound: Bound<'s>,
    ) -> Learning<'s> {
        Box::pin(bounded(bound, waiting::learn(store, self, name)))
    }
}

impl Drop for Renewal {
    #[inline]
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(keeper) = state.keeper.take() {
            keeper.abort();
        }
    }
}

#[inline]
fn panicked() -> Error {
    let text = "the transport panicked while platform certificates were fetched";
    Report::new(ErrorKind::PlatformKeys, Outcome::Unknown, text).into()
}
