//! Leaves a dead host alone for a while.

use crate::by_name::ByName;
use core::time::Duration;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::SystemTime;

/// When a host is taken for dead, and for how long it is left alone. Calls then go to a backup host at once; where there is none they fail
/// at once, surely not sent. After the rest one call tries the host again.
///
/// ```
/// use std::time::Duration;
/// use wechatpay_runtime::CircuitBreaker;
/// let strict = CircuitBreaker::new().failures(3).rest(Duration::from_secs(30));
/// # let _ = strict;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CircuitBreaker {
    failures: u32,
    rest: Duration,
}

impl CircuitBreaker {
    /// A rest of 10 seconds after 5 failures in a row.
    pub const fn new() -> Self {
        Self {
            failures: 5,
            rest: Duration::from_secs(10),
        }
    }

    /// Tries dead hosts for ever.
    pub const fn never() -> Self {
        Self {
            failures: u32::MAX,
            ..Self::new()
        }
    }

    /// How many attempts in a row must fail to connect, or see no answer within their time, before the host is left alone. An attempt that had
    /// less than a second counts only where it did not connect.
    pub const fn failures(mut self, failures: u32) -> Self {
        self.failures = if failures == 0 { 1 } else { failures };
        self
    }

    /// How long the host is left alone.
    pub const fn rest(mut self, rest: Duration) -> Self {
        self.rest = rest;
        self
    }
}

impl Default for CircuitBreaker {
    fn default() -> Self {
        Self::new()
    }
}

/// What is known of the hosts of one client.
pub(crate) struct Circuits {
    breaker: CircuitBreaker,
    /// How many hosts have failures: while it is zero no call takes the lock.
    troubled: AtomicUsize,
    hosts: Mutex<ByName<Trouble>>,
}

#[derive(Default)]
struct Trouble {
    failures: u32,
    opened: Option<SystemTime>,
}

impl Circuits {
    pub(crate) fn new(breaker: CircuitBreaker) -> Self {
        Self {
            breaker,
            troubled: AtomicUsize::new(0),
            hosts: Mutex::default(),
        }
    }

    /// Whether a host may be tried. Of those who ask after its rest, one may.
    pub(crate) fn admits(&self, origin: &str, now: SystemTime) -> bool {
        if self.troubled.load(Ordering::Acquire) == 0 {
            return true;
        }
        let mut hosts = self.lock();
        let Some(trouble) = hosts.get_mut(origin) else {
            return true;
        };
        let Some(opened) = trouble.opened else {
            return true;
        };
        // A clock that was set back must not prolong the rest.
        let rested = now
            .duration_since(opened)
            .map_or(true, |since| since >= self.breaker.rest);
        if rested {
            trouble.opened = Some(now);
        }
        rested
    }

    /// A host answered, whatever it said.
    pub(crate) fn answered(&self, origin: &str) {
        if self.troubled.load(Ordering::Acquire) > 0 {
            let mut hosts = self.lock();
            if hosts.remove(origin).is_some_and(|was| was.opened.is_some()) {
                tracing::info!(origin, "a host answers again");
            }
            self.troubled.store(hosts.len(), Ordering::Release);
        }
    }

    /// A host could not be reached, or did not answer in time.
    pub(crate) fn failed(&self, origin: &str, now: SystemTime) {
        let mut hosts = self.lock();
        let trouble = hosts.entry(origin);
        trouble.failures = trouble.failures.saturating_add(1);
        if trouble.failures >= self.breaker.failures {
            if trouble.opened.is_none() {
                tracing::warn!(
                    origin,
                    "a host is left alone for a while: it does not answer"
                );
            }
            trouble.opened = Some(now);
        }
        self.troubled.store(hosts.len(), Ordering::Release);
    }

    fn lock(&self) -> MutexGuard<'_, ByName<Trouble>> {
        match self.hosts.lock() {
            Ok(hosts) => hosts,
            Err(poisoned) => poisoned.into_inner(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "https://api.mch.weixin.qq.com";

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn three_failures() -> Circuits {
        let breaker = CircuitBreaker::new()
            .failures(3)
            .rest(Duration::from_secs(10));
        let circuits = Circuits::new(breaker);
        for _ in 0..3 {
            assert!(circuits.admits(HOST, at(100)));
            circuits.failed(HOST, at(100));
        }
        circuits
    }

    #[test]
    fn failures_in_a_row_open_and_only_one_tries_after_the_rest() {
        let circuits = three_failures();
        assert!(!circuits.admits(HOST, at(100)));
        assert!(!circuits.admits(HOST, at(109)));
        assert!(circuits.admits("https://elsewhere.example", at(100)));
        assert!(circuits.admits(HOST, at(110)));
        assert!(
            !circuits.admits(HOST, at(111)),
            "a second one in the same rest"
        );
        circuits.failed(HOST, at(112));
        assert!(!circuits.admits(HOST, at(121)));
        assert!(circuits.admits(HOST, at(122)));
        circuits.answered(HOST);
        assert!(circuits.admits(HOST, at(122)));
        assert!(circuits.admits(HOST, at(122)));
    }

    #[test]
    fn an_answer_between_failures_starts_the_count_anew() {
        let breaker = CircuitBreaker::new().failures(2);
        let circuits = Circuits::new(breaker);
        for _ in 0..5 {
            circuits.failed(HOST, at(1));
            circuits.answered(HOST);
        }
        assert!(circuits.admits(HOST, at(1)));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_prolong_the_rest() {
        let circuits = three_failures();
        assert!(circuits.admits(HOST, at(50)));
    }

    #[test]
    fn a_breaker_that_never_opens_admits_always() {
        let circuits = Circuits::new(CircuitBreaker::never());
        for _ in 0..1_000 {
            circuits.failed(HOST, at(1));
        }
        assert!(circuits.admits(HOST, at(1)));
    }
}
