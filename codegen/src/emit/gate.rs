use crate::lower::items::Products;
use proc_macro2::TokenStream;
use quote::quote;

/// The condition under which something of some products is compiled; nothing where what stands around it has the same.
pub(super) fn gate(inner: &Products, outer: &Products) -> TokenStream {
    if inner == outer {
        TokenStream::new()
    } else {
        condition(inner)
    }
}

/// The condition that one of the products' features is on.
pub(super) fn condition(products: &Products) -> TokenStream {
    let features = products.iter().map(|product| quote!(feature = #product));
    match products.len() {
        1 => quote!(#[cfg(#(#features)*)]),
        _ => quote!(#[cfg(any(#(#features),*))]),
    }
}
