//! The national algorithms (国密): SM2 keys, and resources sealed by SM4-GCM. Behind the feature `sm`.
//!
//! Keys and certificates choose them: see [`PrivateKey`](crate::PrivateKey).

mod private_key;
mod public_key;
mod random;
mod seal;

pub(crate) use private_key::Sm2PrivateKey;
pub(crate) use public_key::Sm2PublicKey;
pub(crate) use seal::open;

/// Whom a signature names, by the standard and by WeChat Pay's documentation.
const USER_ID: &str = "1234567812345678";

#[cfg(test)]
mod tests;
