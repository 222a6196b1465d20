//! The stream of pages.

use super::pager::{Arrival, Pager};
use crate::call::OpenRemotely;
use crate::call::decode::decode;
use crate::call::prepare::Answered;
use crate::error::Error;
use crate::reply::Reply;
use crate::value::Value;
use core::fmt;
use core::future::poll_fn;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;

/// The pages of a list: a stream of replies, by [`Call::pages`](crate::Call::pages). An error ends it.
#[must_use = "a page is asked for when the stream is polled"]
pub struct Pages<'a, R> {
    pager: Pager<'a>,
    reply: PhantomData<fn() -> R>,
}

impl<'a, R: Value> Pages<'a, R> {
    #[inline]
    pub(super) fn new(pager: Pager<'a>) -> Self {
        Self {
            pager,
            reply: PhantomData,
        }
    }

    /// The next page; `None` after the last, and after an error. The stream's own method, for those who have no `StreamExt` at hand.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<Reply<R>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next page, waited for on this thread. Within an async runtime it is an error, and the stream ends.
    #[cfg(feature = "blocking")]
    #[inline]
    pub fn next_blocking(&mut self) -> Option<Result<Reply<R>, Error>> {
        if self.pager.has_ended() {
            return None;
        }
        match crate::blocking::block_on(self.next()) {
            Ok(next) => next,
            Err(error) => {
                self.pager.end();
                Some(Err(error))
            }
        }
    }

    #[inline]
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Reply<R>, Error>>> {
        loop {
            let Some(answered) = ready!(self.pager.poll(context)) else {
                return Poll::Ready(None);
            };
            let taken = match answered {
                Ok(answered) => match OpenRemotely::due(&answered) {
                    Some(opening) => {
                        let trial = opening.begin(answered, R::empty().slot());
                        self.pager.open(trial);
                        continue;
                    }
                    None => self.take(answered),
                },
                Err(error) => Err(error),
            };
            match taken {
                Ok((reply, Arrival::Page)) => return Poll::Ready(Some(Ok(reply))),
                Ok((_, Arrival::PastTheEnd)) => {}
                Err(error) => {
                    self.pager.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }

    #[inline]
    fn take(&mut self, answered: Answered<'_>) -> Result<(Reply<R>, Arrival), Error> {
        let mut body = R::empty();
        let read = decode(answered, body.slot())?;
        let arrival = self.pager.arrived(&body, &read)?;
        Ok((Reply::new(body, read), arrival))
    }
}

impl<R: Value> Stream for Pages<'_, R> {
    type Item = Result<Reply<R>, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<R> fmt::Debug for Pages<'_, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("path", &self.pager.operation().path)
            .finish_non_exhaustive()
    }
}
