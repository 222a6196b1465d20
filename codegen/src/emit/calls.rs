//! A program's modules that make the call of every example, for a run against a server: one a product.

use super::tree::Tree;
use crate::lower::Items;
use crate::lower::items::{Example, OperationItem};
use crate::naming::ident;
use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The modules `src/calls.rs` and `src/calls/<product>.rs`. Each has `CALLS`: the name of the operation, and a function that makes
/// the call, strictly, and gives the status.
pub fn calls(items: &Items) -> Tree<'_> {
    let mut tree = Tree::default();
    let mut products: BTreeMap<&str, Vec<&OperationItem>> = BTreeMap::new();
    for operation in items.nodes.values().flat_map(|node| &node.operations) {
        products
            .entry(&operation.product)
            .or_default()
            .push(operation);
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

fn root(products: &[String]) -> TokenStream {
    let modules: Vec<_> = products.iter().map(|product| ident(product)).collect();
    quote! {
        use std::future::Future;
        use std::pin::Pin;
        use wechatpay_openapi::{Error, WechatPay};
        #(mod #modules;)*
        pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<u16, Error>> + 'a>>;
        pub type Call = for<'a> fn(&'a WechatPay) -> Answer<'a>;
        pub const CALLS: &[&[(&str, Call)]] = &[#(#modules::CALLS),*];
    }
}

fn module(operations: &[&OperationItem]) -> TokenStream {
    let functions: Vec<_> = (0..operations.len())
        .map(|index| ident(&format!("call_{index}")))
        .collect();
    let names = operations
        .iter()
        .map(|operation| format!("{} {}", operation.method.as_str(), operation.path));
    let bodies = operations.iter().map(|operation| body(&operation.example));
    quote! {
        #![allow(deprecated)]
        use super::{Answer, Call};
        use wechatpay_openapi::WechatPay;
        pub const CALLS: &[(&str, Call)] = &[#((#names, #functions)),*];
        #(fn #functions(wxpay: &WechatPay) -> Answer<'_> {
            Box::pin(async move { #bodies })
        })*
    }
}

fn body(example: &Example) -> TokenStream {
    let import = example
        .import
        .as_deref()
        .map(source)
        .map(|path| quote!(use #path;));
    let request = example
        .request
        .as_deref()
        .map(source)
        .map(|request| quote!(let request = #request;));
    let call = source(&example.call);
    quote! {
        #import
        #request
        Ok(#call.strict().await?.status())
    }
}

/// Source text as tokens; text that is none becomes an error of the compiler which shows it.
fn source(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| {
        let message = format!("an example that is not Rust: {text}");
        quote!(::core::compile_error!(#message))
    })
}
