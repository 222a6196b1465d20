//! Enumerations that keep values which are not known.

use super::docs;
use crate::lower::enums::UNRECOGNIZED;
use crate::lower::items::{EnumItem, Form};
use crate::naming::ident;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) fn open_enum(item: &EnumItem) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let variants = variants(item);
    let unrecognized = ident(UNRECOGNIZED);
    let unrecognized_docs =
        docs::line_of("A value that the description does not know, kept as it came.");
    let form = (item.form != Form::Text).then(|| form(item));
    let values = values(item);
    quote! {
        #docs
        #[non_exhaustive]
        pub enum #name {
            #variants
            #unrecognized_docs
            #unrecognized(rt::String),
        }
        rt::open_enum_impls!(#name #form; #values);
    }
}

/// The variants of the known values.
pub(super) fn variants(item: &EnumItem) -> TokenStream {
    let variants = item.variants.iter().map(|variant| {
        let docs = docs::outer(&variant.docs);
        let name = ident(&variant.name);
        quote!(#docs #name,)
    });
    variants.collect()
}

/// The variants with their texts, as the runtime's macros read them.
pub(super) fn values(item: &EnumItem) -> TokenStream {
    let values = item.variants.iter().map(|variant| {
        let (name, text) = (ident(&variant.name), &variant.value);
        quote!(#name #text)
    });
    quote!(#(#values)*)
}

/// How it is written in JSON, by the name that the runtime has for it.
pub(super) fn form(item: &EnumItem) -> Ident {
    ident(match item.form {
        Form::Text => "Text",
        Form::Integer => "Integer",
        Form::Boolean => "Boolean",
    })
}
