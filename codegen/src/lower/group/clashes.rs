//! Names within a group that meet in Rust.

use super::Builder;
use crate::lower::fields;
use crate::lower::items::Group;
use std::collections::BTreeSet;

impl Builder<'_, '_> {
    /// Types, steps and modules of steps share one module, so their names may not meet.
    pub(super) fn check_names(&mut self, group: &Group) {
        let mut types: BTreeSet<String> =
            group.objects.iter().map(|item| item.name.clone()).collect();
        types.extend(group.enums.iter().map(|item| item.name.clone()));
        types.extend(group.choices.iter().map(|item| item.name.clone()));
        for item in group.root.iter().chain(&group.objects) {
            let is_root = group
                .root
                .as_ref()
                .is_some_and(|root| root.name == item.name);
            let mut own = if is_root {
                types.clone()
            } else {
                BTreeSet::new()
            };
            for step in item.steps() {
                let name = fields::step_name(step);
                if !own.insert(name.clone()) {
                    self.problem(&step.wire, format!("the step of this field would be called `{name}`, which is taken: give the field `as`"));
                }
            }
        }
        let mut modules = BTreeSet::new();
        for item in &group.objects {
            let module = fields::module_name(&item.name);
            // Two types of one name were told before.
            let namesake = group
                .objects
                .iter()
                .filter(|other| other.name == item.name)
                .count()
                > 1;
            if !modules.insert(module.clone()) && !namesake {
                self.problem(&item.name, format!("two types would have the module `{module}`: give one of them another `name`"));
            }
        }
    }
}
