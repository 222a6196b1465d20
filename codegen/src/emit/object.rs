//! A struct, its description for the runtime, and how it is made and read.

use super::docs;
use super::types::{self, Scope};
use super::{accessors, field, setters};
use crate::lower::fields::step_name;
use crate::lower::items::{ObjectItem, Side};
use crate::naming::ident;
use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// An object whose steps are in a module with this path, which ends in `::`.
pub(super) fn object(object: &ObjectItem, steps: &TokenStream, scope: Scope<'_>) -> TokenStream {
    let structure = structure(object, scope);
    let shape = shape(object);
    let methods = methods(object, steps, scope);
    let value = value(object);
    let members = members(object);
    quote!(#structure #shape #methods #value #members)
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

fn shape_name(object: &ObjectItem) -> Ident {
    ident(&object.name.to_shouty_snake_case())
}

fn shape(object: &ObjectItem) -> TokenStream {
    let (constant, name) = (shape_name(object), &object.name);
    let fields = object.fields.iter().map(field::member);
    let groups = object
        .exactly_one
        .iter()
        .map(|group| quote!(&[#(#group),*]));
    let groups = (!object.exactly_one.is_empty()).then(|| quote!(.exactly_one(&[#(#groups),*])));
    quote! {
        static #constant: rt::Shape = rt::Shape::new(#name, &[#(#fields),*]) #groups;
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

/// The members that are there from the first step on have no default; all others have the runtime's implementation.
fn value(object: &ObjectItem) -> TokenStream {
    if object.has_default() {
        return TokenStream::new();
    }
    let name = ident(&object.name);
    let fields = object.fields.iter().map(|field| {
        let name = ident(&field.name);
        quote!(#name: rt::Value::empty(),)
    });
    quote! {
        impl rt::Value for #name {
            fn empty() -> Self {
                Self { #(#fields)* }
            }
            fn view(&self) -> rt::View<'_> {
                rt::View::Object(self)
            }
            fn slot(&mut self) -> rt::Slot<'_> {
                rt::Slot::Object(self)
            }
        }
    }
}

fn members(object: &ObjectItem) -> TokenStream {
    let (constant, name) = (shape_name(object), ident(&object.name));
    let indices = || (0..object.fields.len()).map(Literal::usize_unsuffixed);
    let names = || object.fields.iter().map(|field| ident(&field.name));
    let (read, read_names) = (indices(), names());
    let (write, write_names) = (indices(), names());
    quote! {
        impl rt::Object for #name {
            fn shape(&self) -> &'static rt::Shape {
                &#constant
            }
            fn get(&self, index: usize) -> rt::Option<&dyn rt::Value> {
                rt::Some(match index {
                    #(#read => &self.#read_names,)*
                    _ => return rt::None,
                })
            }
            fn get_mut(&mut self, index: usize) -> rt::Option<&mut dyn rt::Value> {
                rt::Some(match index {
                    #(#write => &mut self.#write_names,)*
                    _ => return rt::None,
                })
            }
        }
    }
}
