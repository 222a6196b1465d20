//! From a YAML description of WeChat Pay's API to Rust.
//!
//! [`read_dir`] reads a description from a folder, [`read_sources`] from memory. Either gives the checked [`model::Api`], or a
//! [`Report`] of all that is wrong, each with its place.

mod check;
mod diagnostic;
pub mod import;
pub mod model;
pub mod naming;
mod read;
mod source;
pub mod write;

pub use diagnostic::{Diagnostic, Label, Position, Report, Severity, Span};
pub use source::{Checked, check_dir, check_sources, read_dir, read_sources};
