//! What the client does when things go wrong: each fault against a read, a write with the merchant's number, and a write without.
//!
//! No test waits and none measures time: a transport of the tests' own carries each attempt, tells of it, ends attempts that hang
//! as soon as the request has arrived, and sleeps through every wait at once.

#![cfg(all(
    feature = "fund-app",
    feature = "marketing-partnerships",
    feature = "pay",
    feature = "refund"
))]

mod class;
mod dropped;
mod kind;
mod plan;
mod property;
mod rotation;
mod run;
mod table;
mod transport;
