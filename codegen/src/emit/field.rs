//! The description of a path's variable, as the runtime reads it.

use crate::lower::items::Rules;
use crate::naming::ident;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// A variable of a path.
pub(super) fn variable(name: &str, described: &Rules) -> TokenStream {
    let rules = rules(described)
        .into_iter()
        .map(|(rule, argument)| quote!(.#rule(#argument)));
    quote!(rt::Field::new(#name).required() #(#rules)*)
}

/// The rules by the names of the functions that state them.
fn rules(rules: &Rules) -> Vec<(Ident, Option<Literal>)> {
    let all = [
        ("nullable", rules.nullable.then_some(None)),
        ("private", rules.private.then_some(None)),
        ("min", rules.min.map(Literal::i64_unsuffixed).map(Some)),
        ("max", rules.max.map(Literal::i64_unsuffixed).map(Some)),
        (
            "min_items",
            rules.min_items.map(Literal::u32_unsuffixed).map(Some),
        ),
        (
            "max_items",
            rules.max_items.map(Literal::u32_unsuffixed).map(Some),
        ),
        (
            "pattern",
            rules.pattern.as_deref().map(Literal::string).map(Some),
        ),
    ];
    let stated = all
        .into_iter()
        .filter_map(|(rule, argument)| Some((ident(rule), argument?)));
    stated.collect()
}
