//! From items to files: formatted, compared with the disk; only what changed is written.
//!
//! Invariant: files that the generator did not emit are never touched, and nothing is written while anything is wrong.

mod apply;
mod disk;
mod error;
mod features;
mod header;
mod render;

pub use apply::{Stale, Staleness, Summary, check, write};
pub use error::OutputError;
pub use features::replace_between;
pub use render::render;
