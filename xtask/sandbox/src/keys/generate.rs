//! New keys and certificates.

use super::{BrandMaterial, KeyMaterial, PlatformMaterial};
use crate::Error;
use rand::RngExt as _;
use rsa::PrivateKey;
use rsa::pkcs1v15::{Signature, SigningKey};
use rsa::pkcs8::{EncodePrivateKey as _, LineEnding};
use sha2::Sha256;
use std::str::FromStr as _;
use std::thread;
use std::time::{Duration, SystemTime};
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder as _, CertificateBuilder, Error as BuildError};
use x509_cert::certificate::TbsCertificate;
use x509_cert::der::EncodePem as _;
use x509_cert::ext::pkix::SubjectKeyIdentifier;
use x509_cert::ext::{Extension, ToExtension as _};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

const BITS: usize = 2048;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes the keys of a merchant, a brand and the platform. Certificates are issued by a root whose key is thrown away.
pub(super) fn material() -> Result<KeyMaterial, Error> {
    let [root, merchant, brand, platform, public_key] = private_keys()?;
    let root = SigningKey::<Sha256>::new(root);
    let mchid = format!("19{}", digits(8));
    let brand_id = digits(8);
    let merchant_certificate = certificate(&root, &mchid, &merchant)?;
    let brand_certificate = certificate(&root, &brand_id, &brand)?;
    let platform_certificate = certificate(&root, "Tenpay.com sign", &platform)?;
    Ok(KeyMaterial {
        public_key_id: format!("PUB_KEY_ID_01{mchid}{}", digits(22)),
        mchid,
        merchant_private_key: pem(&merchant)?,
        merchant_certificate,
        brand: Some(BrandMaterial {
            brand_id,
            private_key: pem(&brand)?,
            certificate: brand_certificate,
        }),
        platform_certificates: vec![PlatformMaterial {
            certificate: platform_certificate,
            private_key: pem(&platform)?,
        }],
        public_key_private_key: pem(&public_key)?,
        apiv3_key: super::random_text(32),
    })
}

/// Makes a platform certificate with its key, issued by a root of its own.
pub(super) fn platform_material() -> Result<PlatformMaterial, Error> {
    let [root, platform] = private_keys()?;
    let root = SigningKey::<Sha256>::new(root);
    Ok(PlatformMaterial {
        certificate: certificate(&root, "Tenpay.com sign", &platform)?,
        private_key: pem(&platform)?,
    })
}

/// Generating is the slow part, so each key has a thread.
fn private_keys<const N: usize>() -> Result<[PrivateKey; N], Error> {
    let failed = |reason: &dyn std::fmt::Display| Error::cryptography("generating a key", reason);
    let threads = [(); N].map(|()| thread::spawn(|| PrivateKey::new(&mut rand::rng(), BITS)));
    let mut keys = Vec::with_capacity(N);
    for thread in threads {
        let made = thread.join().map_err(|_| failed(&"the thread panicked"))?;
        keys.push(made.map_err(|error| failed(&error))?);
    }
    keys.try_into().map_err(|_| failed(&"a key is missing"))
}

fn pem(key: &PrivateKey) -> Result<String, Error> {
    let pem = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|error| Error::cryptography("writing a private key", error))?;
    Ok(pem.to_string())
}

fn digits(count: usize) -> String {
    let mut rng = rand::rng();
    (0..count)
        .map(|_| char::from(rng.random_range(b'1'..=b'9')))
        .collect()
}

fn certificate(
    root: &SigningKey<Sha256>,
    common_name: &str,
    key: &PrivateKey,
) -> Result<String, Error> {
    build(root, common_name, key)
        .map_err(|error| Error::cryptography("building a certificate", error))
}

fn build(
    root: &SigningKey<Sha256>,
    common_name: &str,
    key: &PrivateKey,
) -> Result<String, BuildError> {
    let issued = Issued {
        subject: Name::from_str(&format!("CN={common_name},O=Sandbox,C=CN"))?,
        issuer: Name::from_str("CN=Tenpay.com Root CA,O=Sandbox,C=CN")?,
    };
    let now = SystemTime::now();
    let validity = Validity::new(
        Time::try_from(now - DAY)?,
        Time::try_from(now + DAY * 365 * 5)?,
    );
    let public_key = SubjectPublicKeyInfo::from_key(key.as_public_key())?;
    let certificate = CertificateBuilder::new(issued, serial_number()?, validity, public_key)?
        .build::<_, Signature>(root)?;
    Ok(certificate.to_pem(LineEnding::LF)?)
}

/// Twenty bytes, the first of which is neither zero nor negative, so that it has always forty hexadecimal digits.
fn serial_number() -> Result<SerialNumber, BuildError> {
    let mut bytes: [u8; 20] = rand::random();
    bytes[0] = bytes[0] & 0x7f | 0x40;
    Ok(SerialNumber::new(&bytes)?)
}

/// The names on a certificate. It says which key it holds, so that it is a certificate of version 3.
struct Issued {
    subject: Name,
    issuer: Name,
}

impl BuilderProfile for Issued {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        subject_key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> Result<Vec<Extension>, BuildError> {
        let identifier = SubjectKeyIdentifier::try_from(subject_key)?;
        Ok(vec![identifier.to_extension(tbs.subject(), &[])?])
    }
}
