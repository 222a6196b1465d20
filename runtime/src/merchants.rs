//! The clients of several merchants in one process.

use crate::client::Client;
use crate::error::{Error, Report};
use crate::excerpt::Excerpt;
use core::fmt;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The clients of several merchants, chosen by the merchant's number. Cloning gives another handle to the same clients, which may come and go while it
/// is in use: who holds a client keeps it.
///
/// Merchants share no keys. They share connections where their clients are built with [`ClientBuilder::connections_of`](crate::ClientBuilder::connections_of).
///
/// ```no_run
/// # fn example(ours: wechatpay_runtime::ClientBuilder, theirs: wechatpay_runtime::ClientBuilder) -> Result<(), wechatpay_runtime::Error> {
/// use wechatpay_runtime::{Client, Merchants};
///
/// let merchants = Merchants::new();
/// let first: Client = ours.build()?;
/// merchants.insert(theirs.connections_of(&first).build()?)?;
/// merchants.insert(first)?;
/// let client = merchants.get("1900000109")?;
/// # Ok(()) }
/// ```
pub struct Merchants<C = Client> {
    clients: Arc<RwLock<BTreeMap<String, C>>>,
}

/// No client has this merchant's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMerchant {
    mchid: String,
}

impl<C> Merchants<C> {
    /// No merchants.
    #[inline]
    pub fn new() -> Self {
        Self {
            clients: Arc::default(),
        }
    }

    /// Takes a merchant's client out. Calls that it is making go on.
    #[inline]
    pub fn remove(&self, mchid: &str) -> Option<C> {
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        clients.remove(mchid)
    }

    /// The merchants' numbers, in order.
    #[inline]
    pub fn mchids(&self) -> Vec<String> {
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        clients.keys().cloned().collect()
    }
}

impl<C: AsRef<Client>> Merchants<C> {
    /// Takes a client in, under its merchant's number. Gives the client that had the place, if any: so are a merchant's keys changed while others go on.
    ///
    /// # Errors
    /// Where the client signs as no merchant.
    #[inline]
    pub fn insert(&self, client: C) -> Result<Option<C>, Error> {
        let mchid = client.as_ref().mchid().ok_or_else(|| {
            let text = "the client signs as no merchant, so that nobody could choose it by number";
            Report::configuration("mchid", &text)
        })?;
        let mchid = mchid.to_owned();
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        Ok(clients.insert(mchid, client))
    }
}

impl<C: Clone> Merchants<C> {
    /// A merchant's client.
    ///
    /// # Errors
    /// Where there is none of this number.
    #[inline]
    pub fn get(&self, mchid: &str) -> Result<C, UnknownMerchant> {
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        clients.get(mchid).cloned().ok_or_else(|| UnknownMerchant {
            mchid: mchid.to_owned(),
        })
    }
}

impl UnknownMerchant {
    /// The number that was asked for.
    #[inline]
    pub fn mchid(&self) -> &str {
        &self.mchid
    }
}

impl fmt::Display for UnknownMerchant {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mchid = Excerpt::of(&self.mchid, 64);
        write!(f, "there is no client of the merchant `{mchid}`")
    }
}

impl core::error::Error for UnknownMerchant {}

impl From<UnknownMerchant> for Error {
    /// An error of configuration, so that `?` works. Nothing was sent.
    #[inline]
    fn from(unknown: UnknownMerchant) -> Self {
        Report::configuration("mchid", &unknown)
            .source(unknown)
            .into()
    }
}

impl<C> Clone for Merchants<C> {
    #[inline]
    fn clone(&self) -> Self {
        Self {
            clients: Arc::clone(&self.clients),
        }
    }
}

impl<C> Default for Merchants<C> {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for Merchants<C> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merchants")
            .field("mchids", &self.mchids())
            .finish_non_exhaustive()
    }
}
