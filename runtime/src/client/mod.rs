//! The client: who calls, with which keys, and how.

mod addresses;
mod automatic;
mod builder;
mod conduct;
mod credentials;
mod expiry;
mod faults;
mod identity;
mod origin;
mod platform;
mod setup;
mod source;

use crate::by_name::ByName;
use crate::call::RawRequest;
use crate::credentials::{Algorithm, Apiv2Key, Apiv3Key, PlatformKeys};
use crate::operation::{Host, Identity, Method};
use crate::outlined::{Shared, SharedWeakly};
use crate::platform::PlatformKeyStore;
use crate::sign::{self, SignError, SigningIdentity};
use crate::transport::{Carrier, Made};
use core::fmt;
use core::ops::Deref;
use http::HeaderValue;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use conduct::Conduct;

pub use builder::ClientBuilder;
pub use expiry::Expiry;
pub(crate) use origin::Origin;

/// Where the client takes the time from.
pub(crate) type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Where the client takes the texts from that are used once.
pub(crate) type Nonces = Arc<dyn Fn() -> Result<String, SignError> + Send + Sync>;

/// A client of WeChat Pay: identities, keys, connections. Cloning shares them all.
#[derive(Clone)]
pub struct Client(Shared<Inner>);

pub(crate) struct Inner {
    pub(crate) merchant: Option<Box<SigningIdentity>>,
    pub(crate) brand: Option<Box<SigningIdentity>>,
    pub(crate) platform: ByName<PlatformKeyStore>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) transport: Arc<dyn Carrier>,
    made: Made,
    conduct: Box<Conduct>,
}

impl Deref for Inner {
    type Target = Conduct;
    fn deref(&self) -> &Conduct {
        &self.conduct
    }
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

    /// The merchant's number, where the client signs as a merchant.
    pub fn mchid(&self) -> Option<&str> {
        self.identity_number(Identity::Merchant)
    }

    /// The platform keys of a family of hosts (`default`, `hong-kong` …) as they are now. Nothing is fetched for it.
    /// `None` where the client was given none of it.
    pub fn platform_keys(&self, family: &str) -> Option<Arc<PlatformKeys>> {
        Some(self.platform_key_store(family)?.snapshot())
    }

    /// The store of a family's platform keys, to verify notifications with: it fetches what has to be fetched. `None` where the client was given no key
    /// of it, and is not to fetch any.
    pub fn platform_key_store(&self, family: &str) -> Option<&PlatformKeyStore> {
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

    /// When the API certificate of an identity ends, by the client's clock. `None` where the client was given no certificate of
    /// it: a serial number alone does not tell. A client that is built near the end, or after it, says so in the log too.
    ///
    /// ```no_run
    /// # fn example(client: wechatpay_runtime::Client) {
    /// use wechatpay_runtime::Identity;
    /// if let Some(expiry) = client.certificate_expiry(Identity::Merchant)
    ///     && expiry.is_near()
    /// {
    ///     eprintln!("renew the API certificate: {} days left", expiry.days_left());
    /// }
    /// # }
    /// ```
    pub fn certificate_expiry(&self, identity: Identity) -> Option<Expiry> {
        let certificate = self.signer(identity)?.certificate.as_ref()?;
        Some(Expiry::of(certificate, (self.0.clock)()))
    }

    fn new(inner: Inner) -> Self {
        Self(Shared::new(inner))
    }

    /// A handle that does not keep the client.
    fn downgrade(&self) -> SharedWeakly<Inner> {
        self.0.downgrade()
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.0
    }

    pub(crate) fn transport(&self) -> &dyn Carrier {
        &*self.0.transport
    }

    /// The time, by the clock that the client was given.
    pub(crate) fn time(&self) -> SystemTime {
        (self.0.clock)()
    }

    /// The time in Unix seconds.
    pub(crate) fn now(&self) -> u64 {
        unix_seconds(self.time())
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

    pub(crate) fn signer(&self, identity: Identity) -> Option<&SigningIdentity> {
        match identity {
            Identity::Merchant => self.0.merchant.as_deref(),
            Identity::Brand => self.0.brand.as_deref(),
        }
    }

    /// The `mchid` or `brand_id`, where the client has it.
    pub(crate) fn identity_number(&self, identity: Identity) -> Option<&str> {
        self.signer(identity).map(|signer| signer.id.as_str())
    }

    /// By what an identity signs, which the platform's keys that it asks for follow.
    pub(crate) fn algorithm(&self, identity: Identity) -> Algorithm {
        let signer = self.signer(identity);
        signer.map_or(Algorithm::Rsa, |signer| signer.key.algorithm())
    }

    /// Where a family of hosts is served, the backups last: scheme, host and port. Who replaces the first names the backups too, or has none.
    pub(crate) fn origins<'a>(&'a self, host: &'a Host, with_backups: bool) -> Vec<&'a str> {
        if let Some(addresses) = &self.0.addresses {
            return addresses.origins(host, with_backups);
        }
        let backups = match with_backups {
            true => host.backups,
            false => &[],
        };
        let mut origins = Vec::with_capacity(1 + backups.len());
        origins.push(host.base);
        origins.extend_from_slice(backups);
        origins
    }
}

impl AsRef<Self> for Client {
    fn as_ref(&self) -> &Self {
        self
    }
}

fn unix_seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id =
            |signer: &Option<Box<SigningIdentity>>| signer.as_ref().map(|signer| signer.id.clone());
        f.debug_struct("Client")
            .field("mchid", &id(&self.0.merchant))
            .field("brand_id", &id(&self.0.brand))
            .field("platform_keys", &self.0.platform.names())
            .finish_non_exhaustive()
    }
}
