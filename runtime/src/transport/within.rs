//! Ends what takes too long.

use super::Carrier;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use core::time::Duration;

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
