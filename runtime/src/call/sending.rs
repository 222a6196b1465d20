//! The future of a call. All of it but the last step is the same for every type.

use super::decode::decode;
use super::opening::OpenRemotely;
use super::prepare::{Answered, Described};
use crate::error::Error;
use crate::reply::Reply;
use crate::value::Value;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

pub(super) type Exchange<'a> =
    Pin<Box<dyn Future<Output = Result<Answered<'a>, Error>> + Send + 'a>>;

/// A call on its way. Dropping it after it was first polled leaves an unknown outcome.
#[must_use = "a call is sent when it is awaited"]
pub struct Sending<'a, R> {
    exchange: Exchange<'a>,
    reply: PhantomData<fn() -> R>,
}

impl<'a, R> Sending<'a, R> {
    pub(super) fn new(described: Described<'a>) -> Self {
        Self {
            exchange: begin(described),
            reply: PhantomData,
        }
    }
}

/// Not generic, so that it is compiled once.
fn begin(described: Described<'_>) -> Exchange<'_> {
    Box::pin(described.send())
}

impl<R: Value> Future for Sending<'_, R> {
    type Output = Result<Reply<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut answered = ready!(self.exchange.as_mut().poll(context))?;
        if let Some(opening) = OpenRemotely::due(&answered) {
            self.exchange = opening.begin(answered, R::empty().slot());
            answered = ready!(self.exchange.as_mut().poll(context))?;
        }
        let mut body = R::empty();
        let read = decode(answered, body.slot())?;
        Poll::Ready(Ok(Reply::new(body, read)))
    }
}

impl<R> core::fmt::Debug for Sending<'_, R> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
