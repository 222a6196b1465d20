//! Gives up connecting while there is time left to tell that nothing was sent.
//!
//! reqwest's own timeout for connections is the same for all requests. A call whose time is shorter would end while it connects, and nobody
//! could tell whether another connection had taken the request meanwhile: one that became idle may. What fails in the connector, however,
//! reqwest reports as such only where no connection took the request.

use super::within::least_of;
use core::error::Error;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use tokio::time::{Instant, timeout_at};
use tower_layer::Layer;
use tower_service::Service;

tokio::task_local! {
    /// Until when the exchange at hand may connect.
    static END: Option<Instant>;
}

/// An exchange that has so much time, if it is bounded, and connects only while enough of it is left to send something.
pub(super) fn connecting_in_time<T>(
    limit: Option<Duration>,
    exchange: impl Future<Output = T>,
) -> impl Future<Output = T> {
    let may_take = limit.map(|limit| limit.saturating_sub(least_of(limit)));
    let end = may_take.and_then(|may_take| Instant::now().checked_add(may_take));
    END.scope(end, exchange)
}

/// Makes a connector keep the time of the exchange that it connects for.
#[derive(Clone, Copy, Debug)]
pub(super) struct InTime;

/// A connector that keeps the time of the exchange that it connects for.
#[derive(Clone, Debug)]
pub(super) struct Connector<C>(C);

impl<C> Layer<C> for InTime {
    type Service = Connector<C>;

    fn layer(&self, connector: C) -> Connector<C> {
        Connector(connector)
    }
}

impl<C, R> Service<R> for Connector<C>
where
    C: Service<R, Error = Box<dyn Error + Send + Sync>>,
    C::Future: Send + 'static,
{
    type Response = C::Response;
    type Error = C::Error;
    type Future = Pin<Box<dyn Future<Output = Result<C::Response, C::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let connecting = self.0.call(request);
        // The first poll of a connection is made by the exchange that wants it.
        let end = END.try_get().ok().flatten();
        Box::pin(async move {
            match end {
                Some(end) => timeout_at(end, connecting).await?,
                None => connecting.await,
            }
        })
    }
}
