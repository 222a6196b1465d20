//! Choices between objects.

use super::{Builder, Plan};
use crate::lower::docs;
use crate::lower::error::Problems;
use crate::lower::items::{ChoiceItem, Docs, Group};
use crate::model::Alternative;
use crate::naming;

/// Builds a group around a choice between objects.
pub(in crate::lower) fn choice<'a>(
    plan: Plan<'a>,
    docs: Docs,
    alternatives: &'a [Alternative],
    problems: &mut Problems,
) -> Group {
    let mut builder = Builder::new(plan, problems);
    let name = builder.plan.root.clone();
    builder.choice(name, docs, alternatives, "");
    builder.nested();
    builder.finish(None)
}

impl<'a> Builder<'a, '_> {
    pub(super) fn choice(
        &mut self,
        name: String,
        docs: Docs,
        alternatives: &'a [Alternative],
        path: &str,
    ) {
        let mut variants = Vec::new();
        for one in alternatives {
            let variant = naming::type_name(&one.name);
            if !self.names.take(&variant) {
                let message = format!(
                    "another type here is called `{variant}`: give the alternative another `name`"
                );
                self.problem(path, message);
            }
            let docs = docs::alternative(one);
            variants.push((variant.clone(), docs.clone()));
            self.open
                .push_back((variant, path.to_owned(), docs, &one.object));
        }
        self.choices.push(ChoiceItem {
            name,
            docs,
            alternatives: variants,
        });
    }
}
