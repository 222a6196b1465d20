//! Platform certificates as they stand in an answer.

use crate::keys::PlatformCertificate;
use crate::seal::{SealedResource, seal};
use crate::{Error, SandboxKeys};
use serde_json::{Map, Value, json};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// A platform certificate, sealed with the APIv3 key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedCertificate {
    /// The serial number.
    pub serial_no: String,
    /// Since when it is valid, in RFC 3339 and Beijing's time.
    pub effective_time: String,
    /// Until when it is valid.
    pub expire_time: String,
    /// The certificate's PEM.
    pub resource: SealedResource,
}

impl SealedCertificate {
    /// Seals all platform certificates, the oldest first, each with a nonce of its own.
    ///
    /// # Errors
    ///
    /// The APIv3 key is not one, or a certificate's time is out of all bounds.
    pub fn all(keys: &SandboxKeys) -> Result<Vec<Self>, Error> {
        let certificates = keys.platform_certificates().iter();
        certificates
            .map(|certificate| Self::new(keys.apiv3_key(), certificate))
            .collect()
    }

    fn new(apiv3_key: &str, certificate: &PlatformCertificate) -> Result<Self, Error> {
        Ok(Self {
            serial_no: certificate.serial_no().to_owned(),
            effective_time: beijing_time(certificate.not_before())?,
            expire_time: beijing_time(certificate.not_after())?,
            resource: seal(apiv3_key, "certificate", certificate.pem().as_bytes())?,
        })
    }

    /// The sealed resource.
    pub(super) fn envelope(&self) -> Value {
        json!({
            "algorithm": self.resource.algorithm,
            "nonce": self.resource.nonce,
            "associated_data": self.resource.associated_data,
            "ciphertext": self.resource.ciphertext,
        })
    }

    /// Makes the members beside the sealed resource tell of this certificate.
    pub(super) fn describe(&self, members: &mut Map<String, Value>) {
        let known = [
            ("serial_no", &self.serial_no),
            ("effective_time", &self.effective_time),
            ("expire_time", &self.expire_time),
        ];
        for (name, text) in known {
            if let Some(value) = members.get_mut(name) {
                *value = Value::String(text.clone());
            }
        }
    }
}

fn beijing_time(unix_seconds: i64) -> Result<String, Error> {
    let failed = |reason: &dyn std::fmt::Display| {
        Error::cryptography("writing a certificate's time", reason)
    };
    let offset = UtcOffset::from_hms(8, 0, 0).map_err(|error| failed(&error))?;
    OffsetDateTime::from_unix_timestamp(unix_seconds)
        .map_err(|error| failed(&error))?
        .to_offset(offset)
        .format(&Rfc3339)
        .map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_beijings() {
        let text = beijing_time(1_528_425_296).expect("a time");
        assert_eq!(text, "2018-06-08T10:34:56+08:00");
    }
}
