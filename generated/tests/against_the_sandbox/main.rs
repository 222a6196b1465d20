//! The emitted crate against the sandbox, through a real socket. One program, so that it is linked once.

#![cfg(all(
    feature = "certificates",
    feature = "pay",
    feature = "payscore",
    feature = "serde"
))]

#[cfg(all(feature = "bill", feature = "files"))]
mod bills_are_whole;
mod fixture;
mod hosts_agree;
mod platform_keys;
mod properties;
mod replies_are_lenient;
mod wire_vectors;
