//! Lists that come in pages: one call after another, each when it is asked for.

mod items;
mod page;
mod pager;
mod pages;

use super::Call;
use crate::paging::Paged;
use pager::Pager;

pub use items::Items;
pub use pages::Pages;

impl<'a, R: Paged> Call<'a, R> {
    /// The pages of the list, from the one that the request asks for to the last: a stream. Each page is a call of its own, with this
    /// call's options, that is made when the page is asked for; a timeout is each page's. An error ends the stream.
    ///
    /// ```no_run
    /// # use wechatpay_runtime::{Call, Error, Paged};
    /// # async fn example<R: Paged>(call: Call<'_, R>) -> Result<(), Error> {
    /// // `call` is `wxpay.v3()….get(&request)`, not awaited.
    /// let mut pages = call.pages();
    /// while let Some(page) = pages.next().await {
    ///     let page = page?;
    ///     println!("{:?}: {} bytes", page.request_id(), page.raw_body().len());
    /// }
    /// # Ok(()) }
    /// ```
    pub fn pages(self) -> Pages<'a, R> {
        Pages::new(Pager::new(
            self.client,
            self.operation,
            self.variables,
            self.request,
            self.options,
        ))
    }

    /// The items of all pages, from the page that the request asks for to the last: a stream, as [`Call::pages`] is. An item that does not fit
    /// its description is left out; that it came is told by [`Reply::drift`](crate::Reply::drift) of its page.
    ///
    /// ```no_run
    /// # use wechatpay_runtime::{Call, Error, Paged};
    /// # async fn example<R: Paged>(call: Call<'_, R>) -> Result<(), Error> {
    /// let mut items = call.items();
    /// let mut all = Vec::new();
    /// while let Some(item) = items.next().await {
    ///     all.push(item?);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn items(self) -> Items<'a, R> {
        Items::new(self.pages())
    }
}
