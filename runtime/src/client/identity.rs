//! What a builder was given of an identity, and the signer that comes of it.

#[cfg(feature = "pkcs12")]
use crate::credentials::Pkcs12;
use crate::credentials::{Certificate, PrivateKey, is_same_serial};
use crate::operation::Identity;
use crate::sign::{RemoteKey, Signer, SigningIdentity, SigningKey};
use std::sync::Arc;
#[cfg(feature = "pkcs12")]
use zeroize::Zeroizing;

/// What a builder was given of a merchant or a brand.
#[derive(Clone, Default)]
pub(super) struct Given {
    pub(super) id: Option<String>,
    pub(super) serial_no: Option<String>,
    pub(super) certificate: Option<Certificate>,
    pub(super) private_key: Option<PrivateKey>,
    pub(super) signer: Option<Arc<dyn Signer>>,
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

/// An argument's name, and what is wrong with it.
pub(super) type Fault = (&'static str, String);

impl Given {
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
        let signer = self.signer.as_ref().map(|signer| signer.serial_no());
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
    pub(super) fn open_store(&mut self, names: &Names, faults: &mut Vec<Fault>) {
        let Some(store) = &self.store else {
            return;
        };
        if self.private_key.is_some() || self.signer.is_some() {
            let advice = "the private key was given twice: give the store, or the key, or a signer";
            faults.push((names.store, advice.to_owned()));
            return;
        }
        let passphrase = self.store_passphrase.as_deref().map(String::as_str);
        let Some(passphrase) = passphrase.or(self.id.as_deref()) else {
            return;
        };
        match store.open(passphrase) {
            Ok(key) => {
                let (certificate, private_key) = key.into_parts();
                self.certificate.get_or_insert(certificate);
                self.private_key = Some(private_key);
            }
            Err(error) => faults.push((names.store, error.to_string())),
        }
    }

    /// The identity, where all is there and fits together.
    pub(super) fn identity(
        &self,
        names: &Names,
        faults: &mut Vec<Fault>,
    ) -> Option<SigningIdentity> {
        let before = faults.len();
        match self.id.as_deref() {
            None if is_told(names.id, faults) => {}
            None => faults.push((names.id, "missing".to_owned())),
            Some(id) if !is_number(id) => {
                faults.push((
                    names.id,
                    "expected the decimal digits of a number".to_owned(),
                ));
            }
            Some(_) => {}
        }
        let serial_no = self.serial(names, faults);
        let has_key = self.private_key.is_some() || self.signer.is_some();
        if !has_key && !is_told(names.private_key, faults) && !self.is_store_at_fault(names, faults)
        {
            faults.push((names.private_key, "missing".to_owned()));
        }
        if self.private_key.is_some() && self.signer.is_some() {
            let advice = "the private key was given too: give the key, or a signer that holds it";
            faults.push((names.signer, advice.to_owned()));
        }
        self.pair(names, faults);
        self.has_scheme(names, faults);
        if faults.len() > before {
            return None;
        }
        let certificate = self.certificate.clone();
        let key = match (&self.private_key, &self.signer) {
            (Some(key), _) => SigningKey::Local(key.clone()),
            (None, Some(signer)) => {
                let check = certificate.as_ref().map(|own| own.public_key().clone());
                SigningKey::Remote(RemoteKey::new(Arc::clone(signer), check))
            }
            (None, None) => return None,
        };
        Some(SigningIdentity {
            identity: names.identity,
            id: self.id.clone()?,
            serial_no: serial_no?,
            key,
            certificate,
        })
    }

    fn serial(&self, names: &Names, faults: &mut Vec<Fault>) -> Option<String> {
        let before = faults.len();
        let certificate = self.certificate.as_ref().map(Certificate::serial_no);
        let signer = self.signer.as_ref().map(|signer| signer.serial_no());
        let digits = "expected the hexadecimal digits of a certificate's serial number";
        let differs = |one: &str, owner: &str, other: &str| {
            format!("`{one}` does not fit the {owner}, whose serial number is `{other}`")
        };
        match (signer, certificate) {
            (Some(own), _) if !is_serial(own) => faults.push((names.signer, digits.to_owned())),
            (Some(own), Some(other)) if !is_same_serial(own, other) => {
                faults.push((names.signer, differs(own, "certificate", other)));
            }
            _ => {}
        }
        match (self.serial_no.as_deref(), certificate, signer) {
            (Some(given), _, _) if !is_serial(given) => {
                faults.push((names.serial_no, digits.to_owned()));
            }
            (Some(given), Some(own), _) if !is_same_serial(given, own) => {
                faults.push((names.serial_no, differs(given, "certificate", own)));
            }
            (Some(given), None, Some(own)) if !is_same_serial(given, own) => {
                faults.push((names.serial_no, differs(given, "signer", own)));
            }
            _ if is_told(names.serial_no, faults) => {}
            (None, None, None) if !self.is_store_at_fault(names, faults) => {
                let advice = "missing: give the serial number of the API certificate, or the certificate itself";
                faults.push((names.serial_no, advice.to_owned()));
            }
            _ => {}
        }
        let sound = faults.len() == before;
        let serial = self.own_serial().filter(|_| sound);
        serial.map(str::to_ascii_uppercase)
    }

    /// Whether certificate and key are missing since the store that holds them could not be opened.
    fn is_store_at_fault(&self, names: &Names, faults: &[Fault]) -> bool {
        self.has_store() || is_told(names.store, faults)
    }

    /// Makes sure that the private key belongs to the certificate.
    fn pair(&self, names: &Names, faults: &mut Vec<Fault>) {
        if let (Some(key), Some(certificate)) = (&self.private_key, &self.certificate)
            && key.public_der() != certificate.public_key().der()
        {
            let advice =
                "does not belong to the certificate that was given; take both from one download";
            faults.push((names.private_key, advice.to_owned()));
        }
    }

    /// Makes sure that WeChat Pay knows a scheme for the identity and the key.
    fn has_scheme(&self, names: &Names, faults: &mut Vec<Fault>) {
        let (argument, algorithm) = match (&self.private_key, &self.signer) {
            (Some(key), _) => (names.private_key, key.algorithm()),
            (None, Some(signer)) => (names.signer, signer.algorithm()),
            (None, None) => return,
        };
        if algorithm.scheme(names.identity).is_none() {
            let fault = format!("signs by {algorithm}; WeChat Pay takes RSA alone here");
            faults.push((argument, fault));
        }
        let certificate = self.certificate.as_ref();
        let certified = certificate.map(|own| own.public_key().algorithm());
        if let Some(certified) = certified
            && certified != algorithm
            && argument == names.signer
        {
            let fault = format!("signs by {algorithm}, but its certificate is for {certified}");
            faults.push((argument, fault));
        }
    }
}

/// Whether something is wrong with an argument already.
fn is_told(argument: &str, faults: &[Fault]) -> bool {
    faults.iter().any(|(name, _)| *name == argument)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_serial(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
