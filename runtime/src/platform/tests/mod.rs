//! The store in a world whose clock, network and background are the tests' own.

mod fetching;
mod persistence;
mod renewing;
mod unknown_serials;
mod world;
