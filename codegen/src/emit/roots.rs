//! The file that the crate's root includes: the first links of the chain.

use super::{docs, gate, shapes, tree::Tree};
use crate::lower::Items;
use crate::lower::items::{Child, Node, Products};
use crate::lower::{child, docs::node_line};
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn file<'a>(items: &'a Items, tree: &mut Tree<'a>) {
    tree.rust("src/roots.rs".to_owned(), "spec", move || tokens(items));
}

fn tokens(items: &Items) -> TokenStream {
    let roots: Vec<_> = roots(items).collect();
    let modules = roots.iter().map(module);
    let accessors = roots.iter().map(accessor);
    let shapes = shapes::products(items);
    let shapes = (!shapes.is_empty()).then(|| {
        let gate = gate::condition(&shapes);
        let allow = allow();
        quote!(#gate #[rustfmt::skip] #allow pub mod shapes;)
    });
    quote! {
        #(#modules)*
        #shapes
        #[allow(dead_code)]
        #[rustfmt::skip]
        mod hosts;
        impl crate::WechatPay {
            #(#accessors)*
        }
    }
}

fn roots(items: &Items) -> impl Iterator<Item = Child> {
    let roots = items.nodes.iter().filter(|(module, _)| module.len() == 1);
    roots.map(|(module, node): (_, &Node)| child(module.first().map_or("", String::as_str), node))
}

fn module(root: &Child) -> TokenStream {
    let gate = products_gate(&root.products);
    let name = ident(&root.module);
    let allow = allow();
    quote!(#gate #[rustfmt::skip] #allow pub mod #name;)
}

fn products_gate(products: &Products) -> TokenStream {
    gate::condition(products)
}

/// Lints that judge how people write; the description's names and the steps break them on purpose.
fn allow() -> TokenStream {
    quote! {
        #[allow(
            clippy::module_inception,
            clippy::new_ret_no_self,
            clippy::should_implement_trait,
            clippy::wrong_self_convention,
            clippy::just_underscores_and_digits,
            clippy::enum_variant_names
        )]
    }
}

fn accessor(root: &Child) -> TokenStream {
    let gate = products_gate(&root.products);
    let docs = docs::line_of(&node_line(&root.path));
    let (name, ty) = (ident(&root.module), ident(&root.type_name));
    quote! {
        #gate
        #docs
        pub fn #name(&self) -> #name::#ty<'_> {
            #name::#ty { client: self.client() }
        }
    }
}
