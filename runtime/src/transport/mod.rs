//! What carries requests: a trait, and its implementation by reqwest.
//!
//! The client signs, verifies, waits and decides; a [`Transport`] moves bytes, once each. The feature `reqwest` (on by default) brings [`Reqwest`].
//! Without it the application gives a transport of its own to the builder:
//!
//! ```
//! use std::time::Duration;
//! use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};
//!
//! /// Carries nothing anywhere, and answers by itself.
//! struct Echo;
//!
//! impl Transport for Echo {
//!     fn send(
//!         &self,
//!         request: http::Request<Body>,
//!     ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
//!         Box::pin(async move {
//!             match request.into_body() {
//!                 Body::Bytes(bytes) => Ok(http::Response::new(Incoming::from(bytes))),
//!                 Body::Stream { .. } => Err(Failure::unsendable("no streams here")),
//!             }
//!         })
//!     }
//!
//!     fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
//!         Box::pin(tokio::time::sleep(duration))
//!     }
//!
//!     fn spawn(&self, task: BoxFuture<'static, ()>) {
//!         tokio::spawn(task);
//!     }
//! }
//! ```

mod body;
mod carrier;
#[cfg(feature = "reqwest")]
mod connecting;
mod failure;
mod receive;
#[cfg(feature = "reqwest")]
mod reqwest;
mod within;

use core::future::Future;
use core::pin::Pin;
use core::time::Duration;

pub use body::{Body, Incoming};
pub(crate) use carrier::{Carrier, Made};
pub use failure::Failure;
pub(crate) use receive::{Partial, receive};
#[cfg(feature = "reqwest")]
pub use reqwest::Reqwest;
#[cfg(feature = "reqwest")]
pub(crate) use reqwest::Settings;
pub(crate) use within::{Bound, bounded, least_of, left_of, within};
/// The crates whose types a transport deals in.
pub use {bytes, http};

/// A future behind a pointer, which may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries signed requests to WeChat Pay and its answers back.
///
/// An implementation sends each request once and exactly as it is: the target byte for byte, no header left out or changed. It follows no
/// redirect, retries nothing, decompresses nothing, and keeps no time: the client drops the future when the call's time is over.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the head of the answer, with its body to come.
    ///
    /// # Errors
    /// [`Failure::not_sent`] only where surely no byte of the request left, which lets the client try another host;
    /// [`Failure::unsendable`] for a request that no host would get; [`Failure::interrupted`] for all else.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>>;

    /// Sends a request that has so long to connect. Its answer may be waited for longer: when that is over the client drops the future, and takes
    /// it that bytes of the request left. A transport that knows better may give up connecting a little before its time is over, by
    /// [`Failure::not_sent`]. This one is [`Transport::send`].
    ///
    /// # Errors
    /// As [`Transport::send`].
    fn send_within(
        &self,
        request: http::Request<Body>,
        limit: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        let _ = limit;
        self.send(request)
    }

    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// Runs a task in the background: a refresh of keys, which no call should wait for.
    fn spawn(&self, task: BoxFuture<'static, ()>);
}
