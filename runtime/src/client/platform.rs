//! What a builder was given of the platform's keys, and the keys by family of hosts that come of it.

use super::Client;
use super::automatic::World;
use super::faults::Faults;
use super::identity::Given;
use crate::by_name::ByName;
use crate::credentials::{
    Apiv3Key, Certificate, PlatformKey, PlatformKeyPreference, PlatformKeys, PublicKey,
    is_public_key_id, is_same_serial,
};
use crate::operation::Host;
use crate::platform::{AutomaticCertificates, PlatformKeyStore};

/// What a builder was given of the platform's keys.
#[derive(Default)]
pub(super) struct Platform {
    pub(super) public_key: Option<PublicKey>,
    pub(super) public_key_id: Option<String>,
    pub(super) certificates: Vec<Certificate>,
    pub(super) others: ByName<PlatformKeys>,
    /// Certificates that the client is to fetch by itself. It is a trait so that a program which never asks for them links nothing of it.
    pub(super) automatic: Option<Box<dyn Automatic>>,
    pub(super) preference: Option<PlatformKeyPreference>,
}

/// Certificates that the client fetches by itself.
pub(super) trait Automatic: Send + Sync {
    /// Adds those of another family.
    fn add(&mut self, certificates: AutomaticCertificates);

    /// What is wrong with what was said of them.
    fn check(&self, has_key: bool, has_merchant: bool, faults: &mut Faults);

    /// The families that they are fetched for.
    fn families(&self) -> Vec<&'static str>;

    /// The stores by family: of the keys that were given, and of those that are to be fetched besides.
    fn stores(
        &mut self,
        given: ByName<PlatformKeys>,
        key: &Apiv3Key,
        world: World,
    ) -> ByName<PlatformKeyStore>;

    /// Lets the stores fetch by the client.
    fn attach(&self, client: &Client);
}

impl Platform {
    /// The keys by family of hosts, which are none of the client's own.
    pub(super) fn families(
        &mut self,
        own: [&Given; 2],
        faults: &mut Faults,
    ) -> ByName<PlatformKeys> {
        let mut families = core::mem::take(&mut self.others);
        let default = families.entry(Host::DEFAULT.name);
        self.default_family(default, faults);
        let none = families.values().all(PlatformKeys::is_empty) && self.automatic.is_none();
        if none && faults.is_empty() {
            faults.note(
                "platform_public_key",
                format_args!("missing: without WeChat Pay's public key, a platform certificate or automatic ones no reply can be verified"),
            );
        }
        refuse_own_keys(own, &families, faults);
        let automatic = self
            .automatic
            .as_ref()
            .map(|automatic| automatic.families());
        let is_automatic = |name: &str| automatic.iter().flatten().any(|family| *family == name);
        if families
            .get(Host::DEFAULT.name)
            .is_some_and(PlatformKeys::is_empty)
            && !is_automatic(Host::DEFAULT.name)
        {
            families.remove(Host::DEFAULT.name);
        }
        for family in automatic.iter().flatten() {
            families.entry(family);
        }
        for keys in families.values_mut() {
            if let Some(preference) = self.preference {
                keys.prefer(preference);
            }
            for serial in own.into_iter().filter_map(Given::own_serial) {
                keys.add_merchant_serial_no(serial);
            }
        }
        families
    }

    /// The stores of these keys.
    pub(super) fn stores(
        &mut self,
        families: ByName<PlatformKeys>,
        key: Option<&Apiv3Key>,
        world: World,
    ) -> ByName<PlatformKeyStore> {
        if let (Some(automatic), Some(key)) = (&mut self.automatic, key) {
            return automatic.stores(families, key, world);
        }
        let mut stores = ByName::default();
        for (name, keys) in families {
            stores.insert(name, PlatformKeyStore::fixed(keys));
        }
        stores
    }

    fn default_family(&self, keys: &mut PlatformKeys, faults: &mut Faults) {
        for certificate in &self.certificates {
            keys.add_certificate(certificate, false);
        }
        match (&self.public_key, &self.public_key_id) {
            (Some(key), Some(id)) => {
                if let Err(error) = keys.add_public_key(id, key.clone()) {
                    faults.note("platform_public_key_id", format_args!("{error}"));
                }
            }
            (Some(_), None) => faults.note(
                "platform_public_key_id",
                format_args!("missing: it stands beside the public key on the merchant platform, `PUB_KEY_ID_…`"),
            ),
            (None, Some(_)) if !faults.tell_of("platform_public_key") => faults.note(
                "platform_public_key",
                format_args!("missing: an id was given without its key"),
            ),
            (None, _) => {}
        }
    }
}

/// Refuses the merchant's or the brand's own certificate in the place of the platform's: the commonest mistake.
fn refuse_own_keys(own: [&Given; 2], families: &ByName<PlatformKeys>, faults: &mut Faults) {
    for key in families.values().flat_map(PlatformKeys::iter) {
        if !own.iter().any(|own| is_of(own, key)) {
            continue;
        }
        let argument = match is_public_key_id(&key.name) {
            true => "platform_public_key",
            false => "platform_certificate",
        };
        faults.note(
            argument,
            format_args!(
                "`{}` is the merchant's own; give WeChat Pay's, which the merchant platform shows under API安全",
                key.name
            ),
        );
    }
}

/// Whether a platform's key is an identity's own, by its serial number or by the key itself.
fn is_of(own: &Given, key: &PlatformKey) -> bool {
    let own_key = own.own_key();
    let own_serial = own.own_serial();
    own_key == Some(key.key.der()) || own_serial.is_some_and(|own| is_same_serial(own, &key.name))
}
