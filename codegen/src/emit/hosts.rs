//! The host families.

use super::operation::host_name;
use super::tree::Tree;
use crate::lower::Items;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn file<'a>(items: &'a Items, tree: &mut Tree<'a>) {
    tree.rust("src/hosts.rs".to_owned(), "spec/hosts.yaml", move || {
        tokens(items)
    });
}

fn tokens(items: &Items) -> TokenStream {
    let hosts = items.hosts.iter().map(|(name, host)| {
        let constant = host_name(name);
        let (base, backups) = (&host.base, &host.backups);
        quote! {
            pub(crate) static #constant: rt::Host = rt::Host {
                name: #name,
                base: #base,
                backups: &[#(#backups),*],
            };
        }
    });
    let all = items.hosts.iter().map(|(name, _)| host_name(name));
    quote! {
        #![doc = " The hosts that serve the operations."]
        use ::wechatpay_runtime::emitted as rt;
        #(#hosts)*
        #[doc = " All of them: where links to files may lead."]
        pub(crate) static ALL: &[&rt::Host] = &[#(&#all),*];
    }
}
