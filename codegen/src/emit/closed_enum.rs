//! Enumerations of which no other value can come.

use super::docs;
use super::open_enum::variants;
use crate::lower::items::EnumItem;
use crate::naming::ident;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn closed_enum(item: &EnumItem) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let type_name = &item.name;
    let variants = variants(item);
    let as_str_docs = docs::line_of("The value as WeChat Pay writes it.");
    let names = || item.variants.iter().map(|variant| ident(&variant.name));
    let (to, from) = (names(), names());
    let values: Vec<_> = item.variants.iter().map(|variant| &variant.value).collect();
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum #name {
            #variants
        }
        impl #name {
            #as_str_docs
            pub const fn as_str(&self) -> &'static str {
                match self {
                    #(Self::#to => #values,)*
                }
            }
        }
        impl ::core::str::FromStr for #name {
            type Err = rt::UnknownValue;
            fn from_str(text: &str) -> rt::Result<Self, rt::UnknownValue> {
                rt::Ok(match text {
                    #(#values => Self::#from,)*
                    _ => return rt::Err(rt::UnknownValue::new(#type_name, text)),
                })
            }
        }
    }
}
