//! A reply before and after its signature was verified.

use super::{VerificationFailure, verify};
use crate::credentials::PlatformKeys;
use crate::error::Answer;
use crate::operation::Operation;
use bytes::Bytes;
use core::fmt;
use core::ops::{Deref, DerefMut};
use http::HeaderMap;

/// A reply as it arrived. Its body cannot be reached.
///
/// ```compile_fail
/// # fn example(unverified: wechatpay_runtime::Unverified) {
/// let body = unverified.body();
/// # }
/// ```
pub struct Unverified(Answer);

/// A reply whose signature was verified.
pub struct Verified(Answer);

/// A reply whose signature was refused, and why.
pub struct Rejected {
    failure: VerificationFailure,
    unverified: Unverified,
}

/// The leave to read a reply without a signature: only an operation that says so gives it.
pub(crate) struct Unsigned(());

impl Unsigned {
    pub(crate) fn of(operation: &Operation) -> Option<Self> {
        operation.reply_unsigned.then_some(Self(()))
    }

    /// What a link leads to is a file, and those are answered without a signature.
    pub(crate) fn of_link() -> Self {
        Self(())
    }
}

/// Why a reply was not verified by its contents.
pub(crate) enum Unopened<E> {
    /// They could not be opened.
    Contents(E),
    /// They bring no key that the reply's signature fits.
    Signature(VerificationFailure),
}

/// A reply that may be used: it was verified, or its operation is answered without a signature.
#[derive(Clone)]
pub(crate) struct Read(Answer);

impl Unverified {
    /// A reply as it arrived.
    pub fn new(status: u16, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self(Answer::new(status, headers, body.into()))
    }

    /// What has arrived.
    pub(crate) fn arrived(answer: Answer) -> Self {
        Self(answer)
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Verifies the signature, at a time in Unix seconds.
    ///
    /// # Errors
    /// Why the signature was refused, with the reply, still unverified.
    pub fn verify(self, keys: &PlatformKeys, now: u64) -> Result<Verified, Box<Rejected>> {
        match verify(keys, &self.0.headers, &self.0.body, now) {
            Ok(()) => Ok(Verified(self.0)),
            Err(failure) => Err(Box::new(Rejected {
                failure,
                unverified: self,
            })),
        }
    }

    /// Verifies a reply whose contents are sealed by a key that WeChat Pay and the merchant alone have, and bring the keys of the reply's own signature
    /// with them. What was opened is given when the signature is verified, and not before.
    pub(crate) fn verify_by_contents<T, E>(
        self,
        now: u64,
        open: impl FnOnce(&[u8]) -> Result<(PlatformKeys, T), E>,
    ) -> Result<T, Box<(Unopened<E>, Self)>> {
        let (keys, opened) = match open(&self.0.body) {
            Ok(opened) => opened,
            Err(reason) => return Err(Box::new((Unopened::Contents(reason), self))),
        };
        match verify(&keys, &self.0.headers, &self.0.body, now) {
            Ok(()) => Ok(opened),
            Err(failure) => Err(Box::new((Unopened::Signature(failure), self))),
        }
    }

    /// The reply of an operation that is answered without a signature.
    pub(crate) fn unsigned(self, _: Unsigned) -> Read {
        Read(self.0)
    }

    /// For an error alone: what was said, marked as unverified.
    pub(crate) fn into_answer(self) -> Answer {
        self.0
    }
}

impl Verified {
    /// The status.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body exactly as it was signed.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    pub(crate) fn into_read(mut self) -> Read {
        self.0.verified = true;
        Read(self.0)
    }
}

impl Rejected {
    /// Why the signature was refused.
    pub fn failure(&self) -> &VerificationFailure {
        &self.failure
    }

    pub(crate) fn into_parts(self) -> (VerificationFailure, Unverified) {
        (self.failure, self.unverified)
    }
}

impl Deref for Read {
    type Target = Answer;
    fn deref(&self) -> &Answer {
        &self.0
    }
}

impl DerefMut for Read {
    fn deref_mut(&mut self) -> &mut Answer {
        &mut self.0
    }
}

impl From<Read> for Answer {
    fn from(read: Read) -> Self {
        read.0
    }
}

fn show(answer: &Answer, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name)
        .field("status", &answer.status)
        .field("body", &format_args!("{} bytes", answer.body.len()))
        .finish_non_exhaustive()
}

impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.0, "Unverified", f)
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(&self.0, "Verified", f)
    }
}

impl fmt::Debug for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejected")
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}
