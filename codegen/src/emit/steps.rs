//! Steps: one small type for each required member of a request, each leading to the next.

use super::docs;
use super::setters::argument;
use super::types::Scope;
use crate::lower::fields::step_name;
use crate::lower::items::{FieldItem, ObjectItem};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// The steps to an object, whose type has this path from the module of the steps.
pub(super) fn steps(object: &ObjectItem, ty: &TokenStream, scope: Scope<'_>) -> TokenStream {
    let fields = object.steps();
    let nexts = fields.iter().skip(1).map(Some).chain([None]);
    let steps = fields.iter().zip(nexts);
    steps
        .map(|(field, next)| step(field, next.copied(), ty, scope))
        .collect()
}

fn step(
    field: &FieldItem,
    next: Option<&FieldItem>,
    object: &TokenStream,
    scope: Scope<'_>,
) -> TokenStream {
    let step = ident(&step_name(field));
    let name = ident(&field.name);
    let docs = docs::literal(&field.docs);
    let deprecated = docs::deprecated(field.deprecated.as_deref());
    let ty = argument(&field.ty, scope);
    let next = next.map(|next| {
        let next = ident(&step_name(next));
        quote!(-> #next)
    });
    quote!(rt::step!(#step(#object) #next, #deprecated #docs, #name: #ty);)
}
