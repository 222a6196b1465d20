//! From a YAML description of WeChat Pay's API to Rust.
//!
//! [`lower`](lower()) turns the model into items, [`emit`](emit()) the items into files in memory; [`output`] writes them, or
//! tells what of them is stale.

pub mod emit;
pub mod lower;
pub mod model;
pub mod naming;
pub mod output;
pub mod view;

pub use emit::{Tree, emit};
pub use lower::{Items, LowerError, LowerErrors, lower};
pub use view::{ListedCall, list};
