//! What a builder is told of certificates that the client fetches by itself.

use super::faults::Faults;
use super::platform::{Automatic, Families};
use super::source::Source;
use super::{Client, ClientBuilder, Clock, Inner};
use crate::by_name::ByName;
use crate::call::certificates;
use crate::credentials::{Apiv3Key, PlatformKeyPreference, PlatformKeys};
use crate::outlined::SharedWeakly;
use crate::platform::{AutomaticCertificates, PlatformKeyStore};
use crate::transport::Made;
use std::sync::{Arc, OnceLock};

/// What a store's source is made of, but for the client.
#[derive(Clone)]
pub(super) struct World {
    pub(super) clock: Clock,
    pub(super) transport: Made,
}

/// The client that a store fetches by, once it is built.
pub(super) type Late = Arc<OnceLock<SharedWeakly<Inner>>>;

/// Certificates of some families that are to be fetched.
#[derive(Default)]
struct Fetched {
    certificates: Vec<AutomaticCertificates>,
    client: Late,
}

impl<C> ClientBuilder<C> {
    /// Fetches the platform certificates of a family of hosts when they are first needed, and renews them in the background: about every 12 hours, before
    /// they end, and when a signature names one that is not known. It needs the APIv3 key. Call it once for each family.
    ///
    /// A merchant who has WeChat Pay's public key needs no certificates; both may be given while the merchant moves from one to the other.
    #[inline]
    pub fn platform_certificates_automatic(mut self, certificates: AutomaticCertificates) -> Self {
        let platform = &mut self.setup.platform;
        let automatic = platform.automatic.take();
        let automatic = automatic.unwrap_or_else(|| Box::new(Fetched::default()));
        platform.automatic.insert(automatic).add(certificates);
        self
    }

    /// Which key goes first in a family that has a public key and certificates. The default is the public key.
    #[inline]
    pub fn platform_key_preference(mut self, preference: PlatformKeyPreference) -> Self {
        self.setup.platform.preference = Some(preference);
        self
    }

    /// Uses the connections of another client: of another merchant in the same process, say. Keys are not shared.
    #[inline]
    pub fn connections_of(mut self, client: &Client) -> Self {
        self.setup.transport = Some(client.inner().made.clone());
        self
    }
}

impl Fetched {
    /// Whether one of the first so many is of a family.
    #[inline]
    fn is_family_of(&self, count: usize, name: &str) -> bool {
        let mut first = self.certificates.iter().take(count);
        first.any(|one| one.family().name == name)
    }
}

impl Automatic for Fetched {
    #[inline]
    fn add(&mut self, certificates: AutomaticCertificates) {
        self.certificates.push(certificates);
    }

    #[inline]
    fn add_families(&self, families: &mut Families) {
        for one in &self.certificates {
            let name = one.family().name;
            if families.iter().all(|(other, _)| other != name) {
                families.push((name.to_owned(), PlatformKeys::new()));
            }
        }
    }

    #[inline]
    fn check(&self, has_key: bool, has_merchant: bool, faults: &mut Faults) {
        let sound = faults.is_empty();
        if !has_key && !faults.tell_of("apiv3_key") {
            faults.note(
                "apiv3_key",
                format_args!("missing: automatic platform certificates are sealed with it"),
            );
        }
        if !has_merchant && sound {
            faults.note(
                "mchid",
                format_args!("missing: automatic platform certificates are fetched by a merchant"),
            );
        }
        for (index, one) in self.certificates.iter().enumerate() {
            let name = one.family().name;
            if certificates::operation(one.family()).is_none() {
                faults.note(
                    "platform_certificates_automatic",
                    format_args!("nobody knows where certificates of the host family `{name}` are listed; `default` and `hong-kong` have lists"),
                );
            } else if self.is_family_of(index, name) {
                faults.note(
                    "platform_certificates_automatic",
                    format_args!("given twice for the host family `{name}`"),
                );
            }
        }
    }

    #[inline]
    fn stores(
        &mut self,
        stores: &mut ByName<PlatformKeyStore>,
        families: &Families,
        key: &Apiv3Key,
        mchid: &str,
        world: World,
    ) {
        for one in self.certificates.drain(..) {
            let host = one.family();
            let given = families.iter().find(|(name, _)| name == host.name);
            let keys = given.map_or_else(PlatformKeys::new, |(_, keys)| keys.clone());
            let operation = certificates::operation(host).unwrap_or(certificates::DEFAULT);
            let source = Source::new(world.clone(), Arc::clone(&self.client), host, operation);
            let store = one.store(keys, key.clone(), mchid, Arc::new(source));
            stores.insert(host.name.to_owned(), store);
        }
    }

    #[inline]
    fn attach(&self, client: &Client) {
        // A client is built once.
        let _ = self.client.set(client.downgrade());
    }
}
