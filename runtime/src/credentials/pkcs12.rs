//! PKCS#12 stores: WeChat Pay hands the merchant's certificate and private key out as `apiclient_cert.p12`.

use super::armor;
use super::inspect::inspect;
use super::{Certificate, Found, KeyError, PrivateKey};
use core::fmt;
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use pkcs8::der::asn1::AnyRef;
use pkcs8::der::{Decode, Reader, SliceReader};
use std::path::Path;
use zeroize::Zeroizing;

const EXPECTED: &str = "a PKCS#12 store (`apiclient_cert.p12`)";

/// A PKCS#12 store, not opened yet: `apiclient_cert.p12` as WeChat Pay hands it out, or one made anew.
///
/// Opened are stores encrypted by PBES2 with AES, and by the old algorithms in which WeChat Pay hands them out (RC2 of 40 bits,
/// triple DES), with a MAC by SHA-1 or SHA-2. A store without a MAC is refused.
#[derive(Clone)]
pub struct Pkcs12(Zeroizing<Vec<u8>>);

/// A certificate with its private key. `Debug` shows its serial number and nothing of the key.
#[derive(Clone, Debug)]
pub struct CertifiedKey {
    certificate: Certificate,
    private_key: PrivateKey,
}

impl Pkcs12 {
    /// Reads base64, in which stores are kept where only texts can be: with a PEM frame or without.
    ///
    /// # Errors
    /// What was found instead of a store, and what to do.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Takes the bytes of a store's file.
    ///
    /// # Errors
    /// What was found instead of a store, and what to do.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let block = armor::open(bytes, EXPECTED)?;
        match inspect(&block) {
            Found::Pkcs12 => Ok(Self(block.der)),
            found => Err(KeyError::new(EXPECTED, found.or_damaged())),
        }
    }

    /// Reads a store's file.
    ///
    /// # Errors
    /// Where the file cannot be read; else what was found instead of a store, and what to do.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::from_bytes(&armor::read_file(path.as_ref(), EXPECTED)?)
    }

    /// Verifies the store's MAC, decrypts it, and takes its private key with the certificate that belongs to it. The passphrase
    /// is the merchant's number, unless it was changed.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), wechatpay_runtime::KeyError> {
    /// use wechatpay_runtime::credentials::Pkcs12;
    /// let key = Pkcs12::from_file("apiclient_cert.p12")?.open("1900000109")?;
    /// println!("{}", key.certificate().serial_no());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Found::WrongPassphrase`] where the MAC does not fit the passphrase, [`Found::Damaged`] where the store has lost its
    /// structure (a file that was cut off), and what else it cannot be used for.
    pub fn open(&self, passphrase: &str) -> Result<CertifiedKey, KeyError> {
        let fails = |found| KeyError::new(EXPECTED, found);
        // Such passphrases cannot be written in a store, and the library would call the store damaged.
        if passphrase.chars().any(|letter| letter > '\u{FFFF}') {
            return Err(fails(Found::WrongPassphrase));
        }
        if !has_mac(&self.0).ok_or_else(|| fails(Found::Damaged))? {
            return Err(fails(Found::NoMac));
        }
        let archive =
            Pkcs12Archive::from_pkcs12(&self.0, passphrase).map_err(|e| fails(found(e)))?;
        let mut last = fails(Found::NoCertifiedKey);
        for bag in &archive.keys {
            match PrivateKey::from_bytes(bag.key.as_der()) {
                Err(error) => last = error,
                Ok(private_key) => {
                    if let Some(certificate) = certificate_of(&private_key, &archive) {
                        return Ok(CertifiedKey {
                            certificate,
                            private_key,
                        });
                    }
                }
            }
        }
        Err(last)
    }
}

impl CertifiedKey {
    /// The certificate: its serial number is what requests are signed under.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The private key.
    pub fn private_key(&self) -> &PrivateKey {
        &self.private_key
    }

    pub(crate) fn into_parts(self) -> (Certificate, PrivateKey) {
        (self.certificate, self.private_key)
    }
}

/// The certificate whose public key is the private key's; a store may hold those of its issuers too.
fn certificate_of(key: &PrivateKey, archive: &Pkcs12Archive) -> Option<Certificate> {
    let bags = archive.certs.iter();
    let mut certificates = bags.filter_map(|bag| Certificate::from_bytes(bag.cert.as_der()).ok());
    certificates.find(|own| own.public_key().der() == key.public_der())
}

/// Whether a store has the third part of its sequence, which is its MAC; `None` where it is no sequence.
fn has_mac(der: &[u8]) -> Option<bool> {
    let outer = AnyRef::from_der(der).ok()?;
    let mut parts = SliceReader::new(outer.value()).ok()?;
    let mut count = 0;
    while !parts.is_finished() {
        AnyRef::decode(&mut parts).ok()?;
        count += 1;
    }
    Some(count > 2)
}

fn found(error: Error) -> Found {
    match error {
        Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_) => Found::WrongPassphrase,
        Error::UnsupportedEncryptionScheme
        | Error::UnsupportedMacAlgorithm
        | Error::UnsupportedContentType
        | Error::InvalidParameters => Found::UnsupportedEncryption,
        _ => Found::Damaged,
    }
}

impl fmt::Debug for Pkcs12 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pkcs12({} bytes)", self.0.len())
    }
}

super::forms::from_forms!(Pkcs12);
