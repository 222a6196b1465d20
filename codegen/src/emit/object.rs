//! A struct, its description for the runtime, and how it is made and read.

use super::docs;
use super::types::{self, Scope};
use super::{accessors, field, setters};
use crate::lower::fields::step_name;
use crate::lower::items::{ObjectItem, Side};
use crate::naming::ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

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
    let default = object.has_default().then(|| quote!(Default,));
    let fields = object.fields.iter().map(|field| {
        let docs = docs::outer(&field.docs);
        let name = ident(&field.name);
        let ty = types::member(object, field, scope);
        quote!(#docs pub #name: #ty,)
    });
    quote! {
        #docs
        #[derive(Clone, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

fn methods(object: &ObjectItem, steps: &TokenStream, scope: Scope<'_>) -> TokenStream {
    let name = ident(&object.name);
    let inside = match object.side {
        Side::Request => {
            let new = new(object, steps);
            let setters = setters::setters(object, scope);
            quote!(#new #setters)
        }
        Side::Reply => accessors::accessors(object, scope),
    };
    if inside.is_empty() {
        return TokenStream::new();
    }
    quote!(impl #name { #inside })
}

fn new(object: &ObjectItem, steps: &TokenStream) -> TokenStream {
    match object.steps().first() {
        Some(first) => {
            let docs =
                docs::line_of("Begins with the first required field; the last one ends the steps.");
            let step = ident(&step_name(first));
            quote! {
                #docs
                #[inline]
                pub fn new() -> #steps #step {
                    #steps #step(rt::Value::empty())
                }
            }
        }
        None => {
            let docs = docs::line_of("With nothing set.");
            quote! {
                #docs
                #[inline]
                pub fn new() -> Self {
                    rt::Value::empty()
                }
            }
        }
    }
}

/// What the runtime needs of it: the members with their indices and rules.
fn members(object: &ObjectItem) -> TokenStream {
    let name = ident(&object.name);
    let groups = object
        .exactly_one
        .iter()
        .map(|group| quote!(&[#(#group),*]));
    let groups = (!object.exactly_one.is_empty()).then(|| quote!(exactly_one &[#(#groups),*]));
    let members = object.fields.iter().enumerate().map(|(index, field)| {
        let index = Literal::usize_unsuffixed(index);
        let member = field::member(field);
        quote!(#index #member)
    });
    quote!(rt::object_impls!(#name #groups; #(#members),*);)
}
