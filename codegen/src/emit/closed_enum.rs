//! Enumerations of which no other value can come.

use super::docs;
use super::open_enum::{form, values, variants};
use crate::lower::items::EnumItem;
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn closed_enum(item: &EnumItem) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let (form, variants, values) = (form(item), variants(item), values(item));
    let first = item.variants.first().map(|variant| ident(&variant.name));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum #name {
            #variants
        }
        rt::closed_enum_impls!(#name #form #first; #values);
    }
}
