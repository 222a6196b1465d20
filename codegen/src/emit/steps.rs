//! Steps: one small type for each required member of a request, each leading to the next.

use super::docs;
use super::setters::argument;
use super::types::Scope;
use crate::lower::fields::step_name;
use crate::lower::items::ObjectItem;
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// The steps to an object, whose type has this path from the module of the steps.
pub(super) fn steps(object: &ObjectItem, ty: &TokenStream, scope: Scope<'_>) -> TokenStream {
    let fields = object.steps();
    let nexts = fields.iter().skip(1).map(Some).chain([None]);
    let steps = fields.iter().zip(nexts).map(|(field, next)| {
        let step = ident(&step_name(field));
        let name = ident(&field.name);
        let docs = docs::outer(&field.docs);
        let deprecated = docs::deprecated(field.deprecated.as_deref());
        let what = docs::line_of(&format!(
            "Takes `{}` on the way to the request.",
            field.wire
        ));
        let (argument, value) = argument(&field.ty, scope);
        let (next, done) = match next {
            Some(next) => {
                let next = ident(&step_name(next));
                (quote!(#next), quote!(#next(self.0)))
            }
            None => (ty.clone(), quote!(self.0)),
        };
        quote! {
            #what
            #[must_use]
            pub struct #step(pub(super) #ty);
            impl #step {
                #docs
                #deprecated
                #[inline]
                pub fn #name(mut self, value: #argument) -> #next {
                    self.0.#name = #value;
                    #done
                }
            }
        }
    });
    steps.collect()
}
