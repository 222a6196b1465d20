//! How long to wait before the next attempt.

use super::RetryPolicy;
use core::time::Duration;
use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::time::SystemTime;

/// The waits of one call.
pub(crate) struct Waits {
    bound: Duration,
    longest: Duration,
}

impl Waits {
    pub(crate) fn new(policy: &RetryPolicy) -> Self {
        Self {
            bound: policy.first_wait,
            longest: policy.longest_wait,
        }
    }

    /// The next wait: drawn between nothing and the bound of its turn, and no shorter than the server asked for.
    pub(crate) fn next(&mut self, headers: Option<&HeaderMap>, now: SystemTime) -> Duration {
        let bound = self.bound.min(self.longest);
        self.bound = bound.saturating_mul(2);
        let drawn = part_of(bound, crate::sign::draw());
        let asked = headers.and_then(|headers| asked(headers, now));
        drawn.max(asked.unwrap_or_default())
    }
}

/// So many 2^32nds of a duration.
fn part_of(whole: Duration, draw: u32) -> Duration {
    let nanoseconds = (whole.as_nanos() * u128::from(draw)) >> 32;
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

/// What `Retry-After` asks for: seconds, or a date.
fn asked(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER.as_str())?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = Duration::from_secs(crate::http_date::unix_seconds(text)?);
    Some(
        (SystemTime::UNIX_EPOCH + date)
            .duration_since(now)
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(retry_after: &'static str) -> HeaderMap {
        let value = HeaderValue::from_static(retry_after);
        HeaderMap::from_iter([(RETRY_AFTER, value)])
    }

    #[test]
    fn waits_stay_under_a_bound_that_doubles_up_to_the_longest() {
        let policy = RetryPolicy::new()
            .first_wait(Duration::from_millis(100))
            .longest_wait(Duration::from_millis(350));
        for _ in 0..200 {
            let mut waits = Waits::new(&policy);
            for bound in [100, 200, 350, 350] {
                let wait = waits.next(None, SystemTime::UNIX_EPOCH);
                assert!(wait <= Duration::from_millis(bound), "{wait:?} of {bound}");
            }
        }
    }

    #[test]
    fn waits_are_drawn_from_the_whole_range() {
        let policy = RetryPolicy::new().first_wait(Duration::from_millis(100));
        let draw = |_| Waits::new(&policy).next(None, SystemTime::UNIX_EPOCH);
        let drawn: Vec<Duration> = (0..500).map(draw).collect();
        let half = Duration::from_millis(50);
        assert!(drawn.iter().any(|wait| *wait < half));
        assert!(drawn.iter().any(|wait| *wait > half));
    }

    #[test]
    fn retry_after_is_honoured_as_seconds_and_as_a_date() {
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 12:00:00 GMT").expect("a date");
        for (text, seconds) in [
            ("7", 7),
            ("Tue, 24 Nov 2026 12:01:30 GMT", 90),
            ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
            ("soon", 0),
            ("-1", 0),
            ("99999999999999999999999", 0),
        ] {
            let policy = RetryPolicy::new().first_wait(Duration::ZERO);
            let wait = Waits::new(&policy).next(Some(&headers(text)), now);
            assert_eq!(wait, Duration::from_secs(seconds), "{text}");
        }
    }
}
