//! The nodes below a node: their modules, and the methods that lead to them.

use super::{docs, gate};
use crate::lower::docs::node_line;
use crate::lower::items::{Child, Node};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn modules(node: &Node) -> TokenStream {
    let modules = node.children.iter().map(|child| {
        let gate = gate::gate(&child.products, &node.products);
        let module = ident(&child.module);
        quote!(#gate pub mod #module;)
    });
    modules.collect()
}

pub(super) fn accessors(node: &Node) -> TokenStream {
    node.children
        .iter()
        .map(|child| accessor(node, child))
        .collect()
}

fn accessor(node: &Node, child: &Child) -> TokenStream {
    let gate = gate::gate(&child.products, &node.products);
    let module = ident(&child.module);
    let ty = ident(&child.type_name);
    let so_far = node.variables.iter().map(|variable| {
        let name = ident(&variable.name);
        quote!(#name: self.#name,)
    });
    let docs = match &child.variable {
        None => docs::line_of(&node_line(&child.path)),
        Some(variable) => {
            let label = variable.docs.lines.first().map_or("", String::as_str);
            docs::line_of(&format!("{}: {label}", node_line(&child.path)))
        }
    };
    let own = child
        .variable
        .as_ref()
        .map(|variable| ident(&variable.name));
    let (argument, member) = match own {
        Some(name) => (quote!(#name: &'a str), quote!(#name,)),
        None => (TokenStream::new(), TokenStream::new()),
    };
    quote! {
        #gate
        #docs
        pub fn #module(&self, #argument) -> #module::#ty<'a> {
            #module::#ty { client: self.client, #(#so_far)* #member }
        }
    }
}
