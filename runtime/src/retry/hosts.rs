//! Which host the next attempt goes to.

use super::Circuits;
use std::time::SystemTime;

/// The hosts that may serve one call: the first one, then its backups.
pub(crate) struct Hosts<'c> {
    origins: Vec<&'c str>,
    current: usize,
}

impl<'c> Hosts<'c> {
    pub(crate) fn new(origins: Vec<&'c str>) -> Self {
        Self {
            origins,
            current: 0,
        }
    }

    /// The host to try now: the one at hand, or the next one that is not left alone. `None` where all are.
    pub(crate) fn admitted(&mut self, circuits: &Circuits, now: SystemTime) -> Option<&'c str> {
        let count = self.origins.len();
        let turns = (0..count).map(|turn| (self.current + turn) % count);
        for index in turns {
            let origin = *self.origins.get(index)?;
            if circuits.admits(origin, now) {
                self.current = index;
                return Some(origin);
            }
        }
        None
    }

    /// Turns to the next host. Tells whether all have had their turn, so that a wait is due.
    pub(crate) fn turn(&mut self) -> bool {
        self.current = (self.current + 1) % self.origins.len().max(1);
        self.current == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retry::CircuitBreaker;

    #[test]
    fn hosts_take_turns_and_those_left_alone_are_passed_over() {
        let circuits = Circuits::new(CircuitBreaker::new().failures(1));
        let now = SystemTime::UNIX_EPOCH;
        let mut hosts = Hosts::new(vec!["one", "two", "three"]);
        assert_eq!(hosts.admitted(&circuits, now), Some("one"));
        assert!(!hosts.turn());
        circuits.failed("two", now);
        assert_eq!(hosts.admitted(&circuits, now), Some("three"));
        assert!(hosts.turn());
        assert_eq!(hosts.admitted(&circuits, now), Some("one"));
        circuits.failed("one", now);
        circuits.failed("three", now);
        assert_eq!(hosts.admitted(&circuits, now), None);
    }
}
