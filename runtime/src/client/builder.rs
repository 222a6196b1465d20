//! Builds a client, and reports every mistake by the argument's name.

use super::automatic::{self, World};
use super::identity::{BRAND, Fault, Given, MERCHANT};
use super::platform::Platform;
use super::{Client, Clock, Inner, Nonces, Origin, expiry};
use crate::by_name::ByName;
use crate::config::name_variables;
use crate::credentials::{
    Apiv2Key, Apiv3Key, Certificate, KeyError, PlatformKeys, PrivateKey, PublicKey,
};
use crate::error::{Error, Report};
use crate::observe::{Attempt, Observer};
use crate::operation::Host;
#[cfg(feature = "rate-limit")]
use crate::operation::Method;
use crate::retry::{CircuitBreaker, Circuits, RetryPolicy};
#[cfg(feature = "rate-limit")]
use crate::retry::{RateLimit, RateLimits};
use crate::sign;
use crate::transport::Transport;
#[cfg(feature = "reqwest")]
use crate::transport::{Reqwest, Settings};
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use http::HeaderValue;
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
    pub(super) merchant: Given,
    pub(super) brand: Given,
    pub(super) platform: Platform,
    apiv3_key: Option<Apiv3Key>,
    apiv2_key: Option<Apiv2Key>,
    base_url: Option<Origin>,
    host_base_urls: ByName<Origin>,
    host_backup_urls: ByName<Vec<Origin>>,
    timeout: Duration,
    retry: RetryPolicy,
    circuit_breaker: CircuitBreaker,
    #[cfg(feature = "rate-limit")]
    rate_limits: RateLimits,
    strict: bool,
    max_reply_bytes: usize,
    user_agent_suffix: Option<String>,
    clock: Clock,
    nonces: Option<Nonces>,
    observers: Vec<Observer>,
    pub(super) transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    settings: Settings,
    pub(super) faults: Vec<Fault>,
    /// Whether the environment's variables are the arguments.
    pub(super) from_environment: bool,
    builds: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// A builder that was given nothing yet.
    pub fn new() -> Self {
        Self {
            merchant: Given::default(),
            brand: Given::default(),
            platform: Platform::default(),
            apiv3_key: None,
            apiv2_key: None,
            base_url: None,
            host_base_urls: ByName::default(),
            host_backup_urls: ByName::default(),
            timeout: Duration::from_secs(30),
            retry: RetryPolicy::new(),
            circuit_breaker: CircuitBreaker::new(),
            #[cfg(feature = "rate-limit")]
            rate_limits: RateLimits::default(),
            strict: false,
            max_reply_bytes: 16 * 1024 * 1024,
            user_agent_suffix: None,
            clock: Arc::new(SystemTime::now),
            nonces: None,
            observers: Vec::new(),
            transport: None,
            #[cfg(feature = "reqwest")]
            settings: Settings::default(),
            faults: Vec::new(),
            from_environment: false,
            builds: PhantomData,
        }
    }

    /// The merchant's number.
    pub fn mchid(mut self, mchid: impl Into<String>) -> Self {
        self.merchant.id = Some(trimmed(mchid.into()));
        self
    }

    /// The serial number of the merchant's API certificate. It may be left out where the certificate itself is given.
    pub fn merchant_serial_no(mut self, serial_no: impl Into<String>) -> Self {
        self.merchant.serial_no = Some(trimmed(serial_no.into()));
        self
    }

    /// The merchant's API certificate (`apiclient_cert.pem`): its serial number is taken from it.
    pub fn merchant_certificate<T>(mut self, certificate: T) -> Self
    where
        T: TryInto<Certificate, Error: Into<KeyError>>,
    {
        self.merchant.certificate = self.taken("merchant_certificate", certificate);
        self
    }

    /// The private key of the merchant's API certificate (`apiclient_key.pem`).
    pub fn merchant_private_key<T>(mut self, key: T) -> Self
    where
        T: TryInto<PrivateKey, Error: Into<KeyError>>,
    {
        self.merchant.private_key = self.taken("merchant_private_key", key);
        self
    }

    /// The brand's number, for the brand's own API.
    pub fn brand_id(mut self, brand_id: impl Into<String>) -> Self {
        self.brand.id = Some(trimmed(brand_id.into()));
        self
    }

    /// The serial number of the brand's API certificate. It may be left out where the certificate itself is given.
    pub fn brand_serial_no(mut self, serial_no: impl Into<String>) -> Self {
        self.brand.serial_no = Some(trimmed(serial_no.into()));
        self
    }

    /// The brand's API certificate: its serial number is taken from it.
    pub fn brand_certificate<T>(mut self, certificate: T) -> Self
    where
        T: TryInto<Certificate, Error: Into<KeyError>>,
    {
        self.brand.certificate = self.taken("brand_certificate", certificate);
        self
    }

    /// The private key of the brand's API certificate.
    pub fn brand_private_key<T>(mut self, key: T) -> Self
    where
        T: TryInto<PrivateKey, Error: Into<KeyError>>,
    {
        self.brand.private_key = self.taken("brand_private_key", key);
        self
    }

    /// WeChat Pay's public key (`pub_key.pem`), for the public key mode. Its id is needed too.
    pub fn platform_public_key<T>(mut self, key: T) -> Self
    where
        T: TryInto<PublicKey, Error: Into<KeyError>>,
    {
        self.platform.public_key = self.taken("platform_public_key", key);
        self
    }

    /// The id of WeChat Pay's public key: `PUB_KEY_ID_…`.
    pub fn platform_public_key_id(mut self, id: impl Into<String>) -> Self {
        self.platform.public_key_id = Some(id.into());
        self
    }

    /// A platform certificate. It may be called more than once: two are valid at once while they rotate, and a public key may be
    /// given besides.
    pub fn platform_certificate<T>(mut self, certificate: T) -> Self
    where
        T: TryInto<Certificate, Error: Into<KeyError>>,
    {
        let certificate = self.taken("platform_certificate", certificate);
        self.platform.certificates.extend(certificate);
        self
    }

    /// The platform keys of another family of hosts than the default one, by the family's name in the description: `hong-kong`
    /// has its own. The keys of one family neither verify nor encrypt anything of another.
    pub fn host_platform_keys(mut self, family: impl Into<String>, keys: PlatformKeys) -> Self {
        self.platform.others.insert(family.into(), keys);
        self
    }

    /// The APIv3 key, which opens sealed resources.
    pub fn apiv3_key(mut self, key: impl Into<String>) -> Self {
        let key = Zeroizing::new(key.into());
        match Apiv3Key::new(&key) {
            Ok(key) => self.apiv3_key = Some(key),
            Err(error) => self.faults.push(("apiv3_key", error.to_string())),
        }
        self
    }

    /// The APIv2 key, which signs payscore's pages and the coupon plug-ins. It is another one than the APIv3 key.
    pub fn apiv2_key(mut self, key: impl Into<String>) -> Self {
        let key = Zeroizing::new(key.into());
        match Apiv2Key::new(&key) {
            Ok(key) => self.apiv2_key = Some(key),
            Err(error) => self.faults.push(("apiv2_key", error.to_string())),
        }
        self
    }

    /// Replaces the base URL of every family of hosts: for tests, and for proxies that speak for WeChat Pay.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        match Origin::parse(url.as_ref()) {
            Ok(origin) => self.base_url = Some(origin),
            Err(fault) => self.faults.push(("base_url", fault)),
        }
        self
    }

    /// Replaces the base URL of one family of hosts; it goes before [`ClientBuilder::base_url`].
    pub fn host_base_url(mut self, host: &Host, url: impl AsRef<str>) -> Self {
        match Origin::parse(url.as_ref()) {
            Ok(origin) => {
                self.host_base_urls.insert(host.name.to_owned(), origin);
            }
            Err(fault) => self.faults.push(("host_base_url", fault)),
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
            Ok(origins) => {
                self.host_backup_urls.insert(host.name.to_owned(), origins);
            }
            Err(fault) => self.faults.push(("host_backup_urls", fault)),
        }
        self
    }

    /// How often and how patiently calls are tried again. The default is [`RetryPolicy::new`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// When a host is taken for dead and left alone for a while. The default is [`CircuitBreaker::new`].
    pub fn circuit_breaker(mut self, breaker: CircuitBreaker) -> Self {
        self.circuit_breaker = breaker;
        self
    }

    /// Keeps an operation, by its method and its path as described, under a rate: what is over it waits within the call's time, and is an
    /// error that was surely not sent where that is too short.
    #[cfg(feature = "rate-limit")]
    pub fn rate_limit(mut self, method: Method, path: impl Into<String>, limit: RateLimit) -> Self {
        self.rate_limits.set(method, path.into(), limit);
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
        self.observers.push(Arc::new(observer));
        self
    }

    /// Uses another transport than reqwest. What is set for reqwest (connect timeout, proxy, HTTP client) has then no effect, and is refused.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// How long a call may take with all its attempts and the waits between them. The default is 30 seconds. No attempt begins in its last 0.2 seconds, or
    /// in its last quarter where it is short.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long connecting may take: a call that fails by it was surely not sent. The default is 10 seconds. It ends before its attempt does in any case.
    #[cfg(feature = "reqwest")]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = Some(timeout);
        self
    }

    /// A text for the end of the header `User-Agent`: the application's name and version.
    pub fn user_agent_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent_suffix = Some(suffix.into());
        self
    }

    /// The longest body of a reply that is taken, in bytes. The default is 16 MiB.
    pub fn max_reply_bytes(mut self, bytes: usize) -> Self {
        self.max_reply_bytes = bytes;
        self
    }

    /// Makes replies that differ from their description errors, for all calls.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Uses the proxy that the environment names (`HTTPS_PROXY` …). Without this it is ignored.
    #[cfg(feature = "reqwest")]
    pub fn use_proxy_from_environment(mut self) -> Self {
        self.settings.environment_proxy = true;
        self
    }

    /// Uses a configured HTTP client: for proxies, certificates, pools of one's own. It must follow no redirects, retry nothing
    /// and decompress nothing, or signatures will not fit and payments may be made twice: begin with [`Reqwest::builder`].
    #[cfg(feature = "reqwest")]
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.settings.http = Some(http);
        self
    }

    /// Takes the time from another clock than the system's, for tests.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Takes the texts that are used once from elsewhere than the crypto library's random numbers, for tests that compare signatures.
    /// In production each must be new, and not to be guessed.
    pub fn nonces(mut self, nonces: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.nonces = Some(Arc::new(move || Ok(nonces())));
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
        let mut faults = core::mem::take(&mut self.faults);
        let given = faults.len();
        #[cfg(feature = "pkcs12")]
        self.merchant.open_store(&MERCHANT, &mut faults);
        if self.merchant.is_absent() && self.brand.is_absent() && faults.is_empty() {
            faults.push((
                "mchid",
                "missing: give a merchant's or a brand's number, serial number and private key"
                    .to_owned(),
            ));
        }
        let identity = |given: &Given, names, faults: &mut Vec<Fault>| {
            let given = (!given.is_absent()).then_some(given);
            given.and_then(|given| given.identity(names, faults))
        };
        let merchant = identity(&self.merchant, &MERCHANT, &mut faults);
        let brand = identity(&self.brand, &BRAND, &mut faults);
        let platform = self
            .platform
            .families([&self.merchant, &self.brand], &mut faults);
        let (has_key, has_merchant) = (self.apiv3_key.is_some(), !self.merchant.is_absent());
        automatic::check(&self.platform, has_key, has_merchant, &mut faults);
        let user_agent = user_agent(self.user_agent_suffix.as_deref(), &mut faults);
        #[cfg(feature = "reqwest")]
        let transport = carrier(self.transport, self.settings, &mut faults);
        #[cfg(not(feature = "reqwest"))]
        let transport = carrier(self.transport, &mut faults);
        // The crypto library's first random draw takes 30 ms: it is spent here, not in the first call.
        if sign::nonce().is_err() {
            faults.push((
                "random",
                "the crypto library has no random numbers".to_owned(),
            ));
        }
        if self.from_environment {
            name_variables(&mut faults[given..]);
        }
        for signer in [&merchant, &brand].into_iter().flatten() {
            expiry::warn(signer, (self.clock)());
        }
        match (transport, user_agent) {
            (Some(transport), Some(user_agent)) if faults.is_empty() => {
                let automatic = core::mem::take(&mut self.platform.automatic);
                Ok(C::from(Client::new(|client| {
                    let world = World {
                        client: client.clone(),
                        clock: Arc::clone(&self.clock),
                        transport: Arc::clone(&transport),
                    };
                    let key = self.apiv3_key.as_ref();
                    let platform = automatic::stores(platform, automatic, key, &world);
                    Inner {
                        merchant,
                        brand,
                        platform,
                        apiv3_key: self.apiv3_key,
                        apiv2_key: self.apiv2_key,
                        base_url: self.base_url,
                        host_base_urls: self.host_base_urls,
                        host_backup_urls: self.host_backup_urls,
                        timeout: self.timeout,
                        retry: self.retry,
                        circuits: Circuits::new(self.circuit_breaker),
                        #[cfg(feature = "rate-limit")]
                        rate_limits: self.rate_limits,
                        strict: self.strict,
                        max_reply_bytes: self.max_reply_bytes,
                        user_agent,
                        clock: self.clock,
                        nonces: self.nonces,
                        observers: self.observers,
                        transport,
                    }
                })))
            }
            _ => Err(configuration(&faults)),
        }
    }

    /// Parses an argument, or notes what is wrong with it.
    pub(super) fn taken<K, T>(&mut self, argument: &'static str, given: T) -> Option<K>
    where
        T: TryInto<K, Error: Into<KeyError>>,
    {
        match given.try_into() {
            Ok(key) => Some(key),
            Err(error) => {
                self.faults.push((argument, error.into().to_string()));
                None
            }
        }
    }
}

