//! The functions that stand for the POST of a node below: `sync(&wxpay, "…", &request)`.

use super::{docs, gate};
use crate::lower::items::{Child, Node, PathVariable, Products, Shorthand};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn functions(node: &Node) -> TokenStream {
    let children = node.children.iter();
    let functions =
        children.filter_map(|child| Some(function(node, child, child.shorthand.as_ref()?)));
    functions.collect()
}

fn function(node: &Node, child: &Child, shorthand: &Shorthand) -> TokenStream {
    let gate = gate::gate(&Products::from([shorthand.product.clone()]), &node.products);
    let docs = docs::outer(&shorthand.docs);
    let deprecated = docs::deprecated(shorthand.deprecated.as_deref());
    let quiet = shorthand
        .deprecated
        .is_some()
        .then(|| quote!(#[allow(deprecated)]));
    let module = ident(&child.module);
    let ty = ident(&child.type_name);
    let all: Vec<&PathVariable> = node.variables.iter().chain(&child.variable).collect();
    let members = all.iter().map(|variable| {
        let name = ident(&variable.name);
        match all.len() {
            1 => quote!(#name,),
            _ => quote!(#name: variables.#name,),
        }
    });
    let variables = match all.as_slice() {
        [] => TokenStream::new(),
        [one] => {
            let name = ident(&one.name);
            quote!(#name: &'a str,)
        }
        _ => quote!(variables: #module::Variables<'a>,),
    };
    let (request, argument) = match shorthand.takes_request {
        true => (quote!(request: &'a #module::PostRequest), quote!(request)),
        false => (TokenStream::new(), TokenStream::new()),
    };
    let reply = match shorthand.has_reply {
        true => quote!(#module::PostReply),
        false => quote!(()),
    };
    quote! {
        #gate
        #docs
        #deprecated
        #quiet
        pub fn #module<'a>(wxpay: &'a crate::WechatPay, #variables #request) -> rt::Call<'a, #reply> {
            #module::#ty { client: wxpay.client(), #(#members)* }.post(#argument)
        }
    }
}

/// The variables of a path by name, where there are two or more that could be swapped.
pub(super) fn variables(node: &Node) -> TokenStream {
    if node.variables.len() < 2 {
        return TokenStream::new();
    }
    let docs = docs::line_of(&format!("The variables of `{}`.", node.path));
    let members = node.variables.iter().map(|variable| {
        let docs = docs::outer(&variable.docs);
        let name = ident(&variable.name);
        quote!(#docs pub #name: &'a str,)
    });
    quote! {
        #docs
        pub struct Variables<'a> { #(#members)* }
        rt::copy_impls!(Variables);
    }
}
