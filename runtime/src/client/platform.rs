//! What a builder was given of the platform's keys, and the keys by family of hosts that come of it.

use super::automatic::Automatic;
use super::identity::{Fault, Given};
use crate::credentials::{
    Certificate, PlatformKey, PlatformKeyPreference, PlatformKeys, PublicKey, is_same_serial,
};
use crate::operation::Host;
use std::collections::BTreeMap;

/// What a builder was given of the platform's keys.
#[derive(Default)]
pub(super) struct Platform {
    pub(super) public_key: Option<PublicKey>,
    pub(super) public_key_id: Option<String>,
    pub(super) certificates: Vec<Certificate>,
    pub(super) others: BTreeMap<String, PlatformKeys>,
    pub(super) automatic: Vec<Automatic>,
    pub(super) preference: Option<PlatformKeyPreference>,
}

impl Platform {
    /// The keys by family of hosts, which are none of the client's own.
    pub(super) fn families(
        &self,
        own: [&Given; 2],
        faults: &mut Vec<Fault>,
    ) -> BTreeMap<String, PlatformKeys> {
        let mut families = self.others.clone();
        let default = families.remove(Host::DEFAULT.name).unwrap_or_default();
        let default = self.default_family(default, faults);
        if !default.is_empty() {
            families.insert(Host::DEFAULT.name.to_owned(), default);
        }
        let none = families.values().all(PlatformKeys::is_empty) && self.automatic.is_empty();
        if none && faults.is_empty() {
            faults.push((
                "platform_public_key",
                "missing: without WeChat Pay's public key, a platform certificate or automatic ones no reply can be verified".to_owned(),
            ));
        }
        refuse_own_keys(own, &families, faults);
        for automatic in &self.automatic {
            families.entry(automatic.family().to_owned()).or_default();
        }
        for keys in families.values_mut() {
            if let Some(preference) = self.preference {
                *keys = core::mem::take(keys).with_preference(preference);
            }
            for serial in own.into_iter().filter_map(Given::own_serial) {
                *keys = core::mem::take(keys).with_merchant_serial_no(serial);
            }
        }
        families
    }

    fn default_family(&self, mut keys: PlatformKeys, faults: &mut Vec<Fault>) -> PlatformKeys {
        for certificate in &self.certificates {
            keys = keys.with_certificate(certificate.clone());
        }
        let is_at_fault = |faults: &[Fault]| {
            let mut names = faults.iter().map(|(name, _)| *name);
            names.any(|name| name == "platform_public_key")
        };
        match (&self.public_key, &self.public_key_id) {
            (Some(key), Some(id)) => match keys.clone().with_public_key(id, key.clone()) {
                Ok(keys) => return keys,
                Err(error) => faults.push(("platform_public_key_id", error.to_string())),
            },
            (Some(_), None) => faults.push((
                "platform_public_key_id",
                "missing: it stands beside the public key on the merchant platform, `PUB_KEY_ID_…`"
                    .to_owned(),
            )),
            (None, Some(_)) if !is_at_fault(faults) => faults.push((
                "platform_public_key",
                "missing: an id was given without its key".to_owned(),
            )),
            (None, _) => {}
        }
        keys
    }
}

/// Refuses the merchant's or the brand's own certificate in the place of the platform's: the commonest mistake.
fn refuse_own_keys(
    own: [&Given; 2],
    families: &BTreeMap<String, PlatformKeys>,
    faults: &mut Vec<Fault>,
) {
    let keys = families.values().flat_map(PlatformKeys::iter);
    for key in keys.filter(|key| own.iter().any(|own| is_of(own, key))) {
        let public = key.name.starts_with("PUB_KEY_ID_");
        let argument = match public {
            true => "platform_public_key",
            false => "platform_certificate",
        };
        let fault = format!(
            "`{}` is the merchant's own; give WeChat Pay's, which the merchant platform shows under API安全",
            key.name
        );
        faults.push((argument, fault));
    }
}

/// Whether a platform's key is an identity's own, by its serial number or by the key itself.
fn is_of(own: &Given, key: &PlatformKey) -> bool {
    let own_key = own.own_key();
    let own_serial = own.own_serial();
    own_key == Some(key.key.der()) || own_serial.is_some_and(|own| is_same_serial(own, &key.name))
}
