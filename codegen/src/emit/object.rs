//! A struct, its description for the runtime, and how it is made and read.

use super::docs;
use super::types::{self, Scope};
use super::{accessors, describe, setters};
use crate::lower::fields::step_name;
use crate::lower::items::{ObjectItem, Side};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// As many members as the runtime's tuples hold; more come in several of them.
const MOST_IN_A_TUPLE: usize = 16;

/// An object whose steps are in a module with this path, which ends in `::`.
pub(super) fn object(object: &ObjectItem, steps: &TokenStream, scope: Scope<'_>) -> TokenStream {
    let structure = structure(object, scope);
    let methods = methods(object, steps, scope);
    let members = members(object);
    quote!(#structure #methods #members)
}

fn structure(object: &ObjectItem, scope: Scope<'_>) -> TokenStream {
    let docs = docs::outer(&object.docs);
    let name = ident(&object.name);
    let fields = object.fields.iter().map(|field| {
        let docs = docs::outer(&field.docs);
        let name = ident(&field.name);
        let ty = types::member(object, field, scope);
        quote!(#docs pub #name: #ty,)
    });
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

fn methods(object: &ObjectItem, steps: &TokenStream, scope: Scope<'_>) -> TokenStream {
    if object.side == Side::Reply {
        return accessors::accessors(object, scope);
    }
    let name = ident(&object.name);
    let first = object.steps().first().map(|first| {
        let step = ident(&step_name(first));
        quote!(#steps #step)
    });
    let setters = setters::setters(object, scope);
    quote!(impl #name { rt::begin!(#first); #setters })
}

/// What the runtime needs of it: the description as a text, and the members in its order.
fn members(object: &ObjectItem) -> TokenStream {
    let (name, shown) = (ident(&object.name), &object.name);
    let text = describe::object(object);
    let patterned = object
        .fields
        .iter()
        .any(|field| field.rules.pattern.is_some());
    let how = ident(if patterned { "patterned" } else { "plain" });
    let fields: Vec<_> = object
        .fields
        .iter()
        .map(|field| ident(&field.name))
        .collect();
    let groups = fields
        .chunks(MOST_IN_A_TUPLE)
        .map(|fields| quote!([#(#fields)*]));
    let default = object
        .has_default()
        .then(|| quote!(rt::default_impl!(#name);));
    quote!(rt::object_impls!(#name #shown #how #text; #(#groups)*); #default)
}
