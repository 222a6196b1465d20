//! Keys as texts: what all of them are made from, and what a client is given.

use super::SandboxKeys;
use crate::Error;
use rsa::pkcs8::{EncodePublicKey as _, LineEnding};
use std::fmt;

/// All keys of a play as texts. Private keys are PEM, PKCS#8 or PKCS#1.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyMaterial {
    /// The merchant's number.
    pub mchid: String,
    /// The merchant's private key.
    pub merchant_private_key: String,
    /// The merchant API certificate.
    pub merchant_certificate: String,
    /// The brand's identity, if it plays too.
    pub brand: Option<BrandMaterial>,
    /// The platform certificates with their keys, the oldest first.
    pub platform_certificates: Vec<PlatformMaterial>,
    /// The id of the platform's public key: `PUB_KEY_ID_…`.
    pub public_key_id: String,
    /// The private key of the platform's public key.
    pub public_key_private_key: String,
    /// The APIv3 key: 32 bytes.
    pub apiv3_key: String,
}

/// A brand's identity as texts.
#[derive(Clone, PartialEq, Eq)]
pub struct BrandMaterial {
    /// The brand's number.
    pub brand_id: String,
    /// The brand's private key.
    pub private_key: String,
    /// The brand API certificate.
    pub certificate: String,
}

/// A platform certificate with its key, as texts.
#[derive(Clone, PartialEq, Eq)]
pub struct PlatformMaterial {
    /// The certificate.
    pub certificate: String,
    /// Its private key, which lets the sandbox play the platform.
    pub private_key: String,
}

/// What an app needs to be a client of the sandbox, as WeChat Pay hands it out.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientMaterial {
    /// The merchant's number.
    pub mchid: String,
    /// The serial number of the merchant API certificate.
    pub serial_no: String,
    /// The merchant's private key as PEM.
    pub private_key: String,
    /// The merchant API certificate as PEM.
    pub certificate: String,
    /// The brand's identity, and the serial number of its certificate.
    pub brand: Option<(BrandMaterial, String)>,
    /// The id of the platform's public key: `PUB_KEY_ID_…`.
    pub public_key_id: String,
    /// The platform's public key as PEM.
    pub public_key: String,
    /// The platform certificates by their serial numbers, as PEM, the oldest first.
    pub platform_certificates: Vec<(String, String)>,
    /// The APIv3 key.
    pub apiv3_key: String,
}

impl ClientMaterial {
    pub(super) fn of(keys: &SandboxKeys) -> Result<Self, Error> {
        let material = keys.material();
        let public_key = keys
            .platform_public_key()
            .public_key()
            .to_public_key_pem(LineEnding::LF)
            .map_err(|error| Error::cryptography("writing a public key", error))?;
        let serial_of_brand = keys.brand().map(|brand| brand.serial_no().to_owned());
        let certificates = keys.platform_certificates().iter();
        Ok(Self {
            mchid: material.mchid.clone(),
            serial_no: keys.merchant().serial_no().to_owned(),
            private_key: material.merchant_private_key.clone(),
            certificate: material.merchant_certificate.clone(),
            brand: material.brand.clone().zip(serial_of_brand),
            public_key_id: material.public_key_id.clone(),
            public_key,
            platform_certificates: certificates
                .map(|one| (one.serial_no().to_owned(), one.pem().to_owned()))
                .collect(),
            apiv3_key: material.apiv3_key.clone(),
        })
    }
}

pub(super) fn check_apiv3_key(key: &str) -> Result<(), Error> {
    match key.len() {
        32 => Ok(()),
        other => Err(Error::key(
            "the APIv3 key",
            format!("it has {other} bytes; expected 32"),
        )),
    }
}

/// Shows who it is, and no key.
impl fmt::Debug for KeyMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyMaterial")
            .field("mchid", &self.mchid)
            .field("brand", &self.brand)
            .field("public_key_id", &self.public_key_id)
            .finish_non_exhaustive()
    }
}

/// Shows who it is, and no key.
impl fmt::Debug for BrandMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrandMaterial")
            .field("brand_id", &self.brand_id)
            .finish_non_exhaustive()
    }
}

/// Shows no key.
impl fmt::Debug for PlatformMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlatformMaterial").finish_non_exhaustive()
    }
}

/// Shows who it is, and no key.
impl fmt::Debug for ClientMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientMaterial")
            .field("mchid", &self.mchid)
            .field("serial_no", &self.serial_no)
            .field("public_key_id", &self.public_key_id)
            .finish_non_exhaustive()
    }
}
