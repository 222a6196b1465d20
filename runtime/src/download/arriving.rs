//! The body of a reply while it arrives: nothing of it may take too long.

use crate::call::broken_off;
use crate::client::Client;
use crate::error::{Answer, CallName, Error, Report, TransportFailure};
use crate::transport::{BoxFuture, Failure, Incoming};
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use futures_core::Stream;
use http::HeaderMap;

/// A body under way, and the head that it came with.
pub(crate) struct Arriving {
    body: Pin<Box<dyn Stream<Item = Result<Bytes, Failure>> + Send>>,
    /// Who waits, and how long for each piece.
    waiting: Option<(Client, Duration)>,
    wait: Option<BoxFuture<'static, ()>>,
    name: CallName,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
}

impl Arriving {
    pub(crate) fn new(
        client: &Client,
        body: Incoming,
        patience: Duration,
        name: CallName,
        status: u16,
        headers: HeaderMap,
    ) -> Self {
        Self {
            body: Box::pin(body),
            waiting: Some((client.clone(), patience)),
            wait: None,
            name,
            status,
            headers,
        }
    }

    /// A body that is at hand.
    #[cfg(test)]
    pub(super) fn at_hand(
        body: impl Stream<Item = Result<Bytes, Failure>> + Send + 'static,
        name: CallName,
    ) -> Self {
        Self {
            body: Box::pin(body),
            waiting: None,
            wait: None,
            name,
            status: 200,
            headers: HeaderMap::new(),
        }
    }

    /// For an error: what was said before the body.
    pub(super) fn answer(&self) -> Answer {
        Answer::new(self.status, self.headers.clone(), Bytes::new())
    }

    /// An error of this download.
    pub(super) fn blame(&self, report: Report) -> Report {
        report.call(&self.name).answer(self.answer())
    }

    fn broken(&self, failure: Failure) -> Error {
        broken_off(failure, Some(self.answer()), &self.name)
    }
}

impl Stream for Arriving {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.body.as_mut().poll_next(context) {
            Poll::Ready(piece) => {
                self.wait = None;
                Poll::Ready(piece.map(|piece| piece.map_err(|failure| self.broken(failure))))
            }
            Poll::Pending => {
                let this = &mut *self;
                let Some((client, patience)) = &this.waiting else {
                    return Poll::Pending;
                };
                let sleep = || client.transport().sleep(*patience);
                let wait = this.wait.get_or_insert_with(sleep);
                match wait.as_mut().poll(context) {
                    Poll::Pending => Poll::Pending,
                    Poll::Ready(()) => {
                        this.wait = None;
                        let failure = Failure::of(TransportFailure::Timeout, None);
                        Poll::Ready(Some(Err(self.broken(failure))))
                    }
                }
            }
        }
    }
}
