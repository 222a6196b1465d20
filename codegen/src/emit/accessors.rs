//! Accessors of what a reply should have.

use super::docs;
use super::types::{self, Scope};
use crate::lower::items::{FieldItem, ObjectItem, Side, TypeItem};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// One for each member that the description calls required and that cannot be empty.
pub(super) fn accessors(object: &ObjectItem, scope: Scope<'_>) -> TokenStream {
    let fields = object
        .fields
        .iter()
        .filter(|field| object.side == Side::Reply && field.required && !field.ty.is_collection());
    let accessors: Vec<_> = fields.map(|field| accessor(field, scope)).collect();
    if accessors.is_empty() {
        return TokenStream::new();
    }
    let (name, text) = (ident(&object.name), &object.name);
    quote!(rt::accessors!(#name #text; #(#accessors)*);)
}

fn accessor(field: &FieldItem, scope: Scope<'_>) -> TokenStream {
    let deprecated = docs::deprecated(field.deprecated.as_deref());
    let name = ident(&field.name);
    let how = match &field.ty {
        TypeItem::Text => quote!(need_text & str),
        TypeItem::Integer | TypeItem::Number | TypeItem::Boolean => {
            let ty = types::plain(&field.ty, scope);
            quote!(need #ty)
        }
        TypeItem::Boxed(inner) => {
            let inner = types::plain(&TypeItem::Named(inner.clone()), scope);
            quote!(need_box &#inner)
        }
        ty => {
            let ty = types::plain(ty, scope);
            quote!(need_ref &#ty)
        }
    };
    let wire = &field.wire;
    quote!(#deprecated #name #wire #how;)
}
