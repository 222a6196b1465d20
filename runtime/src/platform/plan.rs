//! When certificates are fetched. Times are Unix seconds, by the clock that certificates end by.

/// How long a set of certificates serves before it is fetched again.
const REFRESH: u64 = 12 * 60 * 60;

/// How much earlier it may be, drawn anew each time.
pub(super) const SPREAD: u64 = 60 * 60;

/// How long before the last certificate ends another set is fetched.
const BEFORE_END: u64 = 60 * 60;

/// The shortest time between two fetches that nothing asks for but the plan.
const SHORTEST: u64 = 10 * 60;

/// The shortest time between two fetches that unknown serial numbers ask for, whichever and however many they are.
const BETWEEN_QUESTIONS: u64 = 3 * 60;

/// What came of the fetches until now, and so when the next is due.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// When a fetch succeeded, and how much later the next is due.
    fetched: Option<(u64, u64)>,
    /// When fetches have failed since then, and how many.
    failed: Option<(u64, u32)>,
    /// When an unknown serial number last asked.
    asked: Option<u64>,
}

impl Plan {
    /// Certificates are there since a time; the last of them ends at another.
    #[inline]
    pub(super) fn succeeded(&mut self, since: u64, last_end: i64, spread: u64) {
        let end = u64::try_from(last_end).unwrap_or(0);
        let before_end = end.saturating_sub(BEFORE_END).saturating_sub(since);
        let wait = before_end.min(REFRESH - spread.min(SPREAD)).max(SHORTEST);
        self.fetched = Some((since, wait));
        self.failed = None;
    }

    /// A fetch failed.
    #[inline]
    pub(super) fn failed(&mut self, now: u64) {
        let failures = self.failed.map_or(0, |(_, failures)| failures);
        self.failed = Some((now, failures.saturating_add(1)));
    }

    /// How many seconds it is until the next fetch: none where it is due. Without a usable key the pauses after failures are
    /// short, since calls are waiting.
    #[inline]
    pub(super) fn wait(&self, now: u64, usable: bool) -> u64 {
        match (self.failed, self.fetched) {
            (Some((since, failures)), _) => left(since, pause(failures, usable), now),
            // All have ended: a certificate's end may have come sooner than was planned.
            (None, Some((since, wait))) if usable => left(since, wait, now),
            (None, Some((since, wait))) => left(since, wait.min(SHORTEST), now),
            (None, None) => 0,
        }
    }

    /// Whether an unknown serial number may ask for a fetch now. It is taken as asked.
    #[inline]
    pub(super) fn ask(&mut self, now: u64) -> bool {
        let free = self
            .asked
            .is_none_or(|asked| left(asked, BETWEEN_QUESTIONS, now) == 0);
        if free {
            self.asked = Some(now);
        }
        free
    }
}

/// The pause after a number of failures in a row: doubled each time, up to a bound.
#[inline]
fn pause(failures: u32, usable: bool) -> u64 {
    let (first, longest) = match usable {
        true => (60, 60 * 60),
        false => (1, 60),
    };
    let doubled = 1u64.checked_shl(failures.saturating_sub(1));
    doubled.map_or(longest, |times| longest.min(times.saturating_mul(first)))
}

/// What is left of a wait. A clock that was set back is no reason to wait for longer than that.
#[inline]
fn left(since: u64, wait: u64, now: u64) -> u64 {
    wait.saturating_sub(now.abs_diff(since))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_704_072_500;
    const FAR: i64 = i64::MAX;

    #[test]
    fn the_first_fetch_is_due_at_once_and_the_next_after_about_twelve_hours() {
        let mut plan = Plan::default();
        assert_eq!(plan.wait(NOW, false), 0);
        plan.succeeded(NOW, FAR, 0);
        assert_eq!(plan.wait(NOW, true), REFRESH);
        assert_eq!(plan.wait(NOW + REFRESH - 1, true), 1);
        assert_eq!(plan.wait(NOW + REFRESH, true), 0);
        plan.succeeded(NOW, FAR, 1_000);
        assert_eq!(plan.wait(NOW, true), REFRESH - 1_000);
        plan.succeeded(NOW, FAR, u64::MAX);
        assert_eq!(plan.wait(NOW, true), REFRESH - SPREAD);
    }

    #[test]
    fn a_set_that_ends_sooner_is_fetched_before() {
        let mut plan = Plan::default();
        let end = |seconds: u64| i64::try_from(NOW + seconds).expect("a time");
        plan.succeeded(NOW, end(2 * 60 * 60), 0);
        assert_eq!(plan.wait(NOW, true), 60 * 60);
        plan.succeeded(NOW, end(60), 0);
        assert_eq!(plan.wait(NOW, true), SHORTEST);
        plan.succeeded(NOW, -1, 0);
        assert_eq!(plan.wait(NOW, false), SHORTEST);
    }

    #[test]
    fn failures_are_tried_again_after_longer_and_longer_pauses() {
        let mut plan = Plan::default();
        plan.succeeded(NOW, FAR, 0);
        let mut pauses = Vec::new();
        for _ in 0..9 {
            plan.failed(NOW);
            pauses.push((plan.wait(NOW, true), plan.wait(NOW, false)));
        }
        let expected = [
            (60, 1),
            (120, 2),
            (240, 4),
            (480, 8),
            (960, 16),
            (1_920, 32),
            (3_600, 60),
            (3_600, 60),
            (3_600, 60),
        ];
        assert_eq!(pauses, expected);
        plan.failed = Some((NOW, u32::MAX));
        assert_eq!(plan.wait(NOW, true), 3_600);
        plan.succeeded(NOW, FAR, 0);
        plan.failed(NOW);
        assert_eq!(plan.wait(NOW, true), 60);
    }

    #[test]
    fn questions_are_rare_however_many_there_are() {
        let mut plan = Plan::default();
        let asked: Vec<u64> = (0..1_000).filter(|late| plan.ask(NOW + late)).collect();
        assert_eq!(asked, [0, 180, 360, 540, 720, 900]);
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_for_it() {
        let mut plan = Plan::default();
        plan.succeeded(NOW, FAR, 0);
        assert!(plan.ask(NOW));
        let back = NOW - 30 * 24 * 60 * 60;
        assert_eq!(plan.wait(back, true), 0);
        assert!(plan.ask(back));
    }
}
