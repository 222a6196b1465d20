//! The types of one request, reply or shared shape, with the steps in their modules.

use super::choice::choice;
use super::closed_enum::closed_enum;
use super::object::object;
use super::open_enum::open_enum;
use super::paging;
use super::steps::steps;
use super::types::Scope;
use crate::lower::fields::module_name;
use crate::lower::items::{Group, ObjectItem};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

/// A group of an operation: the root here, the rest in a module of its own.
pub(super) fn of_operation(group: &Group) -> TokenStream {
    let module = ident(&group.module);
    let root = group
        .root
        .as_ref()
        .map(|root| object(root, &quote!(#module::), Scope::Above(&group.module)));
    let root_steps = group.root.as_ref().map(|root| {
        let name = ident(&root.name);
        steps(root, &quote!(super::#name), Scope::Within)
    });
    let inside = nested(group);
    let inside = quote!(#root_steps #inside);
    let extra = extra(group, &quote!(#module::));
    let module = (!inside.is_empty()).then(|| {
        let docs = module_docs(group);
        quote! {
            #docs
            pub mod #module {
                use super::rt;
                #inside
            }
        }
    });
    let paged = paging::items(group, Scope::Above(&group.module));
    quote!(#root #paged #extra #module)
}

fn module_docs(group: &Group) -> TokenStream {
    let name = group
        .root
        .as_ref()
        .map_or("the reply", |root| root.name.as_str());
    let text = match &group.root {
        Some(_) => {
            format!("Types within [`{name}`], and the steps that lead to them.")
        }
        None => format!("Types within {name}."),
    };
    super::docs::line_of(&text)
}

/// A group of a shared shape: all in the shape's module.
pub(super) fn of_shape(group: &Group) -> TokenStream {
    let root = group
        .root
        .as_ref()
        .map(|root| object(root, &TokenStream::new(), Scope::Within));
    let root_steps = group.root.as_ref().map(|root| {
        let name = ident(&root.name);
        steps(root, &quote!(#name), Scope::Within)
    });
    let nested = nested(group);
    let extra = extra(group, &TokenStream::new());
    let paged = paging::items(group, Scope::Within);
    quote!(#root #paged #extra #root_steps #nested)
}

fn nested(group: &Group) -> TokenStream {
    let objects = group.objects.iter().map(nested_object);
    let enums = group.enums.iter().map(|item| match item.closed {
        true => closed_enum(item),
        false => open_enum(item),
    });
    let choices = group.choices.iter().map(choice);
    objects.chain(enums).chain(choices).collect()
}

fn nested_object(item: &ObjectItem) -> TokenStream {
    let module = ident(&module_name(&item.name));
    let name = ident(&item.name);
    let object = object(item, &quote!(#module::), Scope::Within);
    let steps = steps(item, &quote!(super::#name), Scope::Below);
    let module = (!steps.is_empty()).then(|| {
        let docs = super::docs::line_of(&format!("The steps that lead to [`{}`].", item.name));
        quote! {
            #docs
            pub mod #module {
                use super::rt;
                #steps
            }
        }
    });
    quote!(#object #module)
}

/// What the objects have for the features that want it: `PartialEq`, and `Serialize` with `Deserialize`.
fn extra(group: &Group, prefix: &TokenStream) -> Option<TokenStream> {
    let root = group.root.iter().map(|root| (root, TokenStream::new()));
    let objects: Vec<_> = root
        .chain(group.objects.iter().map(|item| (item, prefix.clone())))
        .collect();
    let path = |(item, prefix): &(&ObjectItem, TokenStream)| {
        let name = ident(&item.name);
        quote!(#prefix #name)
    };
    let equal: Vec<_> = objects.iter().map(path).collect();
    let equal = (!equal.is_empty())
        .then(|| quote!(#[cfg(feature = "partial-eq")] rt::equal_impls!(#(#equal),*);));
    let choices = group.choices.iter().map(|item| {
        let name = ident(&item.name);
        quote!(#prefix #name)
    });
    let all: Vec<_> = objects.iter().map(path).chain(choices).collect();
    (!all.is_empty()).then(|| quote!(#equal #[cfg(feature = "serde")] rt::serde_impls!(#(#all),*);))
}
