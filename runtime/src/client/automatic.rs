//! What a builder is told of certificates that the client fetches by itself.

use super::identity::Fault;
use super::platform::Platform;
use super::source::Source;
use super::{Client, ClientBuilder, Clock, Inner};
use crate::by_name::ByName;
use crate::call::certificates;
use crate::credentials::{Apiv3Key, PlatformKeyPreference, PlatformKeys};
use crate::operation::Host;
use crate::platform::{AutomaticCertificates, PlatformKeyStore};
use crate::transport::Transport;
use std::sync::{Arc, Weak};

/// Certificates of one family that are to be fetched.
pub(super) struct Automatic {
    host: &'static Host,
    /// Whether it is known where they are listed.
    listed: bool,
    /// A closure, so that a program which never asks for automatic certificates links nothing of them.
    store: Box<MakeStore>,
}

type MakeStore = dyn FnOnce(PlatformKeys, Apiv3Key, World) -> PlatformKeyStore + Send + Sync;

/// What a store's source is made of.
#[derive(Clone)]
pub(super) struct World {
    pub(super) client: Weak<Inner>,
    pub(super) clock: Clock,
    pub(super) transport: Arc<dyn Transport>,
}

impl<C> ClientBuilder<C> {
    /// Fetches the platform certificates of a family of hosts when they are first needed, and renews them in the background: about every 12 hours, before
    /// they end, and when a signature names one that is not known. It needs the APIv3 key. Call it once for each family.
    ///
    /// A merchant who has WeChat Pay's public key needs no certificates; both may be given while the merchant moves from one to the other.
    pub fn platform_certificates_automatic(mut self, certificates: AutomaticCertificates) -> Self {
        self.platform.automatic.push(Automatic::new(certificates));
        self
    }

    /// Which key goes first in a family that has a public key and certificates. The default is the public key.
    pub fn platform_key_preference(mut self, preference: PlatformKeyPreference) -> Self {
        self.platform.preference = Some(preference);
        self
    }

    /// Uses the connections of another client: of another merchant in the same process, say. Keys are not shared.
    pub fn connections_of(mut self, client: &Client) -> Self {
        self.transport = Some(Arc::clone(&client.inner().transport));
        self
    }
}

impl Automatic {
    pub(super) fn family(&self) -> &'static str {
        self.host.name
    }

    fn new(certificates: AutomaticCertificates) -> Self {
        let host = certificates.family();
        let operation = certificates::operation(host);
        Self {
            host,
            listed: operation.is_some(),
            store: Box::new(move |given, key, world| {
                let operation = operation.unwrap_or(certificates::DEFAULT);
                let source = Source::new(world, host, operation);
                certificates.store(given, key, Arc::new(source))
            }),
        }
    }
}

/// What is wrong with what was said of automatic certificates.
pub(super) fn check(
    platform: &Platform,
    has_key: bool,
    has_merchant: bool,
    faults: &mut Vec<Fault>,
) {
    let automatic = &platform.automatic;
    let is_at_fault = |argument| {
        let mut names = faults.iter().map(|(name, _)| *name);
        names.any(|name| name == argument)
    };
    let mut found = Vec::new();
    if !automatic.is_empty() && !has_key && !is_at_fault("apiv3_key") {
        let advice = "missing: automatic platform certificates are sealed with it";
        found.push(("apiv3_key", advice.to_owned()));
    }
    if !automatic.is_empty() && !has_merchant && faults.is_empty() {
        let advice = "missing: automatic platform certificates are fetched by a merchant";
        found.push(("mchid", advice.to_owned()));
    }
    for (index, one) in automatic.iter().enumerate() {
        let name = one.host.name;
        let earlier = automatic.iter().take(index);
        let fault = if !one.listed {
            format!(
                "nobody knows where certificates of the host family `{name}` are listed; `default` and `hong-kong` have lists"
            )
        } else if earlier.into_iter().any(|other| other.host.name == name) {
            format!("given twice for the host family `{name}`")
        } else {
            continue;
        };
        found.push(("platform_certificates_automatic", fault));
    }
    faults.extend(found);
}

/// The stores by family: of the keys that were given, and of those that are to be fetched besides.
pub(super) fn stores(
    mut given: ByName<PlatformKeys>,
    automatic: Vec<Automatic>,
    key: Option<&Apiv3Key>,
    world: &World,
) -> ByName<PlatformKeyStore> {
    let mut stores = ByName::default();
    if let Some(key) = key {
        for one in automatic {
            let name = one.host.name.to_owned();
            let keys = given.remove(&name).unwrap_or_default();
            let store = (one.store)(keys, key.clone(), world.clone());
            stores.insert(name, store);
        }
    }
    for (name, keys) in given {
        stores.insert(name, PlatformKeyStore::fixed(keys));
    }
    stores
}
