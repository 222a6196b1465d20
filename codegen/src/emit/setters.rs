//! Setters of optional members.

use super::docs;
use super::types::{self, Scope};
use crate::lower::items::{FieldItem, ObjectItem, TypeItem};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn setters(object: &ObjectItem, scope: Scope<'_>) -> TokenStream {
    object.setters().map(|field| setter(field, scope)).collect()
}

fn setter(field: &FieldItem, scope: Scope<'_>) -> TokenStream {
    let docs = docs::outer(&field.docs);
    let deprecated = docs::deprecated(field.deprecated.as_deref());
    let name = ident(&field.name);
    let (argument, value) = argument(&field.ty, scope);
    let value = match field.ty.is_collection() {
        true => value,
        false => quote!(rt::Some(#value)),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(mut self, value: #argument) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// What a setter or step takes, and the member made of it.
pub(super) fn argument(ty: &TypeItem, scope: Scope<'_>) -> (TokenStream, TokenStream) {
    match ty {
        TypeItem::List(item) => {
            let item = types::plain(item, scope);
            (
                quote!(impl rt::IntoIterator<Item = impl rt::Into<#item>>),
                quote!(rt::list(value)),
            )
        }
        TypeItem::Map(item) => {
            let item = types::plain(item, scope);
            (
                quote!(impl rt::IntoIterator<Item = (impl rt::Into<rt::String>, impl rt::Into<#item>)>),
                quote!(rt::map(value)),
            )
        }
        // Nothing else turns into one.
        TypeItem::Boolean => (quote!(bool), quote!(value)),
        ty => {
            let ty = types::plain(ty, scope);
            (quote!(impl rt::Into<#ty>), quote!(value.into()))
        }
    }
}
