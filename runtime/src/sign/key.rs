//! The key that an identity signs with: in this process, or elsewhere.

use super::{SignError, Signer};
use crate::call::{Slowly, slowly};
use crate::credentials::{Algorithm, PrivateKey, PublicKey};
use crate::transport::{Bound, BoxFuture, bounded};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use std::sync::Arc;
use zeroize::{Zeroize, Zeroizing};

/// The key that an identity signs with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SigningKey {
    /// In this process: it signs at once.
    Local(PrivateKey),
    /// Elsewhere: it is asked.
    Remote(RemoteKey),
}

/// A key that a [`Signer`] holds.
#[derive(Clone)]
pub struct RemoteKey {
    signer: Arc<dyn Signer>,
    check: Option<PublicKey>,
    /// Asks for a signature: a function that is named where a remote key is made, so that other programs do not carry it.
    slowly: Slowly,
    asking: for<'a> fn(&'a Self, &'a [u8], Bound<'a>) -> Asking<'a>,
}

/// A signature as base64 that was asked for.
type Asking<'a> = BoxFuture<'a, Result<String, SignError>>;

impl SigningKey {
    /// How the key signs.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Local(key) => key.algorithm(),
            Self::Remote(remote) => remote.algorithm(),
        }
    }

    /// The signature over a message, as base64. A key elsewhere is waited for no longer than the bound.
    ///
    /// # Errors
    /// Where the crypto library or the remote signer could not sign.
    pub(crate) async fn sign(&self, message: &[u8], bound: Bound<'_>) -> Result<String, SignError> {
        match self {
            Self::Local(key) => Ok(key.sign(message)?),
            Self::Remote(remote) => remote.sign(message, bound).await,
        }
    }
}

impl RemoteKey {
    /// Takes a signer, and the public key that its signatures are checked with, where it is known.
    pub fn new(signer: Arc<dyn Signer>, check: Option<PublicKey>) -> Self {
        Self {
            signer,
            check,
            slowly,
            asking: |key, message, bound| Box::pin(key.within(message, bound)),
        }
    }

    pub(crate) fn checked_by(self, check: Option<PublicKey>) -> Self {
        Self { check, ..self }
    }

    /// How a request is begun that it signs.
    pub(crate) fn slowly(&self) -> Slowly {
        self.slowly
    }

    pub(crate) fn serial_no(&self) -> &str {
        self.signer.serial_no()
    }

    pub(crate) fn algorithm(&self) -> Algorithm {
        self.signer.algorithm()
    }

    /// The signature over a message, as base64.
    pub(crate) fn sign<'a>(&'a self, message: &'a [u8], bound: Bound<'a>) -> Asking<'a> {
        (self.asking)(self, message, bound)
    }

    async fn within(&self, message: &[u8], bound: Bound<'_>) -> Result<String, SignError> {
        let signed = bounded(bound, self.asked(message)).await;
        signed.unwrap_or(Err(SignError::TooSlow))
    }

    async fn asked(&self, message: &[u8]) -> Result<String, SignError> {
        let signed = self.signer.sign(message).await;
        let signature = signed.map_err(SignError::Remote)?;
        match &self.check {
            Some(key) if !key.verifies(message, &signature) => Err(SignError::OtherKey),
            _ => Ok(STANDARD.encode(signature)),
        }
    }

    /// The plain text of an encrypted field; `None` where the signer does not open it, which the log tells.
    pub(crate) async fn decrypt(&self, ciphertext: &str) -> Option<Zeroizing<String>> {
        let sealed = STANDARD.decode(ciphertext).ok()?;
        let Some(opening) = self.signer.decrypt(&sealed) else {
            tracing::warn!("a reply has encrypted fields, and the signer opens none");
            return None;
        };
        let plain = match opening.await {
            Ok(plain) => plain,
            Err(error) => {
                let error: &dyn core::error::Error = &*error;
                tracing::warn!(error, "the signer did not open an encrypted field");
                return None;
            }
        };
        match String::from_utf8(plain) {
            Ok(text) => Some(Zeroizing::new(text)),
            Err(error) => {
                error.into_bytes().zeroize();
                None
            }
        }
    }
}

impl fmt::Debug for RemoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteKey")
            .field("serial_no", &self.signer.serial_no())
            .field("checked", &self.check.is_some())
            .finish_non_exhaustive()
    }
}
