//! What a builder was given of an identity, and the signer that comes of it.

use crate::credentials::{Certificate, PrivateKey, is_same_serial};
use crate::operation::Identity;
use crate::sign::Signer;

/// What a builder was given of a merchant or a brand.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    pub(super) id: Option<String>,
    pub(super) serial_no: Option<String>,
    pub(super) certificate: Option<Certificate>,
    pub(super) private_key: Option<PrivateKey>,
}

/// The names of the arguments, for errors.
pub(super) struct Names {
    pub(super) identity: Identity,
    pub(super) id: &'static str,
    pub(super) serial_no: &'static str,
    pub(super) private_key: &'static str,
}

pub(super) const MERCHANT: Names = Names {
    identity: Identity::Merchant,
    id: "mchid",
    serial_no: "merchant_serial_no",
    private_key: "merchant_private_key",
};

pub(super) const BRAND: Names = Names {
    identity: Identity::Brand,
    id: "brand_id",
    serial_no: "brand_serial_no",
    private_key: "brand_private_key",
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
    }

    /// The serial number, from the certificate or as it was given.
    pub(super) fn own_serial(&self) -> Option<&str> {
        let certificate = self.certificate.as_ref().map(Certificate::serial_no);
        certificate.or(self.serial_no.as_deref())
    }

    /// The signer, where all is there and fits together.
    pub(super) fn signer(&self, names: &Names, faults: &mut Vec<Fault>) -> Option<Signer> {
        let before = faults.len();
        match self.id.as_deref() {
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
        if self.private_key.is_none() && !faults.iter().any(|(name, _)| *name == names.private_key)
        {
            faults.push((names.private_key, "missing".to_owned()));
        }
        self.pair(names, faults);
        self.has_scheme(names, faults);
        if faults.len() > before {
            return None;
        }
        Some(Signer {
            identity: names.identity,
            id: self.id.clone()?,
            serial_no: serial_no?,
            private_key: self.private_key.clone()?,
        })
    }

    fn serial(&self, names: &Names, faults: &mut Vec<Fault>) -> Option<String> {
        let own = self.certificate.as_ref().map(Certificate::serial_no);
        match (self.serial_no.as_deref(), own) {
            (None, None) => {
                let advice = "missing: give the serial number of the API certificate, or the certificate itself";
                faults.push((names.serial_no, advice.to_owned()));
                None
            }
            (Some(given), _) if !is_serial(given) => {
                let advice = "expected the hexadecimal digits of a certificate's serial number";
                faults.push((names.serial_no, advice.to_owned()));
                None
            }
            (Some(given), Some(own)) if !is_same_serial(given, own) => {
                faults.push((
                    names.serial_no,
                    format!(
                        "`{given}` does not fit the certificate, whose serial number is `{own}`"
                    ),
                ));
                None
            }
            (given, own) => own.or(given).map(str::to_ascii_uppercase),
        }
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
        let algorithm = self.private_key.as_ref().map(PrivateKey::algorithm);
        if let Some(algorithm) = algorithm
            && algorithm.scheme(names.identity).is_none()
        {
            let fault = format!("is a key for {algorithm}; WeChat Pay takes RSA alone here");
            faults.push((names.private_key, fault));
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_serial(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
