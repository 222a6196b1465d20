//! The keys that WeChat Pay signs with, of one family of hosts.

use super::{Algorithm, Certificate, Found, KeyError, PublicKey, is_same_serial};

/// How the id of a platform public key begins.
const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_";

/// The keys that WeChat Pay signs with on one family of hosts: public keys by id, platform certificates by serial number, or
/// both while a merchant moves from one mode to the other.
#[derive(Clone, Debug, Default)]
pub struct PlatformKeys {
    keys: Vec<PlatformKey>,
    merchant_serials: Vec<String>,
}

/// One key with its name in the header `Wechatpay-Serial`.
#[derive(Clone, Debug)]
pub(crate) struct PlatformKey {
    pub(crate) name: String,
    pub(crate) key: PublicKey,
    validity: Option<(i64, i64)>,
}

impl PlatformKeys {
    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a public key with its id, `PUB_KEY_ID_…`.
    ///
    /// # Errors
    /// Where the id does not begin as ids of public keys do.
    pub fn with_public_key(mut self, id: &str, key: PublicKey) -> Result<Self, KeyError> {
        let id = id.trim();
        let rest = id.strip_prefix(PUBLIC_KEY_ID).unwrap_or_default();
        if rest.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let expected = "the id of a platform public key, `PUB_KEY_ID_…`";
            return Err(KeyError::new(expected, Found::PublicKeyId));
        }
        self.keys.push(PlatformKey {
            name: id.to_owned(),
            key,
            validity: None,
        });
        Ok(self)
    }

    /// Adds a platform certificate.
    #[must_use]
    pub fn with_certificate(mut self, certificate: Certificate) -> Self {
        self.keys.push(PlatformKey {
            name: certificate.serial_no().to_owned(),
            key: certificate.public_key().clone(),
            validity: Some(certificate.validity()),
        });
        self
    }

    /// Names the merchant's own certificate, so that a reply which carries its serial number is told by name.
    #[must_use]
    pub fn with_merchant_serial_no(mut self, serial_no: impl Into<String>) -> Self {
        self.merchant_serials.push(serial_no.into());
        self
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &PlatformKey> {
        self.keys.iter()
    }

    pub(crate) fn is_merchant_serial(&self, serial: &str) -> bool {
        self.merchant_serials
            .iter()
            .any(|own| is_same_serial(own, serial))
    }

    /// The key of a name, compared without case.
    pub(crate) fn find(&self, name: &str) -> Option<&PublicKey> {
        let found = self.keys.iter().find(|key| is_same_serial(&key.name, name));
        found.map(|found| &found.key)
    }

    /// The key to encrypt with, and to ask for signatures by: one of the algorithm that the request is signed by first, a public
    /// key before certificates, and of these the one that is valid now and was issued last.
    pub(crate) fn preferred(&self, now: u64, algorithm: Algorithm) -> Option<&PlatformKey> {
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        self.keys.iter().max_by_key(|key| {
            let alike = key.key.algorithm() == algorithm;
            match key.validity {
                None => (alike, true, true, 0),
                Some((from, until)) => (alike, false, from <= now && now <= until, from),
            }
        })
    }
}
