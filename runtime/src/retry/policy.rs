//! How often and how patiently a call is tried again.

use core::time::Duration;

/// How often and how patiently a call is tried again. What may be tried again at all is decided by the operation and by what happened
/// (see [`crate::retry`]); no policy sends a payment twice.
///
/// ```
/// use std::time::Duration;
/// use wechatpay_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::new()
///     .attempts(5)
///     .first_wait(Duration::from_millis(500))
///     .longest_wait(Duration::from_secs(10));
/// let once = RetryPolicy::never();
/// # let _ = (patient, once);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    pub(super) first_wait: Duration,
    pub(super) longest_wait: Duration,
    pub(super) attempt_timeout: Duration,
    pub(super) backup_hosts: bool,
}

impl RetryPolicy {
    /// Three attempts in all; the first wait is up to 0.2 seconds, each further one up to twice as long, up to 5 seconds; an attempt that
    /// another may follow takes 15 seconds at most; backup hosts are used.
    pub const fn new() -> Self {
        Self {
            attempts: 3,
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(15),
            backup_hosts: true,
        }
    }

    /// One attempt at the first host, whatever happens.
    pub const fn never() -> Self {
        Self {
            attempts: 1,
            backup_hosts: false,
            attempt_timeout: Duration::MAX,
            ..Self::new()
        }
    }

    /// How many attempts are made in all, the first included. Zero is taken for one.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The longest wait before the second attempt; it doubles with each further one. A wait is drawn between nothing and this, so that
    /// callers who failed together do not come back together.
    pub const fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Where the doubling ends. A `Retry-After` of the server's may ask for more, and is honoured while the call's time lasts.
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// How long one attempt may take before it is given up for the next one; the whole call is bounded by its own timeout. The last attempt, and
    /// that of a write which may not be repeated, connects within this time, and waits for its answer as long as the call has left.
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Whether what was surely not sent goes to the backup hosts of its family.
    pub const fn backup_hosts(mut self, used: bool) -> Self {
        self.backup_hosts = used;
        self
    }

    pub(crate) fn most_attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn limit_of_an_attempt(&self) -> Duration {
        self.attempt_timeout
    }

    pub(crate) fn uses_backup_hosts(&self) -> bool {
        self.backup_hosts
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_is_one_attempt_on_the_first_host_with_all_the_time_of_the_call() {
        let never = RetryPolicy::never();
        assert_eq!(never.most_attempts(), 1);
        assert!(!never.uses_backup_hosts());
        assert_eq!(never.limit_of_an_attempt(), Duration::MAX);
    }
}
