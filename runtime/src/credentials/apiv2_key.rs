//! The APIv2 key, which signs by the old rule.

use super::{Found, KeyError};
use core::fmt;
use zeroize::Zeroizing;

/// The APIv2 key: 32 bytes, set by the merchant on the merchant platform, and another one than the APIv3 key. `Debug` hides it,
/// and its memory is wiped.
///
/// ```
/// use wechatpay_runtime::Apiv2Key;
/// let key = Apiv2Key::new("84YrNbuBhOwc8fjOWOrOwd8S7Ba16j7p")?;
/// assert_eq!(format!("{key:?}"), "Apiv2Key(<hidden>)");
/// # Ok::<(), wechatpay_runtime::KeyError>(())
/// ```
#[derive(Clone)]
pub struct Apiv2Key(Zeroizing<[u8; 32]>);

impl Apiv2Key {
    /// Takes the key as it was typed on the merchant platform.
    ///
    /// # Errors
    /// Where it has not 32 bytes.
    #[inline]
    pub fn new(key: &str) -> Result<Self, KeyError> {
        match <[u8; 32]>::try_from(key.as_bytes()) {
            Ok(bytes) => Ok(Self(Zeroizing::new(bytes))),
            Err(_) => Err(KeyError::new(
                "an APIv2 key of 32 bytes",
                Found::Length(key.len()),
            )),
        }
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Apiv2Key {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Apiv2Key(<hidden>)")
    }
}
