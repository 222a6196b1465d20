//! What a builder was given of an identity, and the signer that comes of it.

use super::expiry;
use super::faults::Faults;
use crate::call::OpenRemotely;
#[cfg(not(feature = "sm"))]
use crate::credentials::Algorithm;
#[cfg(feature = "pkcs12")]
use crate::credentials::Pkcs12;
use crate::credentials::{Certificate, PrivateKey, is_same_serial};
use crate::operation::Identity;
use crate::sign::{RemoteKey, Signer, SigningIdentity, SigningKey};
use std::sync::Arc;
use std::time::SystemTime;
#[cfg(feature = "pkcs12")]
use zeroize::Zeroizing;

/// What a builder was given of a merchant or a brand.
#[derive(Clone, Default)]
pub(super) struct Given {
    pub(super) id: Option<String>,
    pub(super) serial_no: Option<String>,
    pub(super) certificate: Option<Certificate>,
    pub(super) private_key: Option<PrivateKey>,
    pub(super) signer: Option<RemoteKey>,
    /// Opens what a signer opens.
    pub(super) opening: Option<OpenRemotely>,
    /// Makes sure that what was given fits together: only who gives a certificate or a signer needs it.
    pub(super) check: Option<fn(&Self, &Names, &mut Faults)>,
    /// Tells the log where the certificate is near its end: only who gives one needs it.
    pub(super) warn: Option<fn(&SigningIdentity, SystemTime)>,
    /// Forgets the key that a configuration named: what is given in its place goes before it.
    pub(super) configured: Option<fn(&mut Self, &Names, &mut Faults)>,
    #[cfg(feature = "pkcs12")]
    pub(super) store: Option<Pkcs12>,
    #[cfg(feature = "pkcs12")]
    pub(super) store_passphrase: Option<Zeroizing<String>>,
}

/// The names of the arguments, for errors.
pub(super) struct Names {
    pub(super) identity: Identity,
    pub(super) id: &'static str,
    pub(super) serial_no: &'static str,
    pub(super) private_key: &'static str,
    pub(super) signer: &'static str,
    pub(super) store: &'static str,
}

pub(super) const MERCHANT: Names = Names {
    identity: Identity::Merchant,
    id: "mchid",
    serial_no: "merchant_serial_no",
    private_key: "merchant_private_key",
    signer: "merchant_signer",
    store: "merchant_pkcs12",
};

pub(super) const BRAND: Names = Names {
    identity: Identity::Brand,
    id: "brand_id",
    serial_no: "brand_serial_no",
    private_key: "brand_private_key",
    signer: "brand_signer",
    store: "brand_pkcs12",
};

const DIGITS: &str = "expected the hexadecimal digits of a certificate's serial number";

impl Given {
    /// Takes a certificate.
    pub(super) fn certified(&mut self, certificate: Option<Certificate>) {
        self.certificate = certificate;
        self.warn = Some(expiry::warn);
        self.check = Some(Self::fits);
    }

    /// Takes note that all that was given is a configuration's.
    #[inline]
    pub(super) fn is_configured(&mut self) {
        self.configured = Some(|given, names, faults| {
            given.private_key = None;
            faults.anew(names.private_key);
            #[cfg(feature = "pkcs12")]
            {
                given.store = None;
            }
            faults.anew(names.store);
        });
    }

    /// Takes note that a key, a store or a signer is given.
    #[inline(never)]
    pub(super) fn key_anew(&mut self, names: &Names, faults: &mut Faults) {
        if let Some(forget) = self.configured.take() {
            forget(self, names, faults);
        }
    }

    /// Takes a signer.
    pub(super) fn signed_by(&mut self, signer: impl Signer) {
        self.signer = Some(RemoteKey::new(Arc::new(signer), None));
        self.check = Some(Self::fits);
        self.opening = Some(OpenRemotely::new());
    }

