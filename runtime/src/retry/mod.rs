//! What is tried again, where, and after which wait.
//!
//! | what happened | what may be tried again |
//! | --- | --- |
//! | surely not sent: no name, no connection, no TLS | any call, at the backup host at once |
//! | sent, and no answer, or none that can be trusted; a status of 5xx; `SYSTEM_ERROR` | reads, and writes that the description calls repeatable |
//! | 429 | the same, after a wait |
//! | anything else | nothing |
//!
//! An attempt gives up connecting when only 0.2 seconds of its time are left (a quarter, where its time is short): it was surely not sent. With so little
//! left of a call's time none begins, since a write that is sent and not waited for has an unknown outcome for nothing.
//!
//! Where the host at hand is left alone in the meantime ([`CircuitBreaker`]), a write that may have been carried out ends; all else passes on to
//! the backup host.
//!
//! The time of an attempt is bounded for the sake of the next one. Where none may follow an answer that does not come, the answer is waited for
//! as long as the call has left; connecting is bounded as ever.
//!
//! Each attempt has a signature of its own, and the same body, numbers, encrypted fields and `Idempotency-Key` as the first.
//! What the SDK does not try again by itself it hands back, with what is known of it: [`crate::Error::outcome`].

mod circuit;
mod hosts;
mod policy;
#[cfg(feature = "rate-limit")]
mod rate;
mod wait;

pub use circuit::CircuitBreaker;
pub(crate) use circuit::Circuits;
pub(crate) use hosts::{Hosts, Turn};
pub use policy::RetryPolicy;
#[cfg(feature = "rate-limit")]
pub use rate::RateLimit;
#[cfg(feature = "rate-limit")]
pub(crate) use rate::RateLimits;
pub(crate) use wait::Waits;
