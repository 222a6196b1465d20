//! Keys, certificates and identities.

mod algorithm;
mod apiv3_key;
mod armor;
mod certificate;
#[cfg(feature = "encrypted-keys")]
mod encrypted_key;
mod forms;
mod inspect;
mod key_error;
#[cfg(feature = "pkcs12")]
mod pkcs12;
mod platform_keys;
mod private_key;
mod public_key;
mod serial;

pub use algorithm::Algorithm;
pub use apiv3_key::Apiv3Key;
pub use certificate::Certificate;
pub use key_error::{Found, KeyError};
#[cfg(feature = "pkcs12")]
pub use pkcs12::{CertifiedKey, Pkcs12};
pub(crate) use platform_keys::{PlatformKey, is_public_key_id};
pub use platform_keys::{PlatformKeyPreference, PlatformKeys};
pub use private_key::PrivateKey;
pub use public_key::PublicKey;
pub(crate) use serial::is_same_serial;
