//! A certificate: the merchant's, the brand's, or the platform's.

use super::armor;
use super::inspect::{inspect, key_of_certificate};
use super::{Found, KeyError, PublicKey, is_same_serial};
use core::fmt;
use core::time::Duration;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use x509_cert::der::{Decode, Encode, SliceReader};
use x509_cert::time::Time;

#[cfg(not(feature = "sm"))]
const EXPECTED: &str = "a certificate for RSA (as PEM or DER)";
#[cfg(feature = "sm")]
const EXPECTED: &str = "a certificate for RSA or SM2 (as PEM or DER)";

/// A certificate for RSA, in PEM or DER; with the feature `sm` also one for SM2. Of several in one text the first is read: a
/// bundle of platform certificates is to be taken apart. Cloning shares its key.
#[derive(Clone)]
pub struct Certificate {
    serial_no: String,
    public_key: PublicKey,
    valid_from: i64,
    valid_until: i64,
    der: Arc<[u8]>,
}

impl Certificate {
    /// Reads PEM text.
    ///
    /// # Errors
    /// What was found instead of a certificate, and what to do.
    #[inline]
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads the bytes of a certificate's file: PEM or DER.
    ///
    /// # Errors
    /// What was found instead of a certificate, and what to do.
    #[inline]
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let block = armor::open(bytes, EXPECTED)?;
        match inspect(&block) {
            Found::Certificate => parse(&block.der).map_err(|found| KeyError::new(EXPECTED, found)),
            found => Err(KeyError::new(EXPECTED, found.or_damaged())),
        }
    }

    /// Reads a certificate's file: PEM or DER.
    ///
    /// # Errors
    /// Where the file cannot be read; else what was found instead of a certificate, and what to do.
    #[inline]
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::from_bytes(&armor::read_file(path.as_ref(), EXPECTED)?)
    }

    /// Makes sure that the certificate has a certain serial number.
    ///
    /// # Errors
    /// Where it has another.
    #[inline]
    pub fn require_serial_no(self, serial_no: &str) -> Result<Self, KeyError> {
        if is_same_serial(&self.serial_no, serial_no.trim()) {
            Ok(self)
        } else {
            Err(KeyError::new(EXPECTED, Found::OtherSerial))
        }
    }

    /// The serial number in upper-case hexadecimal digits.
    #[inline]
    pub fn serial_no(&self) -> &str {
        &self.serial_no
    }

    /// The public key.
    #[inline]
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// When it becomes valid.
    #[inline]
    pub fn valid_from(&self) -> SystemTime {
        system_time(self.valid_from)
    }

    /// When it ceases to be valid. A merchant's certificate lasts five years; WeChat Pay refuses what is signed after its end.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), wechatpay_runtime::KeyError> {
    /// use std::time::SystemTime;
    /// use wechatpay_runtime::Certificate;
    /// let certificate = Certificate::from_file("apiclient_cert.pem")?;
    /// assert!(certificate.expires_at() > SystemTime::now());
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn expires_at(&self) -> SystemTime {
        system_time(self.valid_until)
    }

    /// The certificate as DER, for a TLS library that presents it.
    #[inline]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// When it becomes and ceases to be valid, in Unix seconds.
    #[inline]
    pub(crate) fn validity(&self) -> (i64, i64) {
        (self.valid_from, self.valid_until)
    }
}

/// Reads a certificate, or tells what is in its place: one for another algorithm is told by its key.
#[inline]
fn parse(der: &[u8]) -> Result<Certificate, Found> {
    let certificate = decoded(der).ok_or(Found::Damaged)?;
    let certificate = certificate.tbs_certificate();
    let key = certificate.subject_public_key_info().to_der();
    let key = key.map_err(|_| Found::Damaged)?;
    let validity = certificate.validity();
    Ok(Certificate {
        serial_no: hexadecimal(certificate.serial_number().as_bytes()),
        public_key: PublicKey::from_der(&key, key_of_certificate(&key))?,
        valid_from: seconds(validity.not_before),
        valid_until: seconds(validity.not_after),
        der: der.into(),
    })
}

#[inline]
fn decoded(der: &[u8]) -> Option<x509_cert::Certificate> {
    x509_cert::Certificate::decode(&mut SliceReader::new(der).ok()?).ok()
}

#[inline]
fn seconds(time: Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

/// A certificate's dates are between the years 1970 and 9999; what the system's clock cannot tell is its zero.
#[inline]
fn system_time(seconds: i64) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let time = match seconds < 0 {
        true => UNIX_EPOCH.checked_sub(distance),
        false => UNIX_EPOCH.checked_add(distance),
    };
    time.unwrap_or(UNIX_EPOCH)
}

/// The digits of a serial number, without the zero byte that DER puts before a number whose first bit is set.
#[inline]
fn hexadecimal(serial: &[u8]) -> String {
    let serial = match serial {
        [0, rest @ ..] if !rest.is_empty() => rest,
        whole => whole,
    };
    serial.iter().map(|byte| format!("{byte:02X}")).collect()
}

impl fmt::Debug for Certificate {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("serial_no", &self.serial_no)
            .finish_non_exhaustive()
    }
}

super::forms::from_forms!(Certificate);
