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
    fields.map(|field| accessor(object, field, scope)).collect()
}

fn accessor(object: &ObjectItem, field: &FieldItem, scope: Scope<'_>) -> TokenStream {
    let docs = docs::line_of(&format!("`{}`, or an error that names it.", field.wire));
    let deprecated = docs::deprecated(field.deprecated.as_deref());
    let name = ident(&field.name);
    let (ty, value) = match &field.ty {
        TypeItem::Text => (quote!(&str), quote!(self.#name.as_deref())),
        TypeItem::Integer | TypeItem::Number | TypeItem::Boolean => {
            (types::plain(&field.ty, scope), quote!(self.#name))
        }
        TypeItem::Boxed(inner) => {
            let inner = types::plain(&TypeItem::Named(inner.clone()), scope);
            (quote!(&#inner), quote!(self.#name.as_deref()))
        }
        ty => {
            let ty = types::plain(ty, scope);
            (quote!(&#ty), quote!(self.#name.as_ref()))
        }
    };
    let (owner, wire) = (&object.name, &field.wire);
    quote! {
        #docs
        #deprecated
        pub fn #name(&self) -> rt::Result<#ty, rt::MissingField> {
            rt::need(#value, #owner, #wire)
        }
    }
}
