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
    let docs = docs::literal(&field.docs);
    let deprecated = docs::deprecated(field.deprecated.as_deref());
    let name = ident(&field.name);
    let ty = argument(&field.ty, scope);
    quote!(rt::setter!(#deprecated #docs, #name: #ty);)
}

/// The type that a setter or step takes, as the runtime's macros read it.
pub(super) fn argument(ty: &TypeItem, scope: Scope<'_>) -> TokenStream {
    match ty {
        TypeItem::List(item) => {
            let item = types::plain(item, scope);
            quote!(list #item)
        }
        TypeItem::Map(item) => {
            let item = types::plain(item, scope);
            quote!(map #item)
        }
        // Nothing else turns into these but what a literal could be taken for: `impl Into<i64>` makes an `i32` of it.
        TypeItem::Integer | TypeItem::Boolean => {
            let ty = types::plain(ty, scope);
            quote!(plain #ty)
        }
        ty => types::plain(ty, scope),
    }
}
