//! From a YAML description of WeChat Pay's API to Rust.
//!
//! [`read_dir`] reads a description from a folder, [`read_sources`] from memory. Either gives the checked [`model::Api`], or a
//! [`Report`] of all that is wrong, each with its place. [`lower`](lower()) turns the model into items, [`emit`](emit()) the
//! items into files in memory; [`output`] writes them, or tells what of them is stale. [`import`] makes a model from facts,
//! [`mod@write`] prints one as YAML.

mod check;
mod diagnostic;
pub mod emit;
pub mod import;
pub mod lower;
pub mod model;
pub mod naming;
mod numbered;
pub mod output;
mod read;
mod source;
pub mod view;
pub mod write;

pub use diagnostic::{Diagnostic, Label, Position, Report, Severity, Span};
pub use emit::{Tree, emit, products_path};
pub use lower::{Items, LowerError, LowerErrors, lower};
pub use source::{Checked, check_dir, check_sources, read_dir, read_sources};
pub use view::{ListedCall, list};
