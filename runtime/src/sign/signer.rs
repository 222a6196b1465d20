//! A signer whose key is elsewhere: in a key management service, or in a hardware module.

use crate::credentials::Algorithm;
use crate::transport::BoxFuture;
use std::sync::Arc;

/// What a signer may fail with.
pub type SignerError = Box<dyn core::error::Error + Send + Sync>;

/// A signer's work: bytes, in the end.
pub type SignerFuture<'a> = BoxFuture<'a, Result<Vec<u8>, SignerError>>;

/// Signs with a private key that the process does not hold: a key management service or a hardware module does.
///
/// A call waits for its signature as long as it may take; a signer that wants to ask twice needs a shorter limit of its own. Where it
/// fails, nothing was sent, and the call is not tried again; `Error::is_retryable` is false then, since the client cannot know whether another
/// try helps. The application may make the call again when its service is back. Where the certificate was given to the client too, each signature is checked with it, so that a key of another certificate is noticed
/// here rather than by WeChat Pay.
///
/// ```
/// use wechatpay_runtime::sign::{Signer, SignerFuture};
///
/// struct Kms { serial_no: String }
///
/// impl Kms {
///     async fn call(&self, digest_of: &[u8]) -> Result<Vec<u8>, std::io::Error> {
///         // … ask the service for RSASSA_PKCS1_V1_5_SHA_256 over these bytes …
/// #       Ok(digest_of.to_vec())
///     }
/// }
///
/// impl Signer for Kms {
///     fn serial_no(&self) -> &str {
///         &self.serial_no
///     }
///
///     fn sign<'a>(&'a self, message: &'a [u8]) -> SignerFuture<'a> {
///         Box::pin(async move { Ok(self.call(message).await?) })
///     }
/// }
///
/// # fn example(kms: Kms) {
/// let builder = wechatpay_runtime::Client::builder()
///     .mchid("1900000109")
///     .merchant_signer(kms);
/// # let _: wechatpay_runtime::ClientBuilder = builder;
/// # }
/// ```
pub trait Signer: Send + Sync + 'static {
    /// The serial number of the API certificate that the key belongs to, in hexadecimal digits.
    fn serial_no(&self) -> &str;

    /// How the key signs, which names the scheme of the header `Authorization`.
    fn algorithm(&self) -> Algorithm {
        Algorithm::Rsa
    }

    /// Signs a message, not its digest, by [`Signer::algorithm`]. The signature is given as bytes, not as base64.
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignerFuture<'a>;

    /// Opens a field that was encrypted for the key by RSA-OAEP with SHA-1 or by SM2, given as bytes, not as base64. `None` says that this
    /// signer opens none: encrypted fields of replies are then left out, and are named by the reply's drift.
    fn decrypt<'a>(&'a self, ciphertext: &'a [u8]) -> Option<SignerFuture<'a>> {
        let _ = ciphertext;
        None
    }
}

impl<S: Signer + ?Sized> Signer for Arc<S> {
    fn serial_no(&self) -> &str {
        (**self).serial_no()
    }

    fn algorithm(&self) -> Algorithm {
        (**self).algorithm()
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> SignerFuture<'a> {
        (**self).sign(message)
    }

    fn decrypt<'a>(&'a self, ciphertext: &'a [u8]) -> Option<SignerFuture<'a>> {
        (**self).decrypt(ciphertext)
    }
}
