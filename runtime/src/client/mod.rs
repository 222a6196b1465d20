//! The client: who calls, with which keys, and how.

mod builder;
mod identity;
mod origin;
mod platform;

use crate::call::RawRequest;
use crate::credentials::{Apiv2Key, Apiv3Key, PlatformKey, PlatformKeys};
use crate::observe::Observer;
use crate::operation::{Host, Identity, Method};
#[cfg(feature = "rate-limit")]
use crate::retry::RateLimits;
use crate::retry::{Circuits, RetryPolicy};
use crate::sign::{self, SignError, Signer};
use crate::transport::Transport;
use core::fmt;
use core::time::Duration;
use http::HeaderValue;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

pub use builder::ClientBuilder;
pub(crate) use origin::Origin;

/// Where the client takes the time from.
pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Where the client takes the texts from that are used once.
pub(crate) type Nonces = Arc<dyn Fn() -> Result<String, SignError> + Send + Sync>;

/// A client of WeChat Pay: identities, keys, connections. Cloning shares them all.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) merchant: Option<Signer>,
    pub(crate) brand: Option<Signer>,
    pub(crate) platform: BTreeMap<String, PlatformKeys>,
    pub(crate) apiv3_key: Option<Apiv3Key>,
    pub(crate) apiv2_key: Option<Apiv2Key>,
    pub(crate) base_url: Option<Origin>,
    pub(crate) host_base_urls: BTreeMap<String, Origin>,
    pub(crate) host_backup_urls: BTreeMap<String, Vec<Origin>>,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) circuits: Circuits,
    #[cfg(feature = "rate-limit")]
    pub(crate) rate_limits: RateLimits,
    pub(crate) strict: bool,
    pub(crate) max_reply_bytes: usize,
    pub(crate) user_agent: HeaderValue,
    pub(crate) clock: Clock,
    pub(crate) nonces: Option<Nonces>,
    pub(crate) observers: Vec<Observer>,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Client {
    /// Begins to build a client.
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::new()
    }

    /// A request to what is not described: a target (a path, with a query if need be), exactly as it will be sent. It is signed
    /// and its reply verified like any other. Its path stands in errors and in the log as it is, its query does not.
    ///
    /// ```no_run
    /// # async fn example(client: wechatpay_runtime::Client) -> Result<(), wechatpay_runtime::Error> {
    /// use wechatpay_runtime::Method;
    /// let reply = client.request(Method::Get, "/v3/certificates").await?;
    /// assert_eq!(reply.status(), 200);
    /// # Ok(()) }
    /// ```
    pub fn request<'a>(&'a self, method: Method, target: &'a str) -> RawRequest<'a> {
        RawRequest::new(self, method, target)
    }

    /// The platform keys of a family of hosts (`default`, `hong-kong` …), to verify notifications with. `None` where the client has none of it.
    pub fn platform_keys(&self, family: &str) -> Option<&PlatformKeys> {
        self.0.platform.get(family)
    }

    /// The APIv3 key, where one was given, to open sealed resources with.
    pub fn apiv3_key(&self) -> Option<&Apiv3Key> {
        self.0.apiv3_key.as_ref()
    }

    /// The APIv2 key, where one was given.
    pub fn apiv2_key(&self) -> Option<&Apiv2Key> {
        self.0.apiv2_key.as_ref()
    }

    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// The time, by the clock that the client was given.
    pub(crate) fn time(&self) -> SystemTime {
        (self.0.clock)()
    }

    /// The time in Unix seconds.
    pub(crate) fn now(&self) -> u64 {
        let since = self.time().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    }

    /// A text that is used once.
    ///
    /// # Errors
    /// Where there are no random numbers.
    pub(crate) fn nonce(&self) -> Result<String, SignError> {
        match &self.0.nonces {
            Some(nonces) => nonces(),
            None => sign::nonce(),
        }
    }

    pub(crate) fn signer(&self, identity: Identity) -> Option<&Signer> {
        match identity {
            Identity::Merchant => self.0.merchant.as_ref(),
            Identity::Brand => self.0.brand.as_ref(),
        }
    }

    /// The `mchid` or `brand_id`, where the client has it.
    pub(crate) fn identity_number(&self, identity: Identity) -> Option<&str> {
        self.signer(identity).map(|signer| signer.id.as_str())
    }

    /// The key of a family of hosts to encrypt with.
    pub(crate) fn sealing_key(&self, host: &Host) -> Option<&PlatformKey> {
        self.platform_keys(host.name)?.preferred(self.now())
    }

    /// Where a family of hosts is served, the backups last: scheme, host and port. Who replaces the first names the backups too, or has none.
    pub(crate) fn origins<'a>(&'a self, host: &'a Host, with_backups: bool) -> Vec<&'a str> {
        let replaced = self.0.host_base_urls.get(host.name);
        let replaced = replaced.or(self.0.base_url.as_ref());
        let first = replaced.map_or(host.base, Origin::as_str);
        let mut origins = vec![first];
        if with_backups {
            match self.0.host_backup_urls.get(host.name) {
                Some(given) => origins.extend(given.iter().map(Origin::as_str)),
                None if replaced.is_none() => origins.extend(host.backups),
                None => {}
            }
        }
        origins
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = |signer: &Option<Signer>| signer.as_ref().map(|signer| signer.id.clone());
        f.debug_struct("Client")
            .field("mchid", &id(&self.0.merchant))
            .field("brand_id", &id(&self.0.brand))
            .field("platform_keys", &self.0.platform.keys())
            .finish_non_exhaustive()
    }
}