    /// Whether nothing of the identity was given.
    pub(super) fn is_absent(&self) -> bool {
        self.id.is_none()
            && self.serial_no.is_none()
            && self.certificate.is_none()
            && self.private_key.is_none()
            && self.signer.is_none()
            && !self.has_store()
    }

    /// The serial number, from the certificate, the signer, or as it was given.
    pub(super) fn own_serial(&self) -> Option<&str> {
        let certificate = self.certificate.as_ref().map(Certificate::serial_no);
        let signer = self.signer.as_ref().map(RemoteKey::serial_no);
        certificate.or(signer).or(self.serial_no.as_deref())
    }

    /// The public half of the identity's key, as far as it is known.
    pub(super) fn own_key(&self) -> Option<&[u8]> {
        let private = self.private_key.as_ref().map(PrivateKey::public_der);
        let certificate = self.certificate.as_ref();
        private.or(certificate.map(|own| own.public_key().der()))
    }

    #[cfg(not(feature = "pkcs12"))]
    fn has_store(&self) -> bool {
        false
    }

    #[cfg(feature = "pkcs12")]
    fn has_store(&self) -> bool {
        self.store.is_some()
    }

    /// Takes certificate and private key out of the PKCS#12 store, where one was given. Without a passphrase it is opened by the
    /// identity's number, as WeChat Pay hands it out.
    #[cfg(feature = "pkcs12")]
    pub(super) fn open_store(&mut self, names: &Names, faults: &mut Faults) {
        let Some(store) = &self.store else {
            return;
        };
        if self.private_key.is_some() || self.signer.is_some() {
            faults.note(
                names.store,
                format_args!(
                    "the private key was given twice: give the store, or the key, or a signer"
                ),
            );
            return;
        }
        let passphrase = self.store_passphrase.as_deref().map(String::as_str);
        let Some(passphrase) = passphrase.or(self.id.as_deref()) else {
            return;
        };
        match store.open(passphrase) {
            Ok(key) => {
                let (certificate, private_key) = key.into_parts();
                let certificate = self.certificate.take().unwrap_or(certificate);
                self.certified(Some(certificate));
                self.private_key = Some(private_key);
            }
            Err(error) => faults.note(names.store, format_args!("{error}")),
        }
    }

    /// The identity, where all is there and fits together. `None` without a fault: nothing of it was given.
    pub(super) fn identity(
        &mut self,
        names: &Names,
        faults: &mut Faults,
    ) -> Option<Box<SigningIdentity>> {
        if self.is_absent() {
            return None;
        }
        let before = faults.len();
        match self.id.as_deref() {
            None if faults.tell_of(names.id) => {}
            None => faults.note(names.id, format_args!("missing")),
            Some(id) if !is_number(id) => {
                faults.note(
                    names.id,
                    format_args!("expected the decimal digits of a number"),
                );
            }
            Some(_) => {}
        }
        if let Some(check) = self.check {
            check(self, names, faults);
        }
        self.has_serial(names, faults);
        self.has_key(names, faults);
        if faults.len() > before {
            return None;
        }
        let certificate = self.certificate.clone();
        let key = match (&self.private_key, &self.signer) {
            (Some(key), _) => SigningKey::Local(key.clone()),
            (None, Some(signer)) => {
                let check = certificate.as_ref().map(|own| own.public_key().clone());
                SigningKey::Remote(signer.clone().checked_by(check))
            }
            (None, None) => return None,
        };
        Some(Box::new(SigningIdentity {
            identity: names.identity,
            id: self.id.clone()?,
            serial_no: self.own_serial()?.to_ascii_uppercase(),
            key,
            certificate,
        }))
    }

