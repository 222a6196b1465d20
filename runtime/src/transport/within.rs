//! Ends what takes too long.

use super::Carrier;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;
use std::time::Instant;

/// With less time than this, nothing is sent: the answer would hardly come within it, and a write would have an unknown outcome for nothing.
const LEAST: Duration = Duration::from_millis(200);

/// What must be left of a time for an exchange to begin in it: 0.2 seconds, or a quarter of a time that is short.
pub(crate) fn least_of(time: Duration) -> Duration {
    LEAST.min(time / 4)
}

/// What is left of a time that began to run. It is asked for in many places, and compiled once.
#[inline(never)]
pub(crate) fn left_of(time: Duration, began: Instant) -> Duration {
    time.saturating_sub(began.elapsed())
}

/// How long somebody waits, and what tells the time; for ever where there is none.
pub(crate) type Bound<'a> = Option<(&'a dyn Carrier, Duration)>;

/// The outcome of a future within a bound, or `None` where the time was over first.
pub(crate) async fn bounded<T>(bound: Bound<'_>, work: impl Future<Output = T>) -> Option<T> {
    match bound {
        Some((transport, limit)) => within(transport, limit, pin!(work)).await,
        None => Some(work.await),
    }
}

/// The outcome of a future, or `None` where the time was over first. A large future is better pinned by the caller: this one would have room for it twice.
pub(crate) async fn within<T>(
    transport: &dyn Carrier,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut end = transport.sleep(limit);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}
