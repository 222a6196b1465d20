//! The APIv3 key, which seals resources.

use super::{Found, KeyError};
use core::fmt;
use zeroize::Zeroizing;

/// The APIv3 key: 32 bytes, set by the merchant on the merchant platform. `Debug` hides it, and its memory is wiped.
#[derive(Clone)]
pub struct Apiv3Key(Zeroizing<[u8; 32]>);

impl Apiv3Key {
    /// Takes the key as it was typed on the merchant platform.
    ///
    /// # Errors
    /// Where it has not 32 bytes.
    #[inline]
    pub fn new(key: &str) -> Result<Self, KeyError> {
        match <[u8; 32]>::try_from(key.as_bytes()) {
            Ok(bytes) => Ok(Self(Zeroizing::new(bytes))),
            Err(_) => Err(KeyError::new(
                "an APIv3 key of 32 bytes",
                Found::Length(key.len()),
            )),
        }
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Apiv3Key {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Apiv3Key(<hidden>)")
    }
}
