//! The keys that WeChat Pay signs with, of one family of hosts.

use super::{Algorithm, Certificate, Found, KeyError, PublicKey, is_same_serial};
use std::sync::Arc;

/// How the id of a platform public key begins.
const PUBLIC_KEY_ID: &str = "PUB_KEY_ID_";

/// The keys that WeChat Pay signs with on one family of hosts: public keys by id, platform certificates by serial number, or
/// both while a merchant moves from one mode to the other.
///
/// ```no_run
/// # fn example() -> Result<(), wechatpay_runtime::KeyError> {
/// use wechatpay_runtime::{Certificate, PlatformKeyPreference, PlatformKeys, PublicKey};
///
/// let keys = PlatformKeys::new()
///     .with_certificate(Certificate::from_file("wechatpay_5157F09E.pem")?)
///     .with_public_key("PUB_KEY_ID_0119000001092024", PublicKey::from_file("pub_key.pem")?)?
///     .with_preference(PlatformKeyPreference::Certificate);
/// assert_eq!(keys.names().count(), 2);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default)]
pub struct PlatformKeys(Arc<Keys>);

#[derive(Clone, Debug, Default)]
struct Keys {
    keys: Vec<PlatformKey>,
    merchant_serials: Vec<String>,
    preference: PlatformKeyPreference,
}

/// Which key goes first while a merchant has both: by it requests ask for the reply's signature, and their fields are encrypted.
/// Either may sign a reply or a notification all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlatformKeyPreference {
    /// The public key: what WeChat Pay moves its merchants to.
    #[default]
    PublicKey,
    /// The platform certificate that is valid now and was issued last.
    Certificate,
}

/// One key with its name in the header `Wechatpay-Serial`.
#[derive(Clone, Debug)]
pub(crate) struct PlatformKey {
    pub(crate) name: String,
    pub(crate) key: PublicKey,
    validity: Option<(i64, i64)>,
    /// Whether WeChat Pay has withdrawn it: it verifies what is on its way still, and nothing new is made with it.
    retired: bool,
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
        self.add_public_key(id, key)?;
        Ok(self)
    }

    pub(crate) fn add_public_key(&mut self, id: &str, key: PublicKey) -> Result<(), KeyError> {
        let id = id.trim();
        let rest = id.strip_prefix(PUBLIC_KEY_ID).unwrap_or_default();
        if rest.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let expected = "the id of a platform public key, `PUB_KEY_ID_…`";
            return Err(KeyError::new(expected, Found::PublicKeyId));
        }
        self.add(id, key, None, false);
        Ok(())
    }

    /// Adds a platform certificate.
    #[must_use]
    pub fn with_certificate(mut self, certificate: Certificate) -> Self {
        self.add_certificate(&certificate, false);
        self
    }

    /// Adds a platform certificate that only verifies.
    pub(crate) fn with_retired(mut self, certificate: &Certificate) -> Self {
        self.add_certificate(certificate, true);
        self
    }

    pub(crate) fn add_certificate(&mut self, certificate: &Certificate, retired: bool) {
        let key = certificate.public_key().clone();
        let validity = Some(certificate.validity());
        self.add(certificate.serial_no(), key, validity, retired);
    }

    fn add(&mut self, name: &str, key: PublicKey, validity: Option<(i64, i64)>, retired: bool) {
        let name = name.to_owned();
        self.own().keys.push(PlatformKey {
            name,
            key,
            validity,
            retired,
        });
    }

    /// Names the merchant's own certificate, so that a reply which carries its serial number is told by name.
    #[must_use]
    pub fn with_merchant_serial_no(mut self, serial_no: impl Into<String>) -> Self {
        self.add_merchant_serial_no(&serial_no.into());
        self
    }

    pub(crate) fn add_merchant_serial_no(&mut self, serial_no: &str) {
        let serial_no = serial_no.to_owned();
        self.own().merchant_serials.push(serial_no);
    }

    /// Chooses which key goes first where there are both kinds.
    #[must_use]
    pub fn with_preference(mut self, preference: PlatformKeyPreference) -> Self {
        self.prefer(preference);
        self
    }

    pub(crate) fn prefer(&mut self, preference: PlatformKeyPreference) {
        self.own().preference = preference;
    }

    /// What is in it, for this handle alone. To copy it is much code, which is here once.
    #[inline(never)]
    fn own(&mut self) -> &mut Keys {
        Arc::make_mut(&mut self.0)
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.keys.is_empty()
    }

    /// The ids of the public keys and the serial numbers of the certificates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys.iter().map(|key| key.name.as_str())
    }

    /// All keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &PlatformKey> {
        self.0.keys.iter()
    }

    pub(crate) fn is_merchant_serial(&self, serial: &str) -> bool {
        self.0
            .merchant_serials
            .iter()
            .any(|own| is_same_serial(own, serial))
    }

    /// The key of a name, compared without case.
    pub(crate) fn find(&self, name: &str) -> Option<&PublicKey> {
        let found = self
            .0
            .keys
            .iter()
            .find(|key| is_same_serial(&key.name, name));
        found.map(|found| &found.key)
    }

    /// The key to encrypt with, and to ask for signatures by: one of the algorithm that the request is signed by, of the kind that
    /// goes first, and among certificates one that is valid now and was issued last. One that has ended, or was withdrawn, is
    /// taken only where there is no other at all.
    pub(crate) fn preferred(&self, now: u64, algorithm: Algorithm) -> Option<&PlatformKey> {
        let now = seconds(now);
        let public_first = self.0.preference == PlatformKeyPreference::PublicKey;
        self.0.keys.iter().max_by_key(|key| {
            let alike = key.key.algorithm() == algorithm;
            match key.validity {
                None => (alike, true, public_first, 0),
                Some((from, until)) => {
                    let valid = from <= now && now <= until && !key.retired;
                    (alike, valid, !public_first, from)
                }
            }
        })
    }

    /// Whether there is a key that has neither ended nor been withdrawn.
    pub(crate) fn is_usable(&self, now: u64) -> bool {
        let now = seconds(now);
        let mut current = self.0.keys.iter().filter(|key| !key.retired);
        current.any(|key| key.validity.is_none_or(|(_, until)| now <= until))
    }
}

/// Whether a name is the id of a public key, which no certificate has.
pub(crate) fn is_public_key_id(name: &str) -> bool {
    name.starts_with(PUBLIC_KEY_ID)
}

fn seconds(now: u64) -> i64 {
    i64::try_from(now).unwrap_or(i64::MAX)
}
