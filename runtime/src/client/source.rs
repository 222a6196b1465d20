//! How a store of platform keys reaches WeChat Pay: through the client whose store it is.

use super::automatic::{Late, World};
use super::{Client, Clock, unix_seconds};
use crate::call::certificates;
use crate::error::{Error, ErrorKind, Outcome, Report};
use crate::operation::{Host, Operation};
use crate::platform::Outside;
use crate::sign::draw;
use crate::transport::{BoxFuture, Transport};
use crate::verify::Unverified;
use core::time::Duration;
use std::sync::Arc;

/// The world outside of a renewal. It does not keep the client alive, but while a fetch is on its way.
pub(super) struct Source {
    clock: Clock,
    transport: Arc<dyn Transport>,
    client: Late,
    host: &'static Host,
    operation: &'static Operation,
}

impl Source {
    #[inline]
    pub(super) fn new(
        world: World,
        client: Late,
        host: &'static Host,
        operation: &'static Operation,
    ) -> Self {
        Self {
            clock: world.clock,
            transport: world.transport.whole(),
            client,
            host,
            operation,
        }
    }
}

impl Outside for Source {
    #[inline]
    fn now(&self) -> u64 {
        unix_seconds((self.clock)())
    }

    #[inline]
    fn fetch(&self) -> BoxFuture<'static, Result<Unverified, Error>> {
        let client = self.client.get().and_then(|client| client.upgrade());
        let client = client.map(Client);
        let (host, operation) = (self.host, self.operation);
        Box::pin(async move {
            match client {
                Some(client) => certificates::fetch(&client, host, operation).await,
                None => {
                    let text = "the client is no more";
                    Err(Report::new(ErrorKind::PlatformKeys, Outcome::NotSent, text).into())
                }
            }
        })
    }

    #[inline]
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.transport.sleep(duration)
    }

    #[inline]
    fn spawn(&self, task: BoxFuture<'static, ()>) {
        self.transport.spawn(task);
    }

    #[inline]
    fn draw(&self, bound: u64) -> u64 {
        bound.saturating_mul(u64::from(draw())) >> 32
    }
}
