//! The description of a member, as the runtime reads it.

use crate::lower::items::{FieldItem, Place, Rules};
use crate::naming::ident;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// A member with its place and rules, as the runtime's macro reads it: `appid max(32)`.
pub(super) fn member(field: &FieldItem) -> TokenStream {
    let name = ident(&field.name);
    let wire = (name != field.wire).then_some(&field.wire);
    let place = match field.place {
        Place::Body => TokenStream::new(),
        Place::Query => quote!(place(rt::Place::Query)),
        Place::Header => quote!(place(rt::Place::Header)),
        Place::Form => quote!(place(rt::Place::Form)),
    };
    let required = field.required.then(|| quote!(required));
    let rules = rules(&field.rules).into_iter().map(|(rule, argument)| {
        let argument = argument.map(|argument| quote!((#argument)));
        quote!(#rule #argument)
    });
    quote!(#name #wire #place #required #(#rules)*)
}

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
