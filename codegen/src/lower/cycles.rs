//! Which shapes hold themselves: a struct that does needs a `Box`.

use super::usage::each_ref;
use crate::model::{Api, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// What each shape holds without a list or a map between, at any depth.
pub(super) struct Cycles<'a> {
    held: BTreeMap<&'a ShapeId, BTreeSet<&'a ShapeId>>,
}

impl<'a> Cycles<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut direct: BTreeMap<&ShapeId, BTreeSet<&ShapeId>> = BTreeMap::new();
        for (id, shape) in &api.shapes {
            let held = direct.entry(id).or_default();
            each_ref(&shape.schema, false, &mut |id| {
                held.insert(id);
            });
        }
        let held = direct.keys().map(|id| (*id, reach(&direct, id))).collect();
        Self { held }
    }

    /// Whether a shape holds another, or itself.
    pub(super) fn holds(&self, outer: &ShapeId, inner: &ShapeId) -> bool {
        self.held
            .get(outer)
            .is_some_and(|held| held.contains(inner))
    }
}

fn reach<'a>(
    direct: &BTreeMap<&'a ShapeId, BTreeSet<&'a ShapeId>>,
    from: &ShapeId,
) -> BTreeSet<&'a ShapeId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<_> = direct.get(from).into_iter().flatten().copied().collect();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(direct.get(id).into_iter().flatten());
        }
    }
    found
}
