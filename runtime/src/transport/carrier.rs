//! A transport as calls use it.

use super::{Body, BoxFuture, Failure, Incoming, Transport};
use core::time::Duration;
use std::sync::Arc;

/// What calls need of a transport: all but its tasks in the background. A program whose client has none carries nothing of them.
pub(crate) trait Carrier: Send + Sync {
    /// As [`Transport::send_within`].
    fn send_within(
        &self,
        request: http::Request<Body>,
        limit: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>>;

    /// As [`Transport::sleep`].
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

impl<T: Transport> Carrier for T {
    fn send_within(
        &self,
        request: http::Request<Body>,
        limit: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        Transport::send_within(self, request, limit)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Transport::sleep(self, duration)
    }
}

/// A transport that was given.
struct Given(Arc<dyn Transport>);

impl Carrier for Given {
    fn send_within(
        &self,
        request: http::Request<Body>,
        limit: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        self.0.send_within(request, limit)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.0.sleep(duration)
    }
}

/// The transport of a client.
#[derive(Clone)]
pub(crate) enum Made {
    /// One that was given.
    Given(Arc<dyn Transport>),
    /// Its own.
    #[cfg(feature = "reqwest")]
    Own(Arc<super::Reqwest>),
}

impl Made {
    /// As calls use it.
    pub(crate) fn carrier(&self) -> Arc<dyn Carrier> {
        match self {
            Self::Given(given) => Arc::new(Given(Arc::clone(given))),
            #[cfg(feature = "reqwest")]
            Self::Own(own) => Arc::<super::Reqwest>::clone(own),
        }
    }

    /// All of it.
    #[inline]
    pub(crate) fn whole(self) -> Arc<dyn Transport> {
        match self {
            Self::Given(given) => given,
            #[cfg(feature = "reqwest")]
            Self::Own(own) => own,
        }
    }
}
