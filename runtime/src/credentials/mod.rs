//! Keys, certificates and identities.

mod apiv2_key;
mod apiv3_key;
mod armor;
mod certificate;
mod forms;
mod inspect;
mod key_error;
mod platform_keys;
mod private_key;
mod public_key;
mod serial;

pub use apiv2_key::Apiv2Key;
pub use apiv3_key::Apiv3Key;
pub use certificate::Certificate;
pub use key_error::{Found, KeyError};
pub(crate) use platform_keys::PlatformKey;
pub use platform_keys::PlatformKeys;
pub use private_key::PrivateKey;
pub use public_key::PublicKey;
pub(crate) use serial::is_same_serial;
