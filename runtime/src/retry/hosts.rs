//! Which host the next attempt goes to.

use super::Circuits;
use core::time::Duration;
use std::time::SystemTime;

/// With less time than this an attempt that ended without an answer says nothing of the host: others may wait longer, and get one.
const PATIENT: Duration = Duration::from_secs(1);

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

    /// The host to try now: the one at hand or, unless that alone is asked for, the next one that is not left alone. `None` where all are.
    pub(crate) fn admitted(
        &mut self,
        circuits: &'c Circuits,
        now: SystemTime,
        at_hand_alone: bool,
    ) -> Option<Turn<'c>> {
        let count = self.origins.len();
        let asked = if at_hand_alone { 1.min(count) } else { count };
        let turns = (0..asked).map(|turn| (self.current + turn) % count);
        for index in turns {
            let origin = *self.origins.get(index)?;
            if circuits.admits(origin, now) {
                self.current = index;
                return Some(Turn {
                    circuits,
                    origin,
                    admitted: now,
                    sent: None,
                });
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

/// A host's turn. Where it ends before anything is sent, the host's trial, if it was that, is left to the next call.
pub(crate) struct Turn<'c> {
    circuits: &'c Circuits,
    pub(crate) origin: &'c str,
    admitted: SystemTime,
    /// When a request was sent, and how long its answer is waited for.
    sent: Option<(SystemTime, Duration)>,
}

impl Turn<'_> {
    /// A request is sent to the host, whose answer is waited for so long.
    pub(crate) fn sent(&mut self, now: SystemTime, patience: Duration) {
        self.sent = Some((now, patience));
    }

    /// The host answered, whatever it said.
    pub(crate) fn answered(&self) {
        if let Some((sent, _)) = self.sent {
            self.circuits.answered(self.origin, sent);
        }
    }

    /// The host could not be reached.
    pub(crate) fn unreached(&self, now: SystemTime) {
        if let Some((sent, _)) = self.sent {
            self.circuits.failed(self.origin, sent, now);
        }
    }

    /// The host did not answer in time.
    pub(crate) fn silent(&self, now: SystemTime) {
        if self.sent.is_some_and(|(_, patience)| patience >= PATIENT) {
            self.unreached(now);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.sent.is_none() {
            self.circuits.untried(self.origin, self.admitted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retry::CircuitBreaker;

    fn next<'c>(hosts: &mut Hosts<'c>, circuits: &'c Circuits, alone: bool) -> Option<&'c str> {
        let turn = hosts.admitted(circuits, SystemTime::UNIX_EPOCH, alone)?;
        Some(turn.origin)
    }

    #[test]
    fn hosts_take_turns_and_those_left_alone_are_passed_over() {
        let circuits = Circuits::new(CircuitBreaker::new().failures(1));
        let now = SystemTime::UNIX_EPOCH;
        let mut hosts = Hosts::new(vec!["one", "two", "three"]);
        assert_eq!(next(&mut hosts, &circuits, false), Some("one"));
        assert!(!hosts.turn());
        circuits.failed("two", now, now);
        assert_eq!(next(&mut hosts, &circuits, true), None);
        assert_eq!(next(&mut hosts, &circuits, false), Some("three"));
        assert_eq!(next(&mut hosts, &circuits, true), Some("three"));
        assert!(hosts.turn());
        assert_eq!(next(&mut hosts, &circuits, false), Some("one"));
        circuits.failed("one", now, now);
        circuits.failed("three", now, now);
        assert_eq!(next(&mut hosts, &circuits, false), None);
    }
}
