//! Other readers of the model: what they show is not Rust.

mod list;

pub use list::{ListedCall, list};
