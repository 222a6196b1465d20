//! A program's modules that make the calls of every operation, for a run against a server: one a product.
//!
//! The functions do little more than name types, so that the program compiles quickly: what they have in common is in the module
//! `player` of the program, which is written by hand.

use super::tree::Tree;
use crate::lower::Items;
use crate::lower::chain;
use crate::lower::items::{Example, Node, OperationItem};
use crate::model::UrlPath;
use crate::naming::ident;
use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// An operation, and what leads to it in the chain: `.v3().payscore()._out_order_no_(case.variable(0))`.
type Called<'a> = (&'a OperationItem, String);

/// The modules `src/calls.rs` and `src/calls/<product>.rs`. Each has `CALLS`: the name of each operation that can be called, the
/// function that calls it with the variables and the request of a case, and that which makes the call of the documentation's example.
pub fn calls(items: &Items) -> Tree<'_> {
    let mut tree = Tree::default();
    let mut products: BTreeMap<&str, Vec<Called<'_>>> = BTreeMap::new();
    for (module, node) in &items.nodes {
        for operation in node.operations.iter().filter(|item| item.is_carried()) {
            let called = (operation, leading(module, node));
            products.entry(&operation.product).or_default().push(called);
        }
    }
    let names: Vec<_> = products
        .keys()
        .map(|product| product.to_snake_case())
        .collect();
    tree.rust("src/calls.rs".to_owned(), "spec", move || root(&names));
    for (product, operations) in products {
        let path = format!("src/calls/{}.rs", product.to_snake_case());
        tree.rust(path, "spec", move || module(&operations));
    }
    tree
}

fn leading(module: &[String], node: &Node) -> String {
    let mut index = 0..;
    chain::expression(module, &UrlPath::new(&node.path), |_| {
        format!("case.variable({})", index.next().unwrap_or(0))
    })
}

fn root(products: &[String]) -> TokenStream {
    let modules: Vec<_> = products.iter().map(|product| ident(product)).collect();
    quote! {
        use crate::player::Playable;
        #(mod #modules;)*
        pub const CALLS: &[&[Playable]] = &[#(#modules::CALLS),*];
    }
}

fn module(operations: &[Called<'_>]) -> TokenStream {
    let indexed = |prefix: &str| -> Vec<_> {
        (0..operations.len())
            .map(|index| ident(&format!("{prefix}_{index}")))
            .collect()
    };
    let (plays, examples) = (indexed("play"), indexed("example"));
    let names = operations
        .iter()
        .map(|(operation, _)| format!("{} {}", operation.method.as_str(), operation.path));
    let played = operations
        .iter()
        .map(|(operation, chain)| played(operation, chain));
    let exemplary = operations
        .iter()
        .map(|(operation, _)| exemplary(&operation.example));
    quote! {
        #![allow(deprecated)]
        use crate::player::{Case, Playable, Playing, keep, play, request};
        use wechatpay_openapi::WechatPay;
        pub const CALLS: &[Playable] = &[
            #(Playable { operation: #names, play: #plays, example: #examples },)*
        ];
        #(fn #plays(wxpay: &'static WechatPay, case: &'static Case) -> Playing { #played })*
        #(fn #examples(wxpay: &'static WechatPay, case: &'static Case) -> Playing { #exemplary })*
    }
}

fn played(operation: &OperationItem, chain: &str) -> TokenStream {
    let request = operation.request.as_ref().map_or("", |_| "request(case)?");
    let method = operation.method.key();
    let call = source(&format!("wxpay{chain}.{method}({request})"));
    quote!(play(case, #call))
}

fn exemplary(example: &Example) -> TokenStream {
    let import = example
        .import
        .as_deref()
        .map(source)
        .map(|path| quote!(use #path;));
    let request = example
        .request
        .as_deref()
        .map(source)
        .map(|request| quote!(keep(#request)));
    let method = source(&example.method);
    quote! {
        #import
        play(case, #method(#request))
    }
}

/// Source text as tokens; text that is none becomes an error of the compiler which shows it.
fn source(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| {
        let message = format!("an example that is not Rust: {text}");
        quote!(::core::compile_error!(#message))
    })
}
