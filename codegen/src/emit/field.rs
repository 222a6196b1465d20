//! The description of a member, as the runtime reads it.

use crate::lower::items::{FieldItem, Place, Rules};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A member with its place and rules.
pub(super) fn member(field: &FieldItem) -> TokenStream {
    let place = match field.place {
        Place::Body => TokenStream::new(),
        Place::Query => quote!(.place(rt::Place::Query)),
        Place::Header => quote!(.place(rt::Place::Header)),
    };
    described(&field.wire, place, field.required, &field.rules)
}

/// A variable of a path.
pub(super) fn variable(name: &str, rules: &Rules) -> TokenStream {
    described(name, TokenStream::new(), true, rules)
}

fn described(name: &str, place: TokenStream, required: bool, rules: &Rules) -> TokenStream {
    let required = required.then(|| quote!(.required()));
    let nullable = rules.nullable.then(|| quote!(.nullable()));
    let private = rules.private.then(|| quote!(.private()));
    let min = rules.min.map(number).map(|min| quote!(.min(#min)));
    let max = rules.max.map(number).map(|max| quote!(.max(#max)));
    let min_items = rules.min_items.map(Literal::u32_unsuffixed);
    let min_items = min_items.map(|min| quote!(.min_items(#min)));
    let max_items = rules.max_items.map(Literal::u32_unsuffixed);
    let max_items = max_items.map(|max| quote!(.max_items(#max)));
    let pattern = rules.pattern.as_ref().map(|text| quote!(.pattern(#text)));
    quote! {
        rt::Field::new(#name) #place #required #nullable #private #min #max #min_items #max_items #pattern
    }
}

fn number(value: i64) -> Literal {
    Literal::i64_unsuffixed(value)
}
