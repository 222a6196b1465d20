//! All the keys of a play: the merchant's, the brand's, the platform's.

mod certificate;
mod directory;
mod generate;
mod material;

pub use certificate::PlatformCertificate;
pub use material::{BrandMaterial, ClientMaterial, KeyMaterial, PlatformMaterial};

use crate::Error;
use rand::RngExt as _;
use rsa::{PrivateKey, PublicKey};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The keys of both sides. Cloning is cheap.
#[derive(Clone)]
pub struct SandboxKeys {
    inner: Arc<Inner>,
}

struct Inner {
    material: KeyMaterial,
    merchant: SigningIdentity,
    brand: Option<SigningIdentity>,
    certificates: Vec<PlatformCertificate>,
    public_key: PlatformPublicKey,
}

/// Who signs requests: a merchant or a brand, with the certificate that WeChat Pay knows it by.
pub struct SigningIdentity {
    id: String,
    serial_no: String,
    private_key: PrivateKey,
}

/// The platform's key pair of the public key mode.
pub struct PlatformPublicKey {
    id: String,
    private_key: PrivateKey,
}

/// A key that the platform signs with and that clients encrypt for.
#[derive(Clone, Copy)]
pub struct PlatformKey<'a> {
    /// The certificate's serial number or the public key's id, as `Wechatpay-Serial` names it.
    pub serial: &'a str,
    /// The key.
    pub private_key: &'a PrivateKey,
}

impl SandboxKeys {
    /// Makes new keys, all RSA-2048, each in a thread of its own.
    ///
    /// # Errors
    ///
    /// The machine has no randomness, or a certificate can't be built.
    pub fn generate() -> Result<Self, Error> {
        Self::from_material(generate::material()?)
    }

    /// The keys that all sandboxes of this process may share; made at the first call.
    ///
    /// # Errors
    ///
    /// As [`Self::generate`].
    pub fn shared() -> Result<Self, Error> {
        static SHARED: Mutex<Option<SandboxKeys>> = Mutex::new(None);
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        match &*shared {
            Some(keys) => Ok(keys.clone()),
            None => Ok(shared.insert(Self::generate()?).clone()),
        }
    }

    /// Takes keys that exist already.
    ///
    /// # Errors
    ///
    /// A PEM text can't be read, a private key does not fit its certificate, no platform certificate is given, or the APIv3 key
    /// has not 32 bytes.
    pub fn from_material(material: KeyMaterial) -> Result<Self, Error> {
        material::check_apiv3_key(&material.apiv3_key)?;
        let merchant = SigningIdentity::read(
            "the merchant",
            &material.mchid,
            &material.merchant_private_key,
            &material.merchant_certificate,
        )?;
        let brand = material.brand.as_ref().map(|brand| {
            SigningIdentity::read(
                "the brand",
                &brand.brand_id,
                &brand.private_key,
                &brand.certificate,
            )
        });
        let certificates = material
            .platform_certificates
            .iter()
            .map(PlatformCertificate::read)
            .collect::<Result<Vec<_>, _>>()?;
        if certificates.is_empty() {
            return Err(Error::key(
                "the list of platform certificates",
                "it is empty; give at least one certificate with its private key",
            ));
        }
        let public_key = PlatformPublicKey {
            id: material.public_key_id.clone(),
            private_key: certificate::private_key(
                "the platform's private key of the public key mode",
                &material.public_key_private_key,
            )?,
        };
        let inner = Inner {
            merchant,
            brand: brand.transpose()?,
            certificates,
            public_key,
            material,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The same keys and a platform certificate more, newer than all others.
    ///
    /// # Errors
    ///
    /// As [`Self::generate`].
    pub fn with_new_certificate(&self) -> Result<Self, Error> {
        let mut material = self.inner.material.clone();
        let new = generate::platform_material()?;
        material.platform_certificates.push(new);
        Self::from_material(material)
    }

    /// The same keys without the oldest platform certificate.
    ///
    /// # Errors
    ///
    /// It is the only one.
    pub fn without_oldest_certificate(&self) -> Result<Self, Error> {
        let mut material = self.inner.material.clone();
        material.platform_certificates.remove(0);
        Self::from_material(material)
    }

    /// The texts that all keys can be made from again.
    pub fn material(&self) -> &KeyMaterial {
        &self.inner.material
    }

    /// The merchant that signs requests.
    pub fn merchant(&self) -> &SigningIdentity {
        &self.inner.merchant
    }

    /// The brand that signs requests, if there is one.
    pub fn brand(&self) -> Option<&SigningIdentity> {
        self.inner.brand.as_ref()
    }

    /// The platform's certificates, the oldest first. There is at least one.
    pub fn platform_certificates(&self) -> &[PlatformCertificate] {
        &self.inner.certificates
    }

    /// The platform's key of the public key mode.
    pub fn platform_public_key(&self) -> &PlatformPublicKey {
        &self.inner.public_key
    }

    /// The APIv3 key: 32 bytes of text.
    pub fn apiv3_key(&self) -> &str {
        &self.inner.material.apiv3_key
    }

    /// The platform's key that a `Wechatpay-Serial` names; serial numbers are compared without case.
    pub fn platform_key(&self, serial: &str) -> Option<PlatformKey<'_>> {
        self.platform_keys()
            .find(|key| key.serial.eq_ignore_ascii_case(serial))
    }

    /// All of the platform's keys: that of the public key mode first, then the certificates', the newest first.
    pub fn platform_keys(&self) -> impl Iterator<Item = PlatformKey<'_>> {
        let certificates = self.inner.certificates.iter().rev();
        std::iter::once(self.inner.public_key.key())
            .chain(certificates.map(PlatformCertificate::key))
    }

