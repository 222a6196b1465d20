//! WeChat Pay's keys while a client runs: one store a family of hosts serves replies, notifications and encryption.
//!
//! Readers take an immutable snapshot. Where the keys are platform certificates that the client fetches by itself, a renewal puts a new snapshot in the
//! place of the old one, when the new keys are verified and not before.
//!
//! Invariant: a store without a renewal never asks for certificates. Nothing holds a lock over an await.

mod answer;
mod automatic;
mod keeper;
mod kept;
mod outside;
mod plan;
mod renewal;
mod saved;
mod store;
#[cfg(test)]
mod tests;
mod waiting;

pub use automatic::AutomaticCertificates;
pub(crate) use outside::Outside;
pub(crate) use store::Learning;
pub use store::PlatformKeyStore;
