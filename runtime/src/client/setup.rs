//! What a builder was given, and the client that comes of it.

use super::addresses::{Addresses, Served};
use super::automatic::World;
use super::conduct::Conduct;
use super::faults::{Fault, Faults};
use super::identity::{BRAND, Given, MERCHANT};
use super::platform::Platform;
use super::{Client, Inner};
use crate::error::Error;
use crate::outlined::Outlined;
use crate::sign;
use crate::transport::Made;
#[cfg(feature = "reqwest")]
use crate::transport::{Reqwest, Settings};
use core::mem::take;
use http::HeaderValue;
use std::sync::Arc;

/// What a builder was given. Nothing in it is generic.
pub(super) struct Setup {
    pub(super) merchant: Given,
    pub(super) brand: Given,
    pub(super) platform: Platform,
    pub(super) conduct: Box<Conduct>,
    pub(super) user_agent_suffix: Option<String>,
    pub(super) transport: Option<Made>,
    #[cfg(feature = "reqwest")]
    pub(super) settings: Settings,
    pub(super) faults: Faults,
    /// Names the environment's variables, where they are the arguments.
    pub(super) variables: Option<fn(&mut [Fault])>,
}

impl Setup {
    /// Nothing was given yet.
    pub(super) fn new() -> Outlined<Self> {
        Outlined::new(Self {
            merchant: Given::default(),
            brand: Given::default(),
            platform: Platform::default(),
            conduct: Conduct::new(),
            user_agent_suffix: None,
            transport: None,
            #[cfg(feature = "reqwest")]
            settings: Settings::default(),
            faults: Faults::default(),
            variables: None,
        })
    }

    /// Takes a text.
    #[inline(never)]
    pub(super) fn put(
        &mut self,
        argument: &str,
        place: fn(&mut Self) -> &mut Option<String>,
        text: String,
    ) {
        self.faults.anew(argument);
        *place(self) = Some(text.trim().to_owned());
    }

    /// Where base URLs are replaced.
    pub(super) fn addresses(&mut self) -> &mut dyn Served {
        let addresses = self.conduct.addresses.take();
        let addresses = addresses.unwrap_or_else(|| Box::new(Addresses::default()));
        &mut **self.conduct.addresses.insert(addresses)
    }

    /// Checks all that was given, and builds.
    ///
    /// # Errors
    /// Every mistake, by the argument's name.
    pub(super) fn client(&mut self) -> Result<Client, Error> {
        let mut faults = take(&mut self.faults);
        let given = faults.len();
        #[cfg(feature = "pkcs12")]
        self.merchant.open_store(&MERCHANT, &mut faults);
        if self.merchant.is_absent() && self.brand.is_absent() && faults.is_empty() {
            faults.note(
                "mchid",
                format_args!(
                    "missing: give a merchant's or a brand's number, serial number and private key"
                ),
            );
        }
        let merchant = self.merchant.identity(&MERCHANT, &mut faults);
        let brand = self.brand.identity(&BRAND, &mut faults);
        let families = self
            .platform
            .families([&self.merchant, &self.brand], &mut faults);
        let (has_key, has_merchant) =
            (self.conduct.apiv3_key.is_some(), !self.merchant.is_absent());
        if let Some(automatic) = &self.platform.automatic {
            automatic.check(has_key, has_merchant, &mut faults);
        }
        let user_agent = self.user_agent(&mut faults);
        let transport = self.carrier(&mut faults);
        // The crypto library's first random draw takes 30 ms: it is spent here, not in the first call.
        if sign::nonce().is_err() {
            faults.note(
                "random",
                format_args!("the crypto library has no random numbers"),
            );
        }
        if let (Some(name), Some(faults)) = (self.variables, faults.as_mut_slice().get_mut(given..))
        {
            name(faults);
        }
        for (given, signer) in [(&self.merchant, &merchant), (&self.brand, &brand)] {
            if let (Some(warn), Some(signer)) = (given.warn, signer) {
                warn(signer, (self.conduct.clock)());
            }
        }
        let (Some(transport), Some(user_agent), true) = (transport, user_agent, faults.is_empty())
        else {
            return Err(faults.error());
        };
        let world = World {
            clock: Arc::clone(&self.conduct.clock),
            transport: transport.clone(),
        };
        let mut conduct = core::mem::replace(&mut self.conduct, Conduct::new());
        conduct.opening = self.merchant.opening.or(self.brand.opening);
        let key = conduct.apiv3_key.as_ref();
        let mchid = self.merchant.id.as_deref().unwrap_or_default();
        let platform = self.platform.stores(families, key, mchid, world);
        let client = Client::new(Inner {
            merchant,
            brand,
            platform,
            user_agent,
            transport: transport.carrier(),
            made: transport,
            conduct,
        });
        if let Some(automatic) = &self.platform.automatic {
            automatic.attach(&client);
        }
        Ok(client)
    }

    /// The transport that was given, or reqwest.
    #[cfg(feature = "reqwest")]
    fn carrier(&mut self, faults: &mut Faults) -> Option<Made> {
        let settings = take(&mut self.settings);
        let untouched = settings.is_untouched();
        match self.transport.take() {
            Some(given) if untouched => Some(given),
            Some(_) => {
                let advice = "connect timeout, proxy and HTTP client are set on the transport that was given";
                faults.note("transport", format_args!("{advice}"));
                None
            }
            None => match Reqwest::connect(settings) {
                Ok(made) => Some(Made::Own(Arc::new(made))),
                Err(fault) => {
                    faults.extend([fault]);
                    None
                }
            },
        }
    }

    /// The transport that was given: without the feature `reqwest` there is no other.
    #[cfg(not(feature = "reqwest"))]
    fn carrier(&mut self, faults: &mut Faults) -> Option<Made> {
        let given = self.transport.take();
        if given.is_none() {
            faults.note(
                "transport",
                format_args!(
                    "missing: without the feature `reqwest` the client is given a transport"
                ),
            );
        }
        given
    }

    fn user_agent(&self, faults: &mut Faults) -> Option<HeaderValue> {
        const OWN: &str = concat!("wechatpay-rust/", env!("CARGO_PKG_VERSION"));
        let Some(suffix) = &self.user_agent_suffix else {
            return Some(const { HeaderValue::from_static(OWN) });
        };
        let value = HeaderValue::from_str(&format!("{OWN} {suffix}"));
        if value.is_err() {
            faults.note(
                "user_agent_suffix",
                format_args!("a header carries visible ASCII characters and spaces alone"),
            );
        }
        value.ok()
    }
}
