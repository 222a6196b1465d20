use crate::lower::items::Docs;
use proc_macro2::TokenStream;
use quote::quote;

/// Documentation of the item that follows.
pub(super) fn outer(docs: &Docs) -> TokenStream {
    docs.lines.iter().map(|line| line_of(line)).collect()
}

/// Documentation as one text, for the runtime's macros.
pub(super) fn literal(docs: &Docs) -> String {
    spaced(&docs.lines.join("\n "))
}

/// One line of documentation of the item that follows.
pub(super) fn line_of(text: &str) -> TokenStream {
    let text = spaced(text);
    quote!(#[doc = #text])
}

/// Documentation of the file.
pub(super) fn inner(docs: &Docs) -> TokenStream {
    let lines = docs.lines.iter().map(|line| {
        let text = spaced(line);
        quote!(#![doc = #text])
    });
    lines.collect()
}

/// The mark on what should not be used any more; the reason may be empty.
pub(super) fn deprecated(why: Option<&str>) -> TokenStream {
    match why {
        None => TokenStream::new(),
        Some("") => quote!(#[deprecated]),
        Some(why) => quote!(#[deprecated = #why]),
    }
}

fn spaced(text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!(" {text}"),
    }
}
