//! Certificates and private keys as PEM.

use super::{PlatformKey, PlatformMaterial};
use crate::Error;
use rsa::pkcs1::DecodeRsaPrivateKey as _;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePublicKey as _};
use rsa::traits::PublicKeyParts as _;
use rsa::{PrivateKey, PublicKey};
use x509_cert::Certificate;
use x509_cert::der::{DecodePem as _, Encode as _};

/// A certificate of the platform with its private key.
pub struct PlatformCertificate {
    serial_no: String,
    pem: String,
    not_before: i64,
    not_after: i64,
    private_key: PrivateKey,
}

impl PlatformCertificate {
    pub(super) fn read(material: &PlatformMaterial) -> Result<Self, Error> {
        let certificate = Read::from_pem("the platform certificate", &material.certificate)?;
        let what = format!(
            "the private key of the platform certificate {}",
            certificate.serial_no
        );
        let private_key = private_key(&what, &material.private_key)?;
        certificate.must_fit(&private_key)?;
        Ok(Self {
            serial_no: certificate.serial_no,
            pem: material.certificate.clone(),
            not_before: certificate.not_before,
            not_after: certificate.not_after,
            private_key,
        })
    }

    /// The serial number in upper case hexadecimal.
    pub fn serial_no(&self) -> &str {
        &self.serial_no
    }

    /// The certificate as PEM.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Since when it is valid, in Unix seconds.
    pub fn not_before(&self) -> i64 {
        self.not_before
    }

    /// Until when it is valid, in Unix seconds.
    pub fn not_after(&self) -> i64 {
        self.not_after
    }

    /// The key that signs replies and reads encrypted fields of requests.
    pub fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }

    /// The certificate's key.
    pub fn public_key(&self) -> &PublicKey {
        self.private_key.as_public_key()
    }

    /// The key under its serial number.
    pub fn key(&self) -> PlatformKey<'_> {
        PlatformKey {
            serial: &self.serial_no,
            private_key: &self.private_key,
        }
    }
}

/// What is read from a certificate.
pub(super) struct Read {
    what: String,
    pub(super) serial_no: String,
    not_before: i64,
    not_after: i64,
    public_key_der: Vec<u8>,
}

impl Read {
    pub(super) fn from_pem(what: &str, pem: &str) -> Result<Self, Error> {
        let unreadable = |error: &dyn std::fmt::Display| {
            Error::key(
                what,
                format!(
                    "{error}; expected an X.509 certificate as PEM (-----BEGIN CERTIFICATE-----)"
                ),
            )
        };
        let certificate = Certificate::from_pem(pem.trim()).map_err(|error| unreadable(&error))?;
        let tbs = certificate.tbs_certificate();
        let seconds = |time: x509_cert::time::Time| time.to_unix_duration().as_secs().cast_signed();
        Ok(Self {
            what: what.into(),
            serial_no: hexadecimal(tbs.serial_number().as_bytes()),
            not_before: seconds(tbs.validity().not_before),
            not_after: seconds(tbs.validity().not_after),
            public_key_der: tbs
                .subject_public_key_info()
                .to_der()
                .map_err(|error| unreadable(&error))?,
        })
    }

    /// Refuses a private key that is not that of the certificate.
    pub(super) fn must_fit(&self, key: &PrivateKey) -> Result<(), Error> {
        let der = key
            .as_public_key()
            .to_public_key_der()
            .map_err(|error| Error::cryptography("encoding a public key", error))?;
        if der.as_bytes() == self.public_key_der {
            return Ok(());
        }
        Err(Error::key(
            &self.what,
            format!(
                "its key is not that of the private key given with it (serial number {})",
                self.serial_no
            ),
        ))
    }
}

/// Reads a private key from PKCS#8 or PKCS#1 PEM.
pub(super) fn private_key(what: &str, pem: &str) -> Result<PrivateKey, Error> {
    let pem = pem.trim();
    let key = PrivateKey::from_pkcs8_pem(pem)
        .or_else(|error| PrivateKey::from_pkcs1_pem(pem).map_err(|_| error))
        .map_err(|error| {
            Error::key(
                what,
                format!("{error}; expected an RSA private key as PEM, PKCS#8 (-----BEGIN PRIVATE KEY-----) or PKCS#1, not encrypted"),
            )
        })?;
    if key.size() < 256 {
        let bits = key.size() * 8;
        return Err(Error::key(
            what,
            format!("it is an RSA key of {bits} bits; WeChat Pay's have 2048"),
        ));
    }
    Ok(key)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let significant = bytes.iter().skip_while(|byte| **byte == 0);
    significant.map(|byte| format!("{byte:02X}")).collect()
}
