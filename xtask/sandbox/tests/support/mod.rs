//! What the tests of the sandbox share: small APIs, a client that signs and uploads, and a check of what comes back.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

pub mod api;
pub mod client;
pub mod described;
pub mod example_request;
pub mod upload;
