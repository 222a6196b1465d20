//! An operation: a static, and a method of the chain node.

use super::{docs, field, paging};
use crate::lower::items::{Carried, Node, OperationItem, Root};
use crate::model::{Identity, Method, Repeatable, Wire};
use crate::naming::ident;
use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// What is the same for every call, as data.
pub(super) fn constant(item: &OperationItem) -> TokenStream {
    let name = constant_name(item.method);
    let method = method_name(item.method);
    let path = &item.path;
    let host = host_name(&item.host);
    let variables = item
        .variables
        .iter()
        .map(|(name, rules)| field::variable(name, rules));
    let variables = (!item.variables.is_empty()).then(|| quote!(.variables(&[#(#variables),*])));
    let identity =
        (item.identity == Identity::Brand).then(|| quote!(.identity(rt::Identity::Brand)));
    let body = body(&item.carried);
    let reply = item
        .reply_is_file
        .then(|| quote!(.reply(rt::ReplyBody::File)));
    let wire = wire(item);
    let statuses = item
        .statuses
        .iter()
        .map(|status| Literal::u16_unsuffixed(*status));
    let statuses = (item.statuses != [200]).then(|| quote!(.statuses(&[#(#statuses),*])));
    let unsigned = item.reply_unsigned.then(|| quote!(.reply_unsigned()));
    let repeatable = item.repeatable.as_ref().map(|repeatable| match repeatable {
        Repeatable::By(field) => quote!(.repeatable(rt::Repeatable::By(#field))),
        Repeatable::Key => quote!(.repeatable(rt::Repeatable::Key)),
    });
    let number = item.number.as_ref().map(|name| quote!(.number(#name)));
    let paging = item.paging.as_ref().map(paging::of_operation);
    quote! {
        static #name: rt::Operation = rt::Operation::new(rt::Method::#method, #path, &crate::hosts::#host)
            #variables #identity #body #reply #statuses #unsigned #repeatable #number #paging #wire;
    }
}

fn body(carried: &Carried) -> Option<TokenStream> {
    match carried {
        Carried::Nothing => None,
        Carried::Document => Some(quote!(.body(rt::Body::Json))),
        Carried::Upload {
            file_name,
            digest,
            meta,
        } => {
            let algorithm = ident(&crate::naming::type_name(&digest.algorithm));
            let field = &digest.field;
            let file_name = file_name.as_ref().map(|name| quote!(.file_name(#name)));
            let without_meta = (!meta).then(|| quote!(.without_meta()));
            Some(quote!(.body(rt::Body::Upload(
                rt::Upload::new(#field, rt::DigestAlgorithm::#algorithm) #file_name #without_meta
            ))))
        }
    }
}

/// What APIv2 needs besides.
fn wire(item: &OperationItem) -> TokenStream {
    let wire = match item.wire {
        Wire::Json => None,
        Wire::Xml => Some(quote!(.wire(rt::Wire::Xml))),
        Wire::XmlThenJson => Some(quote!(.wire(rt::Wire::XmlThenJson))),
    };
    let link = item.link.then(|| quote!(.link()));
    let no_nonce = item.no_nonce.then(|| quote!(.no_nonce()));
    let certificate = item
        .client_certificate
        .then(|| quote!(.client_certificate()));
    quote!(#wire #link #no_nonce #certificate)
}

/// The method that makes a call.
pub(super) fn method(node: &Node, item: &OperationItem) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let deprecated = docs::deprecated(item.deprecated.as_deref());
    let name = ident(item.method.key());
    let constant = constant_name(item.method);
    let reply = reply_type(item.reply.as_ref());
    let variables = node.variables.iter().map(|variable| ident(&variable.name));
    let (argument, request) = match &item.request {
        Some(root) => {
            let ty = ident(root.name());
            (quote!(request: &'a #ty), quote!(rt::Some(request)))
        }
        None => (TokenStream::new(), quote!(rt::None)),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self, #argument) -> rt::Call<'a, #reply> {
            rt::Call::new(self.client, &#constant, &[#(self.#variables),*], #request)
        }
    }
}

fn reply_type(reply: Option<&Root>) -> TokenStream {
    match reply {
        Some(root) => {
            let name = ident(root.name());
            quote!(#name)
        }
        None => quote!(()),
    }
}

fn constant_name(method: Method) -> Ident {
    ident(method.as_str())
}

fn method_name(method: Method) -> Ident {
    ident(&crate::naming::type_name(method.key()))
}

/// The static of a host family.
pub(super) fn host_name(host: &str) -> Ident {
    ident(&host.to_shouty_snake_case())
}
