//! The stream of items.

use super::pages::Pages;
use crate::error::Error;
use crate::paging::Paged;
use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use std::vec::IntoIter;

/// The items of a list, page after page: a stream, by [`Call::items`](crate::Call::items). An error ends it.
#[must_use = "items are asked for when the stream is polled"]
pub struct Items<'a, R: Paged> {
    pages: Pages<'a, R>,
    page: IntoIter<R::Item>,
}

/// Nothing in it is ever pinned.
impl<R: Paged> Unpin for Items<'_, R> {}

impl<'a, R: Paged> Items<'a, R> {
    #[inline]
    pub(super) fn new(pages: Pages<'a, R>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` after the last, and after an error. The stream's own method, for those who have no `StreamExt` at hand.
    #[inline]
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item, waited for on this thread. Within an async runtime it is an error, and the stream ends.
    #[cfg(feature = "blocking")]
    #[inline]
    pub fn next_blocking(&mut self) -> Option<Result<R::Item, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next_blocking()? {
                Ok(page) => self.page = page.into_body().into_items().into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<R: Paged> Stream for Items<'_, R> {
    type Item = Result<R::Item, Error>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = page.into_body().into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<R: Paged> fmt::Debug for Items<'_, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.pages).finish()
    }
}
