//! What a renewal needs of the world: a clock, a way to WeChat Pay, and somebody who waits.

use crate::error::Error;
use crate::transport::BoxFuture;
use crate::verify::Unverified;
use core::time::Duration;

/// The world outside of a renewal. The client is it; tests put another in its place.
pub(crate) trait Outside: Send + Sync {
    /// The time in Unix seconds.
    fn now(&self) -> u64;

    /// Asks for the platform certificates: a signed request, whose reply of success is not verified yet.
    fn fetch(&self) -> BoxFuture<'static, Result<Unverified, Error>>;

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Runs a task in the background.
    fn spawn(&self, task: BoxFuture<'static, ()>);

    /// A random number from 0 to below `bound`, so that many machines do not ask at the same moment.
    fn draw(&self, bound: u64) -> u64;
}
