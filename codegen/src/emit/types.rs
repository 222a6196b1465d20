//! Types as Rust source.

use crate::lower::items::{FieldItem, Known, ObjectItem, Side, TypeItem, TypeRef};
use crate::model::ShapeId;
use crate::naming::{self, ident};
use proc_macro2::TokenStream;
use quote::quote;

/// From where a group's nested types are named.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    /// From the module that holds the group's own, of this name.
    Above(&'a str),
    /// From the group's module.
    Within,
    /// From the module of a nested type's steps.
    Below,
}

impl Scope<'_> {
    pub(super) fn prefix(self) -> TokenStream {
        match self {
            Self::Above(module) => {
                let module = ident(module);
                quote!(#module::)
            }
            Self::Within => TokenStream::new(),
            Self::Below => quote!(super::),
        }
    }
}

/// A type, without the `Option` of what may be absent.
pub(super) fn plain(ty: &TypeItem, scope: Scope<'_>) -> TokenStream {
    match ty {
        TypeItem::Text => quote!(rt::String),
        TypeItem::Known(Known::DateTime) => quote!(rt::DateTime),
        TypeItem::Known(Known::Date) => quote!(rt::Date),
        TypeItem::Known(Known::CompactDateTime) => quote!(rt::CompactDateTime),
        TypeItem::Integer => quote!(i64),
        TypeItem::Number => quote!(f64),
        TypeItem::Boolean => quote!(bool),
        TypeItem::Sensitive => quote!(rt::Sensitive<rt::String>),
        TypeItem::Named(name) => named(name, scope),
        TypeItem::Boxed(name) => {
            let name = named(name, scope);
            quote!(rt::Box<#name>)
        }
        TypeItem::List(item) => {
            let item = plain(item, scope);
            quote!(rt::Vec<#item>)
        }
        TypeItem::Map(item) => {
            let item = plain(item, scope);
            quote!(rt::BTreeMap<rt::String, #item>)
        }
        TypeItem::JsonText(inner) => {
            let inner = plain(inner, scope);
            quote!(rt::JsonText<#inner>)
        }
        TypeItem::UrlEncoded(inner) => {
            let inner = plain(inner, scope);
            quote!(rt::UrlEncoded<#inner>)
        }
        TypeItem::File => quote!(rt::File),
        TypeItem::FileContent => quote!(rt::FileContent),
        TypeItem::Json => quote!(rt::JsonValue),
    }
}

/// The type of a member: what may be absent is an `Option`, unless it can be empty.
pub(super) fn member(object: &ObjectItem, field: &FieldItem, scope: Scope<'_>) -> TokenStream {
    let ty = plain(&field.ty, scope);
    let always = object.side == Side::Request && field.required;
    if always || field.ty.is_collection() {
        ty
    } else {
        quote!(rt::Option<#ty>)
    }
}

/// The path of a product's shared shapes.
pub(super) fn shapes(product: &str) -> TokenStream {
    let product = ident(&naming::field_name(product));
    quote!(crate::shapes::#product)
}

fn named(name: &TypeRef, scope: Scope<'_>) -> TokenStream {
    match name {
        TypeRef::Nested(name) => {
            let prefix = scope.prefix();
            let name = ident(name);
            quote!(#prefix #name)
        }
        TypeRef::Object(ShapeId { product, name }, side) => {
            let (shapes, side, name) = (shapes(product), ident(side.module()), ident(name));
            quote!(#shapes::#side::#name)
        }
        TypeRef::Both(ShapeId { product, name }) => {
            let (shapes, name) = (shapes(product), ident(name));
            quote!(#shapes::#name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_of_several_words_has_a_module_of_shapes() {
        let path = shapes("marketing-favor").to_string();
        assert_eq!(path, "crate :: shapes :: marketing_favor");
    }
}
