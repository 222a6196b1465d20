//! Leaves a dead host alone for a while.

use crate::by_name::ByName;
use core::time::Duration;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::SystemTime;

/// When a host is taken for dead, and for how long it is left alone. Calls then go to a backup host at once; where there is none they fail
/// at once, surely not sent. After the rest one call tries the host again. A write that was sent already, and whose outcome is unknown, does
/// not go to another host: it ends.
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

    /// How many attempts in a row must fail to connect, or see no answer within their time, before the host is left alone. An attempt that left
    /// the host less than a second counts only where it did not connect.
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
    open: bool,
    /// When it was opened, or tried after that, or when it was sent what it answered: what was sent before tells nothing new.
    since: Option<SystemTime>,
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
        let mut admitted = true;
        self.troubled(origin, &mut |trouble| {
            if trouble.open {
                // A clock that was set back must not prolong the rest.
                let since = trouble.since.and_then(|it| now.duration_since(it).ok());
                admitted = since.is_none_or(|since| since >= self.breaker.rest);
                if admitted {
                    trouble.since = Some(now);
                }
            }
        });
        admitted
    }

    /// Nothing was sent to a host that was admitted then: if that was its trial, whoever comes next may try it.
    pub(super) fn untried(&self, origin: &str, admitted: SystemTime) {
        self.troubled(origin, &mut |trouble| {
            if trouble.open && trouble.since == Some(admitted) {
                trouble.since = None;
            }
        });
    }

    /// A host answered what was sent to it then, whatever it said.
    pub(super) fn answered(&self, origin: &str, sent: SystemTime) {
        self.troubled(origin, &mut |trouble| {
            if trouble.failures == 0 {
                return;
            }
            if trouble.open {
                tracing::info!(origin, "a host answers again");
            }
            *trouble = Trouble {
                since: Some(sent),
                ..Trouble::default()
            };
            self.troubled.fetch_sub(1, Ordering::AcqRel);
        });
    }

    /// Looks at a host that was in trouble, while any is.
    #[inline(never)]
    fn troubled(&self, origin: &str, look: &mut dyn FnMut(&mut Trouble)) {
        if self.troubled.load(Ordering::Acquire) > 0
            && let Some(trouble) = self.lock().get_mut(origin)
        {
            look(trouble);
        }
    }

    /// A host could not be reached, or did not answer in time, what was sent to it then.
    pub(super) fn failed(&self, origin: &str, sent: SystemTime, now: SystemTime) {
        let mut hosts = self.lock();
        let trouble = hosts.entry(origin);
        // Unless the clock was set back in between.
        if trouble.since.is_some_and(|it| sent < it && it <= now) {
            return;
        }
        if trouble.failures == 0 {
            self.troubled.fetch_add(1, Ordering::AcqRel);
        }
        trouble.failures = trouble.failures.saturating_add(1);
        if trouble.failures >= self.breaker.failures {
            if !trouble.open {
                tracing::warn!(
                    origin,
                    "a host is left alone for a while: it does not answer"
                );
            }
            trouble.open = true;
            trouble.since = Some(now);
        }
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
            circuits.failed(HOST, at(100), at(100));
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
        circuits.failed(HOST, at(110), at(112));
        assert!(!circuits.admits(HOST, at(121)));
        assert!(circuits.admits(HOST, at(122)));
        circuits.answered(HOST, at(122));
        assert!(circuits.admits(HOST, at(122)));
        assert!(circuits.admits(HOST, at(122)));
    }

    #[test]
    fn an_answer_between_failures_starts_the_count_anew() {
        let breaker = CircuitBreaker::new().failures(2);
        let circuits = Circuits::new(breaker);
        for _ in 0..5 {
            circuits.failed(HOST, at(1), at(1));
            circuits.answered(HOST, at(1));
        }
        assert!(circuits.admits(HOST, at(1)));
    }

    #[test]
    fn what_was_sent_before_the_host_was_left_alone_does_not_prolong_its_rest() {
        let circuits = three_failures();
        circuits.failed(HOST, at(95), at(109));
        assert!(circuits.admits(HOST, at(110)));
        // Nor is it the failure of the trial, which is on its way still.
        circuits.failed(HOST, at(99), at(111));
        assert!(circuits.admits(HOST, at(120)));
    }

    #[test]
    fn what_was_sent_before_the_host_answered_is_not_counted() {
        let circuits = three_failures();
        assert!(circuits.admits(HOST, at(110)));
        circuits.answered(HOST, at(110));
        for _ in 0..3 {
            circuits.failed(HOST, at(99), at(114));
        }
        assert!(circuits.admits(HOST, at(114)));
        for _ in 0..3 {
            circuits.failed(HOST, at(112), at(127));
        }
        assert!(!circuits.admits(HOST, at(127)));
    }

    #[test]
    fn a_trial_that_was_not_made_is_the_next_calls() {
        let circuits = three_failures();
        // Who was admitted before it was left alone had no trial.
        circuits.untried(HOST, at(99));
        assert!(!circuits.admits(HOST, at(109)));
        assert!(circuits.admits(HOST, at(110)));
        circuits.untried(HOST, at(110));
        assert!(circuits.admits(HOST, at(111)));
        assert!(!circuits.admits(HOST, at(112)));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_prolong_the_rest() {
        let circuits = three_failures();
        assert!(circuits.admits(HOST, at(50)));
        circuits.answered(HOST, at(100));
        for _ in 0..3 {
            circuits.failed(HOST, at(50), at(51));
        }
        assert!(!circuits.admits(HOST, at(52)), "failures were not counted");
    }

    #[test]
    fn a_breaker_that_never_opens_admits_always() {
        let circuits = Circuits::new(CircuitBreaker::never());
        for _ in 0..1_000 {
            circuits.failed(HOST, at(1), at(1));
        }
        assert!(circuits.admits(HOST, at(1)));
    }
}
