//! What the tests of the sandbox share: a small API, a client that signs, and a check of what comes back.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

pub mod api;
pub mod client;
