//! From a YAML description of WeChat Pay's API to Rust.

pub mod import;
pub mod model;
pub mod naming;
pub mod write;