    /// What a client needs, as texts.
    ///
    /// # Errors
    ///
    /// A public key can't be written as PEM.
    pub fn client_material(&self) -> Result<ClientMaterial, Error> {
        ClientMaterial::of(self)
    }
}

impl PartialEq for SandboxKeys {
    fn eq(&self, other: &Self) -> bool {
        self.material() == other.material()
    }
}

impl Eq for SandboxKeys {}

/// Shows who is who, and no key.
impl fmt::Debug for SandboxKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let serials: Vec<_> = self.platform_keys().map(|key| key.serial).collect();
        f.debug_struct("SandboxKeys")
            .field("mchid", &self.inner.merchant.id)
            .field("serial_no", &self.inner.merchant.serial_no)
            .field("platform_serials", &serials)
            .finish_non_exhaustive()
    }
}

impl SigningIdentity {
    fn read(who: &str, id: &str, private_key: &str, certificate: &str) -> Result<Self, Error> {
        let certificate =
            certificate::Read::from_pem(&format!("{who}'s certificate"), certificate)?;
        let private_key = certificate::private_key(&format!("{who}'s private key"), private_key)?;
        certificate.must_fit(&private_key)?;
        Ok(Self {
            id: id.into(),
            serial_no: certificate.serial_no,
            private_key,
        })
    }

    /// The `mchid` or the `brand_id`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The certificate's serial number in upper case hexadecimal.
    pub fn serial_no(&self) -> &str {
        &self.serial_no
    }

    /// The key that signs requests and reads encrypted fields of replies.
    pub fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }

    /// The certificate's key.
    pub fn public_key(&self) -> &PublicKey {
        self.private_key.as_public_key()
    }
}

impl PlatformPublicKey {
    /// The id: `PUB_KEY_ID_…`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key that signs replies and reads encrypted fields of requests.
    pub fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }

    /// The key that clients hold.
    pub fn public_key(&self) -> &PublicKey {
        self.private_key.as_public_key()
    }

    /// The key under its id.
    pub fn key(&self) -> PlatformKey<'_> {
        PlatformKey {
            serial: &self.id,
            private_key: &self.private_key,
        }
    }
}

/// A random text of ASCII letters and digits, as nonces are.
pub(crate) fn random_text(length: usize) -> String {
    rand::rng()
        .sample_iter(rand::distr::Alphanumeric)
        .take(length)
        .map(char::from)
        .collect()
}
