//! Lists in pages: what the operation's static says of them, and the items of a reply.

use super::types::{Scope, plain};
use crate::lower::items::{Group, TypeItem};
use crate::model::{PagedBy, Paging};
use crate::naming::ident;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// How the pages are asked for.
pub(super) fn of_operation(paging: &Paging) -> TokenStream {
    let items = &paging.items;
    let by = match &paging.by {
        PagedBy::Offset(field) => quote!(offset(#field, #items)),
        PagedBy::Page { field, first } => {
            let first = Literal::i64_unsuffixed(*first);
            quote!(page(#field, #first, #items))
        }
        PagedBy::Token { field, next } => quote!(token(#field, #next, #items)),
    };
    let limit = paging.limit.as_ref().map(|field| quote!(.limit(#field)));
    let total = paging.total.as_ref().map(|field| quote!(.total(#field)));
    quote!(.paging(rt::Paging::#by #limit #total))
}

/// The items of a group's root, where it is one page of a list.
pub(super) fn items(group: &Group, scope: Scope<'_>) -> Option<TokenStream> {
    let (list, root) = (group.paged.as_ref()?, group.root.as_ref()?);
    let field = root.fields.iter().find(|field| field.wire == *list)?;
    let TypeItem::List(item) = &field.ty else {
        return None;
    };
    let (root, field, item) = (ident(&root.name), ident(&field.name), plain(item, scope));
    Some(quote!(rt::paged!(#root, #field: #item);))
}
