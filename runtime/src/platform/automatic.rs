//! What an application says of the certificates that the client fetches by itself.

use super::outside::Outside;
use super::renewal::Renewal;
use super::saved::SavedFile;
use super::store::PlatformKeyStore;
use crate::credentials::{Apiv3Key, PlatformKeys};
use crate::operation::Host;
use std::path::PathBuf;
use std::sync::Arc;

/// Platform certificates of one family of hosts that the client fetches by itself.
///
/// ```no_run
/// use std::path::Path;
/// use wechatpay_runtime::{AutomaticCertificates, Client, Error, Host};
///
/// fn connect() -> Result<Client, Error> {
///     let mainland = AutomaticCertificates::new().saved_in("/var/lib/shop/wechatpay.json");
///     let hong_kong = AutomaticCertificates::new().host(Host::HONG_KONG);
///     Client::builder()
///         .mchid("1900000109")
///         .merchant_certificate(Path::new("apiclient_cert.pem"))
///         .merchant_private_key(Path::new("apiclient_key.pem"))
///         .apiv3_key("0123456789abcdef0123456789abcdef")
///         .platform_certificates_automatic(mainland)
///         .platform_certificates_automatic(hong_kong)
///         .build()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "it does nothing until it is given to a client's builder"]
pub struct AutomaticCertificates {
    host: &'static Host,
    file: Option<PathBuf>,
}

impl AutomaticCertificates {
    /// Those of the default family of hosts, saved nowhere.
    #[inline]
    pub fn new() -> Self {
        Self {
            host: Host::DEFAULT,
            file: None,
        }
    }

    /// Those of another family of hosts: [`Host::HONG_KONG`].
    #[inline]
    pub fn host(mut self, host: &'static Host) -> Self {
        self.host = host;
        self
    }

    /// Saves them in a file of their own, so that a restart fetches nothing. They stay sealed in it: a file that was made with another APIv3 key, for
    /// another merchant or family, or that is damaged, is ignored with a warning. The file is replaced at once or not at all; its folder must exist.
    #[inline]
    pub fn saved_in(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    #[inline]
    pub(crate) fn family(&self) -> &'static Host {
        self.host
    }

    /// The store, with the keys that were given besides.
    #[inline]
    pub(crate) fn store(
        self,
        given: PlatformKeys,
        key: Apiv3Key,
        mchid: &str,
        outside: Arc<dyn Outside>,
    ) -> PlatformKeyStore {
        let family = self.host.name;
        let file = self.file.map(|path| SavedFile::new(path, family, mchid));
        let (current, renewal) = Renewal::new(family, given, key, outside, file);
        PlatformKeyStore::renewed(current, renewal)
    }
}

impl Default for AutomaticCertificates {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}
