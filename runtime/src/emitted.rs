//! The one door for generated code. Nothing here is meant to be called by hand, or kept stable for it.

pub use crate::call::Call;
pub use crate::client::Client;
pub use crate::operation::{
    Body, DigestAlgorithm, Host, Identity, Method, Operation, Repeatable, ReplyBody, Upload, Wire,
};
pub use crate::paging::{Paged, PagedBy, Paging};
#[cfg(feature = "serde")]
pub use crate::serde_impls;
pub use crate::value::{
    AChoice, AClosedEnum, AnEnum, AnObject, CompactDateTime, Date, DateTime, Empty, Field, File,
    FileContent, Form, Generated, JsonText, List, ListMut, Map, MapMut, Member, MemberMut, Members,
    MissingField, Object, ObjectMut, OneOf, OpenEnum, Pattern, Place, ReadFile, ReadJson,
    ReadNumber, ReadOneOf, ReadPairs, Sensitive, Shape, Shown, Slot, Told, UnknownValue,
    UrlEncoded, Value, View, Wanted, WriteJson, at_mut, copied, debug, equal, find, need, need_box,
    need_ref, need_text, patterned, plain, put, put_list, put_map, put_some, same_text,
};
#[cfg(feature = "serde")]
pub use crate::value::{deserialize, serialize};
pub use crate::{
    accessors, begin, closed_enum_impls, copy_impls, default_impl, equal_impls, object_impls,
    one_of_impls, open_enum_impls, paged, setter, step,
};
#[cfg(feature = "serde")]
pub use serde;
pub use serde_json::Value as JsonValue;

// Emitted code takes no name from a prelude: chain nodes and types may be called `Option`, `None`, `Result`.
pub use core::clone::Clone;
pub use core::cmp::{Eq, PartialEq};
pub use core::convert::{AsRef, From, Into};
pub use core::default::Default;
pub use core::fmt::{self, Debug, Display, Formatter};
pub use core::iter::IntoIterator;
pub use core::marker::Copy;
pub use std::boxed::Box;
pub use std::collections::BTreeMap;
pub use std::option::Option::{self, None, Some};
pub use std::result::Result;
pub use std::string::String;
pub use std::vec::Vec;
