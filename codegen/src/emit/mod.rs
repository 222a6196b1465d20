//! From items to Rust: one artefact a file.
//!
//! Invariant: emitted code takes no name from a prelude. Chain nodes are called `Sync`, `Result`, `Option`; types that the
//! code itself needs come from the runtime's one door, `rt`.

mod accessors;
mod calls;
mod children;
mod choice;
mod closed_enum;
mod describe;
mod docs;
mod features;
mod field;
mod gate;
mod group;
mod hosts;
mod manifest;
mod node;
mod object;
mod open_enum;
mod operation;
mod paging;
mod products;
mod roots;
mod setters;
mod shapes;
mod shorthand;
mod steps;
mod tree;
mod types;

pub use calls::calls;
pub use tree::{Artefact, Content, Tree};

/// Where the list of emitted files is, from the root of the generated crate.
pub fn manifest_path() -> &'static str {
    manifest::PATH
}

use crate::lower::Items;

/// Where the table of products is, from the root of the generated crate.
pub fn products_path() -> &'static str {
    products::PATH
}

/// The files that the items become, not yet formatted.
pub fn emit(items: &Items) -> Tree<'_> {
    let mut tree = Tree::default();
    node::files(items, &mut tree);
    shapes::files(items, &mut tree);
    hosts::file(items, &mut tree);
    roots::file(items, &mut tree);
    products::file(items, &mut tree);
    manifest::file(&mut tree);
    tree.features = features::table(items);
    tree
}
