//! The names of nested types.

use std::collections::BTreeSet;

/// The names of the types of one group.
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Begins with the root's name.
    pub(super) fn new(root: &str) -> Self {
        Self {
            // A module of that name is the door to the runtime.
            taken: BTreeSet::from([root.to_owned(), "Rt".to_owned()]),
        }
    }

    /// Takes a name; `false` if it is taken. Nothing is renamed here: a type's name is the description's to change.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }
}
