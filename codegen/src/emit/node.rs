//! The file of a chain node.

use super::{children, docs, gate, group, operation, shorthand, tree::Tree};
use crate::lower::Items;
use crate::lower::items::{Node, OperationItem, Products, Root};
use crate::model::Method;
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub(super) fn files<'a>(items: &'a Items, tree: &mut Tree<'a>) {
    for (module, node) in &items.nodes {
        let path = format!("src/{}.rs", module.join("/"));
        tree.rust(path, &node.source, move || file(node));
    }
}

fn file(node: &Node) -> TokenStream {
    let docs = docs::inner(&node.docs);
    let modules = children::modules(node);
    let structure = structure(node);
    let methods = methods(node);
    let shorthands = shorthand::functions(node);
    let operations = node
        .operations
        .iter()
        .map(|item| gated(node, item, operation_items(node, item)));
    quote! {
        #docs
        use ::wechatpay_runtime::emitted as rt;
        #modules
        #structure
        #methods
        #shorthands
        #(#operations)*
    }
}

fn structure(node: &Node) -> TokenStream {
    let name = ident(&node.type_name);
    let docs = docs::line_of(&crate::lower::docs::node_line(&node.path));
    let variables = node.variables.iter().map(|variable| {
        let name = ident(&variable.name);
        quote!(pub(super) #name: &'a str,)
    });
    quote! {
        #docs
        pub struct #name<'a> {
            pub(super) client: &'a rt::Client,
            #(#variables)*
        }
    }
}

fn methods(node: &Node) -> TokenStream {
    let name = ident(&node.type_name);
    let children = children::accessors(node);
    let calls = node.operations.iter().map(|item| {
        let gate = operation_gate(node, item);
        let method = operation::method(node, item);
        quote!(#gate #method)
    });
    quote! {
        impl<'a> #name<'a> {
            #children
            #(#calls)*
        }
    }
}

/// What stands beside the node for one operation.
fn operation_items(node: &Node, item: &OperationItem) -> TokenStream {
    let constant = operation::constant(item);
    let variables = (item.method == Method::Post).then(|| shorthand::variables(node));
    let roots = [&item.request, &item.reply].into_iter().flatten().map(root);
    quote!(#constant #variables #(#roots)*)
}

fn root(root: &Root) -> TokenStream {
    match root {
        Root::Own(group) => group::of_operation(group),
        Root::Alias {
            name,
            docs,
            target,
            group,
        } => {
            let docs = docs::outer(docs);
            let name = ident(name);
            let module = group.as_ref().map_or("", |group| group.module.as_str());
            let target = super::types::plain(target, super::types::Scope::Above(module));
            let group = group.as_ref().map(group::of_operation);
            quote!(#docs pub type #name = #target; #group)
        }
    }
}

fn operation_gate(node: &Node, item: &OperationItem) -> TokenStream {
    gate::gate(&Products::from([item.product.clone()]), &node.products)
}

/// Puts the condition of an operation before each of its items, where others live in the same file.
fn gated(node: &Node, item: &OperationItem, tokens: TokenStream) -> TokenStream {
    let gate = operation_gate(node, item);
    if gate.is_empty() {
        return tokens;
    }
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => file
            .items
            .iter()
            .map(|item| {
                let item = item.to_token_stream();
                quote!(#gate #item)
            })
            .collect(),
        // The formatter tells what is wrong with it.
        Err(_) => tokens,
    }
}
