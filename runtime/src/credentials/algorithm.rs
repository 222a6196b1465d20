//! The algorithms of WeChat Pay's keys.

use crate::operation::Identity;
use core::fmt;

/// The algorithms by which WeChat Pay and its merchants sign and encrypt. A key belongs to one of them, and is never used for
/// the other.
///
/// ```no_run
/// # fn example() -> Result<(), wechatpay_runtime::KeyError> {
/// use wechatpay_runtime::{Algorithm, Certificate};
///
/// let certificate = Certificate::from_file("wechatpay.pem")?;
/// match certificate.public_key().algorithm() {
///     Algorithm::Rsa => println!("for RSA"),
///     Algorithm::Sm2 => println!("for SM2 (国密)"),
///     _ => println!("for an algorithm of a later version"),
/// }
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSA: signatures by PKCS#1 v1.5 with SHA-256, encrypted fields by OAEP with SHA-1.
    Rsa,
    /// SM2, of the national algorithms (国密), signing with SM3. Keys of it are read with the feature `sm` alone.
    Sm2,
}

impl Algorithm {
    /// The scheme of a request's `Authorization` that is signed by a key of this algorithm. `None` where WeChat Pay has none: a
    /// brand signs by RSA alone.
    pub(crate) fn scheme(self, identity: Identity) -> Option<&'static str> {
        match (self, identity) {
            (Self::Rsa, Identity::Merchant) => Some("WECHATPAY2-SHA256-RSA2048"),
            (Self::Rsa, Identity::Brand) => Some("WECHATPAY-BRAND-SHA256-RSA2048"),
            (Self::Sm2, Identity::Merchant) => Some("WECHATPAY2-SM2-WITH-SM3"),
            (Self::Sm2, Identity::Brand) => None,
        }
    }

    /// Whether a scheme is one of this algorithm's.
    pub(crate) fn is_named_by(self, scheme: &str) -> bool {
        [Identity::Merchant, Identity::Brand]
            .into_iter()
            .any(|identity| self.scheme(identity) == Some(scheme))
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::Sm2 => "SM2",
        })
    }
}
