//! The names of nested types.

use std::collections::BTreeSet;

/// The names of the types of one group.
#[derive(Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Names {
    /// Begins with the root's name, and the names that the description gives to types of the group.
    pub(super) fn new(root: &str, given: impl IntoIterator<Item = String>) -> Self {
        Self {
            given: given.into_iter().collect(),
            // A module of that name is the door to the runtime.
            taken: BTreeSet::from([root.to_owned(), "Rt".to_owned()]),
        }
    }

    /// Takes a name that the description gives; `false` if it is taken.
    pub(super) fn take_given(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes the short name if it is free, else the one with the parent's before it; `None` if that is taken too.
    pub(super) fn take(&mut self, short: &str, parent: &str) -> Option<String> {
        let long = format!("{parent}{short}");
        let name = [short.to_owned(), long]
            .into_iter()
            .find(|name| !self.given.contains(name) && !self.taken.contains(name))?;
        self.taken.insert(name.clone());
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_the_parent_before_it() {
        let mut names = Names::new("PostRequest", ["Payer".to_owned()]);
        assert_eq!(
            names.take("Detail", "PostRequest").as_deref(),
            Some("Detail")
        );
        assert_eq!(names.take("Detail", "Fee").as_deref(), Some("FeeDetail"));
        assert_eq!(names.take("Detail", "Fee"), None);
        assert_eq!(names.take("Payer", "Fee").as_deref(), Some("FeePayer"));
        assert!(names.take_given("Payer"));
        assert!(!names.take_given("Payer"));
    }
}
