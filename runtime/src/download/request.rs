//! A download by a link, before it is asked for.

use super::content::Download;
use super::host::{Place, place};
use super::link::{FoundLink, Hash, Link};
use crate::bill::Bill;
use crate::call::{LinkedFile, open_link};
use crate::client::Client;
use crate::error::Error;
use crate::operation::{Host, Identity};
use crate::retry::RetryPolicy;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::time::Duration;

/// A download by a link, which is asked for when it is awaited.
#[must_use = "a download is asked for when it is awaited"]
pub struct DownloadRequest<'a> {
    client: &'a Client,
    link: Result<FoundLink, Error>,
    families: &'a [&'static Host],
    identity: Identity,
    hash: Wanted,
    opened: bool,
    limit: u64,
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
}

/// Which hash the content must have.
enum Wanted {
    /// That which the link tells, if it tells one.
    Told,
    Given(Hash),
    None,
}

impl Client {
    /// A download by a link: a reply (or a member of one) that has a `download_url`, or a URL.
    ///
    /// The link must lead to a host of WeChat Pay's, by https: for no other is anything signed. Here that is one of the default family, or of those
    /// that [`DownloadRequest::families`] names; a generated client's own `download` names all of its description. Path and query are sent exactly as they
    /// are; no redirect is followed. Where the reply has an `encrypt_key` the content is decrypted with it, and ends with an error if it was
    /// changed. What begins as gzip does is unpacked. Where the reply has a `hash_type` and a `hash_value`, the content must have that hash, or
    /// the download ends with an error; one of the two without the other is an error before anything is sent.
    ///
    /// ```no_run
    /// # async fn example(client: wechatpay_runtime::Client) -> Result<(), wechatpay_runtime::Error> {
    /// let url = "https://api.mch.weixin.qq.com/v3/transferdownload/signfile?token=xxx";
    /// let length = client.download(url).await?.save("receipt.pdf").await?;
    /// println!("{length} bytes");
    /// # Ok(()) }
    /// ```
    pub fn download<L: Link + ?Sized>(&self, link: &L) -> DownloadRequest<'_> {
        DownloadRequest {
            client: self,
            link: link.link(),
            families: &[Host::DEFAULT],
            identity: Identity::Merchant,
            hash: Wanted::Told,
            opened: true,
            limit: u64::MAX,
            timeout: None,
            retry: None,
        }
    }
}

impl Client {
    /// A bill by a link: a reply (or a member of one) that has a `download_url`. It is downloaded, decrypted where it is encrypted, unpacked
    /// where it is gzip, checked by its hash, and read row by row, all while it arrives.
    ///
    /// ```no_run
    /// # async fn example<Reply: wechatpay_runtime::Link + Sync>(client: wechatpay_runtime::Client, reply: Reply) -> Result<(), wechatpay_runtime::Error> {
    /// use wechatpay_runtime::bill::TradeRow;
    /// let mut rows = client.bill(&reply).await?.records::<TradeRow>();
    /// while let Some(row) = rows.next_row().await? {
    ///     println!("{:?} {:?}", row.out_trade_no(), row.order_amount()?);
    /// }
    /// // Only here is it known that the bill was whole.
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As awaiting [`Client::download`].
    pub async fn bill<L: Link + ?Sized>(&self, link: &L) -> Result<Bill, Error> {
        self.download(link).bill().await
    }
}

impl<'a> DownloadRequest<'a> {
    /// Lets links lead to these families of hosts, in place of the default one.
    pub fn families(mut self, families: &'a [&'static Host]) -> Self {
        self.families = families;
        self
    }

    /// Is signed by another identity than the merchant's.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = identity;
        self
    }

    /// Checks another hash than the one that the link tells.
    pub fn hash(mut self, hash: Hash) -> Self {
        self.hash = Wanted::Given(hash);
        self
    }

    /// Checks no hash, whatever the link tells.
    pub fn without_hash(mut self) -> Self {
        self.hash = Wanted::None;
        self
    }

    /// Takes the content as it comes, encrypted or not, gzip or not. The hash that bills tell is that of what is decrypted and unpacked.
    pub fn as_it_comes(mut self) -> Self {
        self.opened = false;
        self
    }

    /// The longest content that is taken, in bytes after unpacking: [`Download::limit`].
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// How long it may take until the content begins, and how long each piece of it may be waited for. Without this it is the client's
    /// timeout. How long the whole takes is not bounded.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How often and how patiently it is tried again, until the content begins.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Reads it as a bill.
    ///
    /// # Errors
    /// As awaiting the download.
    pub async fn bill(self) -> Result<Bill, Error> {
        Ok(Bill::of(self.open().await?))
    }

    async fn open(self) -> Result<Download, Error> {
        let found = self.link?;
        let opener = match &found.seal {
            Some(seal) if self.opened => Some(seal.opener()?),
            _ => None,
        };
        let hash = match self.hash {
            Wanted::None => None,
            Wanted::Given(hash) => Some(hash),
            // What is told is the hash of what is decrypted.
            Wanted::Told if found.seal.is_some() && opener.is_none() => None,
            Wanted::Told => match found.hash {
                Some((hash_type, value)) => Some(Hash::named(&hash_type, value)?),
                None => None,
            },
        };
        let (host, Place { origin, target, .. }) = place(self.client, self.families, &found.url)?;
        let file = LinkedFile {
            host,
            origin,
            target,
            identity: self.identity,
            timeout: self.timeout,
            retry: self.retry,
        };
        let mut download = open_link(self.client, file).await?.limit(self.limit);
        if let Some(opener) = opener {
            download = download.unseal(opener);
        }
        if self.opened {
            download = download.gunzip();
        }
        Ok(match hash {
            Some(hash) => download.hash(hash),
            None => download,
        })
    }
}

impl<'a> IntoFuture for DownloadRequest<'a> {
    type Output = Result<Download, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

impl fmt::Debug for DownloadRequest<'_> {
    /// A link tells who may fetch the file, so it is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadRequest").finish_non_exhaustive()
    }
}
