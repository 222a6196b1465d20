//! The emitted crate against the sandbox, through a real socket. One program, so that it is linked once.

#![cfg(all(
    feature = "certificates",
    feature = "marketing-favor",
    feature = "merchant-service",
    feature = "pay",
    feature = "payscore",
    feature = "serde"
))]

#[cfg(all(feature = "bill", feature = "files"))]
mod bills_are_whole;
mod fixture;
mod hosts_agree;
mod lists_are_read_page_by_page;
mod platform_keys;
mod properties;
mod replies_are_lenient;
mod the_cashier_opens;
mod wire_vectors;
