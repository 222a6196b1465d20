//! Keeps calls of an operation under a rate, by the generic cell rate algorithm of `governor`.

use crate::operation::Method;
use core::num::NonZeroU32;
use core::time::Duration;
use governor::clock::{Clock as _, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::collections::BTreeMap;
use std::time::Instant;

type Limiter = RateLimiter<NotKeyed, InMemoryState, MonotonicClock, NoOpMiddleware<Instant>>;

/// How often an operation may be called: so many attempts a second, and no more than that many at once.
///
/// ```
/// use std::num::NonZeroU32;
/// use wechatpay_runtime::{Client, Method, RateLimit};
///
/// let ten = RateLimit::per_second(NonZeroU32::new(10).expect("not zero"));
/// let builder = Client::builder().rate_limit(Method::Post, "/v3/refund/domestic/refunds", ten);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    quota: Quota,
}

impl RateLimit {
    /// So many attempts a second.
    pub const fn per_second(attempts: NonZeroU32) -> Self {
        Self {
            quota: Quota::per_second(attempts),
        }
    }

    /// So many attempts a minute.
    pub const fn per_minute(attempts: NonZeroU32) -> Self {
        Self {
            quota: Quota::per_minute(attempts),
        }
    }

    /// How many may come at once after a rest.
    pub const fn burst(mut self, attempts: NonZeroU32) -> Self {
        self.quota = self.quota.allow_burst(attempts);
        self
    }
}

/// The limits of one client, by method and path as described.
#[derive(Default)]
pub(crate) struct RateLimits(BTreeMap<(Method, String), Limiter>);

impl RateLimits {
    pub(crate) fn set(&mut self, method: Method, path: String, limit: RateLimit) {
        let limiter = RateLimiter::direct_with_clock(limit.quota, MonotonicClock);
        self.0.insert((method, path), limiter);
    }

    /// How long to wait before an attempt may be tried; nothing where it may be made now, and was counted.
    pub(crate) fn wait(&self, method: Method, path: &str) -> Duration {
        let limiters = self.0.iter();
        let mut own = limiters.filter(|((of, at), _)| *of == method && at == path);
        match own.next().map(|(_, limiter)| limiter.check()) {
            Some(Err(early)) => early.wait_time_from(MonotonicClock.now()),
            Some(Ok(())) | None => Duration::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/v3/refund/domestic/refunds";

    #[test]
    fn attempts_over_the_rate_wait_and_other_operations_do_not() {
        let two = NonZeroU32::new(2).expect("two");
        let mut limits = RateLimits::default();
        limits.set(Method::Post, PATH.to_owned(), RateLimit::per_minute(two));
        assert!(limits.wait(Method::Post, PATH).is_zero());
        assert!(limits.wait(Method::Post, PATH).is_zero());
        let wait = limits.wait(Method::Post, PATH);
        assert!(
            !wait.is_zero() && wait <= Duration::from_secs(30),
            "{wait:?}"
        );
        assert!(limits.wait(Method::Get, PATH).is_zero());
        assert!(limits.wait(Method::Post, "/v3/other").is_zero());
    }
}
