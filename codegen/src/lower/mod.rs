//! From the model to items: what will be emitted, as data.
//!
//! Invariant: the names of an operation's types depend on its own description alone.

mod both_sides;
pub(crate) mod chain;
mod cycles;
pub(crate) mod docs;
pub(crate) mod enums;
mod error;
mod example;
mod features;
pub(crate) mod fields;
mod group;
pub mod items;
mod literal;
mod markdown;
mod names;
mod operation;
mod parts;
mod refuse;
mod shapes;
mod tree;
mod usage;

pub use error::{LowerError, LowerErrors};
pub use items::Items;
pub use parts::takes_request;
pub(crate) use tree::child;

use crate::model::{Api, ShapeId};
use cycles::Cycles;
use error::Problems;
use items::{Side, TypeRef};
use std::collections::BTreeSet;

/// What every pass may look at.
#[derive(Clone, Copy)]
struct Context<'a> {
    api: &'a Api,
    cycles: &'a Cycles<'a>,
    /// The shared objects that are one type, whoever uses them.
    same: &'a BTreeSet<ShapeId>,
}

impl Context<'_> {
    /// A shared object, or a choice between such, as a side sees it.
    fn shared(&self, id: &ShapeId, side: Side) -> TypeRef {
        if self.same.contains(id) {
            TypeRef::Both(id.clone())
        } else {
            TypeRef::Object(id.clone(), side)
        }
    }
}

/// Turns the model into items.
///
/// # Errors
///
/// All operations that cannot be emitted, and all names that clash, each with its place.
pub fn lower(api: &Api) -> Result<Items, LowerErrors> {
    let cycles = Cycles::of(api);
    let same = both_sides::same_on_both_sides(api);
    let context = Context {
        api,
        cycles: &cycles,
        same: &same,
    };
    let mut problems = Problems::default();
    refuse::check(api, &mut problems);
    let mut nodes = tree::nodes(context, &mut problems);
    let shapes = shapes::shared(context, &mut problems);
    example::add(&mut nodes, &shapes);
    let items = Items {
        nodes,
        shapes,
        hosts: api.hosts.clone(),
        features: features::features(api),
    };
    problems.into_result(items)
}
