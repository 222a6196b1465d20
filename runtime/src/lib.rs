//! What every call of the generated SDK rests on: credentials, signing, verification, encryption, transport.
//!
//! Applications use the crate `wechatpay-openapi`, which re-exports what is needed from here.
//!
//! A call flows one way: a request (described by [`value`]) is checked, written, signed, sent; the reply is received as
//! [`Unverified`], verified, and read into its type. Whatever fails is an [`Error`] that says what is known of the outcome.
//!
//! Functions that a plain call does not reach are `#[inline]`, whatever their size: so they are compiled into the programs that call them and
//! into no others. The linker takes unreached functions out by itself, but not the tables by which panics pass through them.

#[cfg(test)]
extern crate self as wechatpay_runtime;

#[cfg(feature = "files")]
pub mod bill;
#[cfg(feature = "blocking")]
pub mod blocking;
mod by_name;
mod call;
pub mod cashier;
/// Lists of certificates, as the integration tests have them.
#[cfg(test)]
#[path = "../tests/promises/support/certificates.rs"]
mod certificates;
mod check;
mod client;
mod config;
pub mod credentials;
mod cut;
mod digest;
#[cfg(feature = "files")]
pub mod download;
mod drift;
pub mod emitted;
pub mod encrypt;
mod error;
/// The example types of the integration tests, which name the crate as generated code does.
#[cfg(test)]
#[path = "../tests/promises/support/example.rs"]
#[allow(dead_code)]
mod example;
mod excerpt;
mod http_date;
/// The keys of the vectors, as the integration tests have them.
#[cfg(test)]
#[path = "../tests/promises/support/keys.rs"]
#[allow(dead_code)]
mod keys;
mod location;
mod merchants;
mod observe;
pub mod operation;
mod outlined;
mod paging;
mod percent;
mod platform;
mod read;
mod reply;
pub mod retry;
pub mod sign;
#[cfg(feature = "sm")]
mod sm;
pub mod transport;
pub mod value;
pub mod verify;
mod write;

#[cfg(feature = "files")]
pub use bill::Bill;
pub use call::{Call, Items, Pages, RawReply, RawRequest, Sending};
pub use check::{Rule, Violation};
pub use client::{Client, ClientBuilder, Expiry};
pub use config::Config;
pub use credentials::{
    Algorithm, Apiv2Key, Apiv3Key, Certificate, KeyError, PlatformKeyPreference, PlatformKeys,
    PrivateKey, PublicKey,
};
#[cfg(feature = "files")]
pub use download::{Download, Link};
pub use drift::{Drift, DriftKind};
pub use error::{
    ClockSkew, DownloadFailure, Error, ErrorCode, ErrorKind, Outcome, Retryable, TransportFailure,
};
pub use merchants::{Merchants, UnknownMerchant};
pub use observe::{Attempt, AttemptEnd};
pub use operation::{Host, Identity, Method};
pub use paging::Paged;
pub use platform::{AutomaticCertificates, PlatformKeyStore};
pub use reply::Reply;
#[cfg(feature = "rate-limit")]
pub use retry::RateLimit;
pub use retry::{CircuitBreaker, RetryPolicy};
pub use value::{
    CompactDateTime, Date, DateError, DateTime, File, FileContent, JsonText, MissingField,
    Sensitive, UrlEncoded,
};
pub use verify::{Rejected, Unverified, VerificationFailure, Verified};
