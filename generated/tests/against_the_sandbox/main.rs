//! The emitted crate against the sandbox, through a real socket. One program, so that it is linked once.

#![cfg(all(
    feature = "certificates",
    feature = "pay",
    feature = "payscore",
    feature = "serde"
))]

mod fixture;
mod hosts_agree;
mod properties;
mod replies_are_lenient;
mod the_cashier_opens;
mod wire_vectors;
