//! Which requests meet which faults.

use super::{Fault, LineFault};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The faults that requests will meet, each once, in their order; `None` lets a request through.
///
/// An operation's own queue goes before the queue of all, and that before the fault that lasts.
///
/// ```
/// use std::time::Duration;
/// use wechatpay_sandbox::fault::{AnswerFault, Faults, LineFault};
///
/// let faults = Faults::default();
/// faults.queue([Some(LineFault::ResetUnanswered.into()), Some(AnswerFault::error(500, "SYSTEM_ERROR").into()), None]);
/// faults.queue_for("POST /v3/refund/domestic/refunds", [Some(LineFault::Silent.into())]);
/// assert_eq!(faults.queued(), 4);
/// ```
#[derive(Debug, Default)]
pub struct Faults {
    queues: Mutex<Queues>,
}

#[derive(Debug, Default)]
struct Queues {
    all: VecDeque<Option<Fault>>,
    operations: BTreeMap<String, VecDeque<Option<Fault>>>,
    lasting: Option<Fault>,
}

impl Faults {
    /// What the next requests meet, whatever they ask for.
    pub fn queue(&self, steps: impl IntoIterator<Item = Option<Fault>>) {
        self.lock().all.extend(steps);
    }

    /// What the next requests of an operation meet, by the name of its description: `GET /v3/certificates`.
    pub fn queue_for(&self, operation: &str, steps: impl IntoIterator<Item = Option<Fault>>) {
        let mut queues = self.lock();
        let queue = queues.operations.entry(operation.to_owned());
        queue.or_default().extend(steps);
    }

    /// What every request meets for which nothing is queued.
    pub fn always(&self, fault: impl Into<Fault>) {
        self.lock().lasting = Some(fault.into());
    }

    /// Forgets all faults that were not met yet.
    pub fn clear(&self) {
        *self.lock() = Queues::default();
    }

    /// How many steps are queued.
    pub fn queued(&self) -> usize {
        let queues = self.lock();
        let operations = queues.operations.values().map(VecDeque::len);
        queues.all.len() + operations.sum::<usize>()
    }

    /// What a request of an operation meets.
    pub(crate) fn take(&self, operation: Option<&str>) -> Option<Fault> {
        let mut queues = self.lock();
        let own = operation.and_then(|name| queues.operations.get_mut(name)?.pop_front());
        match own.or_else(|| queues.all.pop_front()) {
            Some(step) => step,
            None => queues.lasting.clone(),
        }
    }

    /// Whether a connection is closed as it is accepted, before anybody could read what it is to carry.
    pub(crate) fn take_at_the_door(&self) -> bool {
        let mut queues = self.lock();
        let closed = Some(Fault::Line(LineFault::Closed));
        match queues.all.front() {
            Some(next) if *next == closed => queues.all.pop_front().is_some(),
            Some(_) => false,
            None => queues.lasting == closed,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::AnswerFault;

    const QUERY: &str = "GET /v3/x";

    #[test]
    fn the_own_queue_goes_before_that_of_all_and_both_before_what_lasts() {
        let faults = Faults::default();
        let reset: Fault = LineFault::ResetUnanswered.into();
        let gateway: Fault = AnswerFault::page(502).into();
        faults.always(AnswerFault::error(500, "SYSTEM_ERROR"));
        faults.queue([None, Some(reset.clone())]);
        faults.queue_for(QUERY, [Some(gateway.clone())]);
        assert_eq!(faults.take(Some("POST /v3/x")), None);
        assert_eq!(faults.take(Some(QUERY)), Some(gateway));
        assert_eq!(faults.take(Some(QUERY)), Some(reset));
        let lasting = faults.take(Some(QUERY));
        assert_eq!(
            lasting,
            Some(AnswerFault::error(500, "SYSTEM_ERROR").into())
        );
        assert_eq!(faults.take(None), lasting);
        faults.clear();
        assert_eq!(faults.take(None), None);
    }

    #[test]
    fn a_connection_is_closed_at_the_door_only_where_that_comes_next() {
        let faults = Faults::default();
        faults.queue([None, Some(LineFault::Closed.into())]);
        assert!(!faults.take_at_the_door());
        assert_eq!(faults.take(None), None);
        assert!(faults.take_at_the_door());
        assert!(!faults.take_at_the_door());
        faults.always(LineFault::Closed);
        assert!(faults.take_at_the_door() && faults.take_at_the_door());
    }
}