    fn has_serial(&self, names: &Names, faults: &mut Faults) {
        match self.serial_no.as_deref() {
            Some(given) if !is_serial(given) => {
                faults.note(names.serial_no, format_args!("{DIGITS}"))
            }
            None if self.own_serial().is_none()
                && !faults.tell_of(names.serial_no)
                && !self.is_store_at_fault(names, faults) =>
            {
                faults.note(
                    names.serial_no,
                    format_args!("missing: give the serial number of the API certificate, or the certificate itself"),
                );
            }
            _ => {}
        }
    }

    /// Makes sure that there is a key, and that WeChat Pay knows a scheme for it.
    fn has_key(&self, names: &Names, faults: &mut Faults) {
        let (argument, algorithm) = match (&self.private_key, &self.signer) {
            (Some(key), _) => (names.private_key, key.algorithm()),
            (None, Some(signer)) => (names.signer, signer.algorithm()),
            (None, None) => {
                let told = faults.tell_of(names.private_key);
                if !told && !self.is_store_at_fault(names, faults) {
                    faults.note(names.private_key, format_args!("missing"));
                }
                return;
            }
        };
        if algorithm.scheme(names.identity).is_none() {
            faults.note(
                argument,
                format_args!("signs by {algorithm}; WeChat Pay takes RSA alone here"),
            );
        }
    }

    /// Whether certificate and key are missing since the store that holds them could not be opened.
    fn is_store_at_fault(&self, names: &Names, faults: &Faults) -> bool {
        self.has_store() || faults.tell_of(names.store)
    }

    /// Makes sure that certificate, key and signer belong together. It is reached by who gives a certificate or a signer, and by nobody else.
    pub(super) fn fits(&self, names: &Names, faults: &mut Faults) {
        self.serials(names, faults);
        if self.private_key.is_some() && self.signer.is_some() {
            faults.note(
                names.signer,
                format_args!(
                    "the private key was given too: give the key, or a signer that holds it"
                ),
            );
        }
        #[cfg(not(feature = "sm"))]
        if self.signer.as_ref().map(RemoteKey::algorithm) == Some(Algorithm::Sm2) {
            faults.note(
                names.signer,
                format_args!("signs by SM2 (国密), which needs the Cargo feature `sm`"),
            );
        }
        let certified = self.certificate.as_ref().map(Certificate::public_key);
        match (&self.private_key, &self.signer, certified) {
            (Some(key), _, Some(certified)) if key.public_der() != certified.der() => {
                faults.note(
                    names.private_key,
                    format_args!("does not belong to the certificate that was given; take both from one download"),
                );
            }
            (None, Some(signer), Some(certified))
                if signer.algorithm() != certified.algorithm() =>
            {
                let (algorithm, certified) = (signer.algorithm(), certified.algorithm());
                faults.note(
                    names.signer,
                    format_args!("signs by {algorithm}, but its certificate is for {certified}"),
                );
            }
            _ => {}
        }
    }

    fn serials(&self, names: &Names, faults: &mut Faults) {
        let certificate = self.certificate.as_ref().map(Certificate::serial_no);
        let signer = self.signer.as_ref().map(RemoteKey::serial_no);
        let mut differs = |argument, one: &str, owner: &str, other: &str| {
            if !is_same_serial(one, other) {
                faults.note(
                    argument,
                    // What was given is not shown: it may be a key that was put in the wrong place.
                    format_args!("does not fit the {owner}, whose serial number is `{other}`"),
                );
            }
        };
        let signer_is_sound = signer.is_none_or(is_serial);
        if let (Some(own), Some(other), true) = (signer, certificate, signer_is_sound) {
            differs(names.signer, own, "certificate", other);
        }
        match (self.serial_no.as_deref(), certificate, signer) {
            (Some(given), _, _) if !is_serial(given) => {}
            (Some(given), Some(own), _) => differs(names.serial_no, given, "certificate", own),
            (Some(given), None, Some(own)) => differs(names.serial_no, given, "signer", own),
            _ => {}
        }
        if !signer_is_sound {
            faults.note(names.signer, format_args!("{DIGITS}"));
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_serial(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
