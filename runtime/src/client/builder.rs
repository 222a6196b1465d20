//! What can be set before a client is built.

use super::identity::{BRAND, MERCHANT};
use super::setup::Setup;
use super::{Client, Origin};
use crate::credentials::{
    Apiv2Key, Apiv3Key, Certificate, KeyError, PlatformKeys, PrivateKey, PublicKey,
};
use crate::error::Error;
use crate::observe::Attempt;
use crate::operation::Host;
#[cfg(feature = "rate-limit")]
use crate::operation::Method;
use crate::outlined::Outlined;
#[cfg(feature = "rate-limit")]
use crate::retry::RateLimit;
use crate::retry::{CircuitBreaker, Circuits, RetryPolicy};
#[cfg(all(doc, feature = "reqwest"))]
use crate::transport::Reqwest;
use crate::transport::{Made, Transport};
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;
use zeroize::Zeroizing;

/// Builds a client. Keys and certificates are taken as they are at hand: PEM text, the bytes of a file, a path, or parsed
/// already. Mistakes are reported by [`ClientBuilder::build`], with the argument's name.
///
/// ```no_run
/// use std::path::Path;
/// use wechatpay_runtime::{Client, Error};
///
/// fn connect() -> Result<Client, Error> {
///     Client::builder()
///         .mchid("1900000109")
///         .merchant_certificate(Path::new("apiclient_cert.pem"))
///         .merchant_private_key(Path::new("apiclient_key.pem"))
///         .platform_public_key(Path::new("pub_key.pem"))
///         .platform_public_key_id("PUB_KEY_ID_0119000001092024")
///         .build()
/// }
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    pub(super) setup: Outlined<Setup>,
    builds: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// A builder that was given nothing yet.
    pub fn new() -> Self {
        Self {
            setup: Setup::new(),
            builds: PhantomData,
        }
    }

    /// The merchant's number.
    pub fn mchid(mut self, mchid: impl Into<String>) -> Self {
        self.setup
            .put("mchid", |setup| &mut setup.merchant.id, mchid.into());
        self
    }

    /// The serial number of the merchant's API certificate. It may be left out where the certificate itself is given.
    pub fn merchant_serial_no(mut self, serial_no: impl Into<String>) -> Self {
        self.setup.put(
            "merchant_serial_no",
            |setup| &mut setup.merchant.serial_no,
            serial_no.into(),
        );
        self
    }

    /// The merchant's API certificate (`apiclient_cert.pem`): its serial number is taken from it.
    pub fn merchant_certificate<T>(mut self, certificate: T) -> Self
    where
        T: TryInto<Certificate, Error: Into<KeyError>>,
    {
        let certificate = self.taken("merchant_certificate", certificate);
        self.setup.merchant.certified(certificate);
        self
    }

    /// The private key of the merchant's API certificate (`apiclient_key.pem`).
    pub fn merchant_private_key<T>(mut self, key: T) -> Self
    where
        T: TryInto<PrivateKey, Error: Into<KeyError>>,
    {
        let setup = &mut *self.setup;
        setup.merchant.key_anew(&MERCHANT, &mut setup.faults);
        self.setup.merchant.private_key = self.taken("merchant_private_key", key);
        self
    }

    /// The brand's number, for the brand's own API.
    pub fn brand_id(mut self, brand_id: impl Into<String>) -> Self {
        self.setup
            .put("brand_id", |setup| &mut setup.brand.id, brand_id.into());
        self
    }

    /// The serial number of the brand's API certificate. It may be left out where the certificate itself is given.
    pub fn brand_serial_no(mut self, serial_no: impl Into<String>) -> Self {
        self.setup.put(
            "brand_serial_no",
            |setup| &mut setup.brand.serial_no,
            serial_no.into(),
        );
        self
    }

    /// The brand's API certificate: its serial number is taken from it.
    pub fn brand_certificate<T>(mut self, certificate: T) -> Self
    where
        T: TryInto<Certificate, Error: Into<KeyError>>,
    {
        let certificate = self.taken("brand_certificate", certificate);
        self.setup.brand.certified(certificate);
        self
    }

    /// The private key of the brand's API certificate.
    pub fn brand_private_key<T>(mut self, key: T) -> Self
    where
        T: TryInto<PrivateKey, Error: Into<KeyError>>,
    {
        let setup = &mut *self.setup;
        setup.brand.key_anew(&BRAND, &mut setup.faults);
        self.setup.brand.private_key = self.taken("brand_private_key", key);
        self
    }

    /// WeChat Pay's public key (`pub_key.pem`), for the public key mode. Its id is needed too.
    pub fn platform_public_key<T>(mut self, key: T) -> Self
    where
        T: TryInto<PublicKey, Error: Into<KeyError>>,
    {
        self.setup.platform.public_key = self.taken("platform_public_key", key);
        self
    }

    /// The id of WeChat Pay's public key: `PUB_KEY_ID_…`.
    pub fn platform_public_key_id(mut self, id: impl Into<String>) -> Self {
        self.setup.put(
            "platform_public_key_id",
            |setup| &mut setup.platform.public_key_id,
            id.into(),
        );
        self
    }

    /// A platform certificate. It may be called more than once: two are valid at once while they rotate, and a public key may be
    /// given besides.
    pub fn platform_certificate<T>(mut self, certificate: T) -> Self
    where
        T: TryInto<Certificate, Error: Into<KeyError>>,
    {
        // It is added to those that were given, and makes good none of them.
        let certificate = self.parsed("platform_certificate", certificate);
        self.setup.platform.certificates.extend(certificate);
        self
    }

    /// The platform keys of another family of hosts than the default one, by the family's name in the description: `hong-kong`
    /// has its own. The keys of one family neither verify nor encrypt anything of another.
    pub fn host_platform_keys(mut self, family: impl Into<String>, keys: PlatformKeys) -> Self {
        self.setup.platform.others.insert(family.into(), keys);
        self
    }

    /// The APIv3 key, which opens sealed resources.
    pub fn apiv3_key(mut self, key: impl Into<String>) -> Self {
        let key = Zeroizing::new(key.into());
        self.setup.faults.anew("apiv3_key");
        match Apiv3Key::new(&key) {
            Ok(key) => self.setup.conduct.apiv3_key = Some(key),
            Err(error) => self.setup.faults.note("apiv3_key", format_args!("{error}")),
        }
        self
    }

    /// The APIv2 key, which signs payscore's pages and the coupon plug-ins. It is another one than the APIv3 key.
    pub fn apiv2_key(mut self, key: impl Into<String>) -> Self {
        let key = Zeroizing::new(key.into());
        self.setup.faults.anew("apiv2_key");
        match Apiv2Key::new(&key) {
            Ok(key) => self.setup.conduct.apiv2_key = Some(key),
            Err(error) => self.setup.faults.note("apiv2_key", format_args!("{error}")),
        }
        self
    }

    /// Replaces the base URL of every family of hosts: for tests, and for proxies that speak for WeChat Pay.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        self.setup.faults.anew("base_url");
        match Origin::parse(url.as_ref()) {
            Ok(origin) => self.setup.addresses().replace_all(origin),
            Err(fault) => self.setup.faults.note("base_url", format_args!("{fault}")),
        }
        self
    }

    /// Replaces the base URL of one family of hosts; it goes before [`ClientBuilder::base_url`].
    pub fn host_base_url(mut self, host: &Host, url: impl AsRef<str>) -> Self {
        match Origin::parse(url.as_ref()) {
            Ok(origin) => self.setup.addresses().replace(host.name, origin),
            Err(fault) => self
                .setup
                .faults
                .note("host_base_url", format_args!("{fault}")),
        }
        self
    }

    /// Names the backups of one family of hosts, in the order in which they are tried, for what was surely not sent to the first. By default
    /// they are the description's; where a base URL is replaced there are none.
    pub fn host_backup_urls<U: AsRef<str>>(
        mut self,
        host: &Host,
        urls: impl IntoIterator<Item = U>,
    ) -> Self {
        let parsed: Result<Vec<Origin>, String> = urls
            .into_iter()
            .map(|url| Origin::parse(url.as_ref()))
            .collect();
        match parsed {
            Ok(origins) => self.setup.addresses().back_up(host.name, origins),
            Err(fault) => self
                .setup
                .faults
                .note("host_backup_urls", format_args!("{fault}")),
        }
        self
    }

    /// How often and how patiently calls are tried again. The default is [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.setup.conduct.retry = policy;
        self
    }

    /// When a host is taken for dead and left alone for a while. The default is [`CircuitBreaker::new`].
    pub fn circuit_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.setup.conduct.circuits = Circuits::new(breaker);
        self
    }

    /// Keeps an operation, by its method and its path as described, under a rate: what is over it waits within the call's time, and is an
    /// error that was surely not sent where that is too short.
    #[cfg(feature = "rate-limit")]
    pub fn rate_limit(mut self, method: Method, path: impl Into<String>, limit: RateLimit) -> Self {
        self.setup
            .conduct
            .rate_limits
            .set(method, path.into(), limit);
        self
    }

    /// Is called when an attempt of a call has ended, for metrics and audits. It may be given more than once. It runs within the call:
    /// what takes long belongs elsewhere.
    ///
    /// ```
    /// use wechatpay_runtime::Client;
    /// let builder = Client::builder().on_attempt(|attempt| {
    ///     println!("{} {} #{}: {:?}", attempt.method, attempt.path, attempt.number, attempt.status);
    /// });
    /// ```
    pub fn on_attempt(mut self, observer: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.setup.conduct.observers.push(Arc::new(observer));
        self
    }

    /// Uses another transport than reqwest. What is set for reqwest (connect timeout, proxy, HTTP client) has then no effect, and is refused.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.setup.transport = Some(Made::Given(Arc::new(transport)));
        self
    }

    /// How long a call may take with all its attempts and the waits between them. The default is 30 seconds. No attempt begins in its last 0.2 seconds, or
    /// in its last quarter where it is short.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.setup.conduct.timeout = timeout;
        self
    }

    /// How long connecting may take: a call that fails by it was surely not sent. The default is 10 seconds. It ends before its attempt does in any case.
    #[cfg(feature = "reqwest")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.setup.settings.connect_timeout = Some(timeout);
        self
    }

    /// A text for the end of the header `User-Agent`: the application's name and version.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.setup.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The longest body of a reply that is taken, in bytes. The default is 16 MiB.
    pub fn max_reply_bytes(mut self, bytes: usize) -> Self {
        self.setup.conduct.max_reply_bytes = bytes;
        self
    }

    /// Makes replies that differ from their description errors, for all calls.
    pub fn strict(mut self) -> Self {
        self.setup.conduct.strict = true;
        self
    }

    /// Uses the proxy that the environment names (`HTTPS_PROXY` …). Without this it is ignored.
    #[cfg(feature = "reqwest")]
    pub fn use_proxy_from_environment(mut self) -> Self {
        self.setup.settings.environment_proxy = true;
        self
    }

    /// Uses a configured HTTP client: for proxies, certificates, pools of one's own. It must follow no redirects, retry nothing
    /// and decompress nothing, or signatures will not fit and payments may be made twice: begin with [`Reqwest::builder`].
    #[cfg(feature = "reqwest")]
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.setup.settings.http = Some(http);
        self
    }

    /// Takes the time from another clock than the system's, for tests.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.setup.conduct.clock = Arc::new(clock);
        self
    }

    /// Takes the texts that are used once from elsewhere than the crypto library's random numbers, for tests that compare signatures.
    /// In production each must be new, and not to be guessed.
    pub fn nonces(mut self, nonces: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.setup.conduct.nonces = Some(Arc::new(move || Ok(nonces())));
        self
    }

    /// Checks all that was given, and builds.
    ///
    /// # Errors
    /// Every mistake, by the argument's name.
    pub fn build(mut self) -> Result<C, Error>
    where
        C: From<Client>,
    {
        self.setup.client().map(C::from)
    }

    /// Parses an argument that takes the place of what was given before, or notes what is wrong with it.
    pub(super) fn taken<K, T>(&mut self, argument: &'static str, given: T) -> Option<K>
    where
        T: TryInto<K, Error: Into<KeyError>>,
    {
        self.setup.faults.anew(argument);
        self.parsed(argument, given)
    }

    /// Parses an argument, or notes what is wrong with it.
    fn parsed<K, T>(&mut self, argument: &'static str, given: T) -> Option<K>
    where
        T: TryInto<K, Error: Into<KeyError>>,
    {
        match given.try_into() {
            Ok(key) => Some(key),
            Err(error) => {
                let error: KeyError = error.into();
                self.setup.faults.note(argument, format_args!("{error}"));
                None
            }
        }
    }
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("mchid", &self.setup.merchant.id)
            .field("brand_id", &self.setup.brand.id)
            .finish_non_exhaustive()
    }
}
