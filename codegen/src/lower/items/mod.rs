//! What will be emitted, as data: chain nodes, operations, types, shared shapes, hosts, features.
//!
//! Names here are final and are without `r#`; documentation is Markdown, a string a line. What later kinds of operations
//! need (uploads, XML, events) gets fields and variants of its own beside these.

mod docs;
mod node;
mod operation;
mod shapes;
mod types;

pub use docs::Docs;
pub use node::{Child, Node, PathVariable, Shorthand};
pub use operation::{Carried, Example, OperationItem, Root};
pub use shapes::{ShapeFile, SharedShapes};
pub use types::{
    ChoiceItem, EnumItem, FieldItem, Form, Group, Known, ObjectItem, Place, Rules, Side, TypeItem,
    TypeRef, Variant,
};

use crate::model::HostFamily;
use std::collections::{BTreeMap, BTreeSet};

/// The products that a piece of code belongs to; it is compiled when one of their features is on.
pub type Products = BTreeSet<String>;

/// Everything that will be emitted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Items {
    /// The nodes of the chain, by their modules from the root: `["v3", "payscore"]`.
    pub nodes: BTreeMap<Vec<String>, Node>,
    /// The shared shapes by product.
    pub shapes: BTreeMap<String, SharedShapes>,
    /// The host families by name.
    pub hosts: BTreeMap<String, HostFamily>,
    /// The products that have operations.
    pub features: BTreeMap<String, Feature>,
}

/// A product as a Cargo feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feature {
    /// The product's official name.
    pub title: String,
    /// What it is about, in English.
    pub summary: String,
    /// Whether it is on by default.
    pub default: bool,
    /// How many operations it has.
    pub operations: usize,
}

impl Items {
    /// How many operations there are.
    pub fn operations(&self) -> usize {
        self.nodes.values().map(|node| node.operations.len()).sum()
    }

    /// How many types requests, replies and shared shapes have together.
    pub fn types(&self) -> usize {
        let operations = self.nodes.values().flat_map(|node| &node.operations);
        let own = operations
            .flat_map(|operation| [&operation.request, &operation.reply])
            .flatten();
        let shared = self.shapes.values().flat_map(SharedShapes::files);
        own.map(Root::types).sum::<usize>() + shared.map(|file| file.group.types()).sum::<usize>()
    }
}
