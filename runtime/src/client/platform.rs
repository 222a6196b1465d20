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

/// Keys by family of hosts.
pub(super) type Families = Vec<(String, PlatformKeys)>;

/// Certificates that the client fetches by itself.
pub(super) trait Automatic: Send + Sync {
    /// Adds those of another family.
    fn add(&mut self, certificates: AutomaticCertificates);

    /// What is wrong with what was said of them.
    fn check(&self, has_key: bool, has_merchant: bool, faults: &mut Faults);

    /// Adds the families that they are fetched for.
    fn add_families(&self, families: &mut Families);

    /// Makes the stores of those families, of the keys that were given, and of those that are to be fetched besides.
    fn stores(
        &mut self,
        stores: &mut ByName<PlatformKeyStore>,
        families: &Families,
        key: &Apiv3Key,
        mchid: &str,
        world: World,
    );

    /// Lets the stores fetch by the client.
    fn attach(&self, client: &Client);
}

impl Platform {
    /// The keys by family of hosts, which are none of the client's own.
    pub(super) fn families(&mut self, own: [&Given; 2], faults: &mut Faults) -> Families {
        let mut families = Families::from_iter(core::mem::take(&mut self.others));
        let default = match families
            .iter()
            .position(|(name, _)| name == Host::DEFAULT.name)
        {
            Some(index) => index,
            None => {
                families.push((Host::DEFAULT.name.to_owned(), PlatformKeys::new()));
                families.len() - 1
            }
        };
        self.default_family(&mut families[default].1, faults);
        let none = families.iter().all(|(_, keys)| keys.is_empty());
        if none && self.automatic.is_none() && faults.is_empty() {
            faults.note(
                "platform_public_key",
                format_args!("missing: without WeChat Pay's public key, a platform certificate or automatic ones no reply can be verified"),
            );
        }
        refuse_own_keys(own, &families, faults);
        if let Some(automatic) = &self.automatic {
            automatic.add_families(&mut families);
        }
        for (_, keys) in &mut families {
            if let Some(preference) = self.preference {
                keys.prefer(preference);
            }
            for serial in own.into_iter().filter_map(Given::own_serial) {
                keys.add_merchant_serial_no(serial);
            }
        }
        families
    }

    /// The stores of these keys. A family without any has none.
    pub(super) fn stores(
        &mut self,
        families: Families,
        key: Option<&Apiv3Key>,
        mchid: &str,
        world: World,
    ) -> ByName<PlatformKeyStore> {
        let mut stores = ByName::default();
        if let (Some(automatic), Some(key)) = (&mut self.automatic, key) {
            automatic.stores(&mut stores, &families, key, mchid, world);
        }
        for (name, keys) in families {
            if stores.get(&name).is_none() && !(keys.is_empty() && name == Host::DEFAULT.name) {
                stores.insert(name, PlatformKeyStore::fixed(keys));
            }
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
fn refuse_own_keys(own: [&Given; 2], families: &Families, faults: &mut Faults) {
    for key in families.iter().flat_map(|(_, keys)| keys.iter()) {
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
