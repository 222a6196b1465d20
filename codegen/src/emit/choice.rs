//! Choices between objects, which keep what is none of them.

use super::docs;
use crate::lower::enums::UNRECOGNIZED;
use crate::lower::items::ChoiceItem;
use crate::naming::ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn choice(item: &ChoiceItem) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let variants = item.alternatives.iter().map(|(variant, docs)| {
        let docs = docs::outer(docs);
        let variant = ident(variant);
        quote!(#docs #variant(#variant),)
    });
    let unrecognized = ident(UNRECOGNIZED);
    let unrecognized_docs =
        docs::line_of("An object that the description does not know, kept as it came.");
    let members = item.alternatives.iter().enumerate();
    let members = members.map(|(index, (variant, _))| {
        let index = Literal::usize_unsuffixed(index);
        let variant = ident(variant);
        quote!(#index #variant #variant)
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #[cfg_attr(feature = "partial-eq", derive(PartialEq))]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unrecognized_docs
            #unrecognized(rt::JsonValue),
        }
        rt::one_of_impls!(#name; #(#members),*);
    }
}