/// The transport that was given, or reqwest.
#[cfg(feature = "reqwest")]
fn carrier(
    given: Option<Arc<dyn Transport>>,
    settings: Settings,
    faults: &mut Vec<Fault>,
) -> Option<Arc<dyn Transport>> {
    let untouched = settings.is_untouched();
    match given {
        Some(given) if untouched => Some(given),
        Some(_) => {
            let advice =
                "connect timeout, proxy and HTTP client are set on the transport that was given";
            faults.push(("transport", advice.to_owned()));
            None
        }
        None => {
            let made = Reqwest::connect(settings).map_err(|fault| faults.push(fault));
            made.ok().map(|made| Arc::new(made) as Arc<dyn Transport>)
        }
    }
}

/// The transport that was given: without the feature `reqwest` there is no other.
#[cfg(not(feature = "reqwest"))]
fn carrier(
    given: Option<Arc<dyn Transport>>,
    faults: &mut Vec<Fault>,
) -> Option<Arc<dyn Transport>> {
    if given.is_none() {
        let advice = "missing: without the feature `reqwest` the client is given a transport";
        faults.push(("transport", advice.to_owned()));
    }
    given
}

fn user_agent(suffix: Option<&str>, faults: &mut Vec<Fault>) -> Option<HeaderValue> {
    let own = concat!("wechatpay-rust/", env!("CARGO_PKG_VERSION"));
    let text = match suffix {
        Some(suffix) => format!("{own} {suffix}"),
        None => own.to_owned(),
    };
    let value = HeaderValue::from_str(&text);
    let refused = |_| {
        let advice = "a header carries visible ASCII characters and spaces alone";
        faults.push(("user_agent_suffix", advice.to_owned()));
    };
    value.map_err(refused).ok()
}

fn trimmed(text: String) -> String {
    text.trim().to_owned()
}

/// One error for all mistakes, named after the first.
fn configuration(faults: &[Fault]) -> Error {
    let (argument, first) = match faults.first() {
        Some((argument, fault)) => (*argument, fault.as_str()),
        None => ("http_client", "the HTTP client could not be built"),
    };
    let others = faults
        .iter()
        .skip(1)
        .map(|(name, fault)| format!("; `{name}`: {fault}"));
    let text = format!("{first}{}", others.collect::<String>());
    Report::configuration(argument, text).into()
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("mchid", &self.merchant.id)
            .field("brand_id", &self.brand.id)
            .finish_non_exhaustive()
    }
}
