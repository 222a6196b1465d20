//! Shared shapes: a module a product, one a side in it, and a file a shape.

use super::{docs, gate, group, tree::Tree};
use crate::lower::Items;
use crate::lower::items::{Group, Products, ShapeFile, SharedShapes, Side};
use crate::naming::{self, ident};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn files<'a>(items: &'a Items, tree: &mut Tree<'a>) {
    let source = "spec/shapes";
    tree.rust("src/shapes.rs".to_owned(), source, move || all(items));
    for (product, shapes) in &items.shapes {
        let module = naming::field_name(product);
        let (path, source) = (
            format!("src/shapes/{module}"),
            format!("{source}/{product}"),
        );
        tree.rust(format!("{path}.rs"), &source, move || {
            of_product(product, shapes)
        });
        add(&path, &shapes.both, tree);
        for side in Side::ALL
            .into_iter()
            .filter(|side| !shapes.side(*side).is_empty())
        {
            let path = format!("{path}/{}", side.module());
            tree.rust(format!("{path}.rs"), &source, move || of_side(shapes, side));
            add(&path, shapes.side(side), tree);
        }
    }
}

fn add<'a>(folder: &str, files: &'a [ShapeFile], tree: &mut Tree<'a>) {
    for file in files {
        let path = format!("{folder}/{}.rs", file.module);
        tree.rust(path, &file.source, move || shape(file));
    }
}

/// The products that use any shared shape.
pub(super) fn products(items: &Items) -> Products {
    items
        .shapes
        .values()
        .flat_map(SharedShapes::products)
        .collect()
}

fn all(items: &Items) -> TokenStream {
    let outer = products(items);
    let modules = items.shapes.iter().map(|(product, shapes)| {
        let gate = gate::gate(&shapes.products(), &outer);
        let module = ident(&naming::field_name(product));
        quote!(#gate pub mod #module;)
    });
    quote! {
        #![doc = " Types that several operations share, by product."]
        #(#modules)*
    }
}

fn of_product(product: &str, shapes: &SharedShapes) -> TokenStream {
    let outer = shapes.products();
    let docs = format!(" Types that operations of `{product}` share.");
    let sides = Side::ALL
        .into_iter()
        .filter(|side| !shapes.side(*side).is_empty());
    let sides = sides.map(|side| {
        let gate = gate::gate(&shapes.side_products(side), &outer);
        let module = ident(side.module());
        quote!(#gate pub mod #module;)
    });
    let both = shapes.both.iter().map(|file| {
        let gate = gate::gate(&file.products, &outer);
        let (module, name) = (ident(&file.module), ident(&file.name));
        if has_types_within(&file.group) {
            return quote!(#gate pub mod #module; #gate #[doc(inline)] pub use self::#module::#name;);
        }
        quote!(#gate mod #module; #gate pub use self::#module::#name;)
    });
    quote!(#![doc = #docs] #(#sides)* #(#both)*)
}

fn has_types_within(group: &Group) -> bool {
    group.types() > 1
}

fn of_side(shapes: &SharedShapes, side: Side) -> TokenStream {
    let outer = shapes.side_products(side);
    let docs = match side {
        Side::Request => " What requests share.",
        Side::Reply => " What replies share.",
    };
    let files = shapes.side(side).iter().map(|file| {
        let gate = gate::gate(&file.products, &outer);
        let (module, name) = (ident(&file.module), ident(&file.name));
        quote!(#gate pub mod #module; #gate #[doc(inline)] pub use self::#module::#name;)
    });
    quote!(#![doc = #docs] #(#files)*)
}

fn shape(file: &ShapeFile) -> TokenStream {
    let docs = docs::inner(&crate::lower::items::Docs::line(format!(
        "[`{}`], and the types within it.",
        file.name
    )));
    let group = group::of_shape(&file.group);
    quote! {
        #docs
        use ::wechatpay_runtime::emitted as rt;
        #group
    }
}
