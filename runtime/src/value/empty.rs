//! Members before anything was put into them, made while the program is compiled.

use super::{
    CompactDateTime, Date, DateTime, File, FileContent, Generated, JsonText, Sensitive, UrlEncoded,
};
use bytes::Bytes;
use std::collections::BTreeMap;

/// A type of members that is empty at first.
pub trait Empty {
    /// The value before anything was put into it.
    const EMPTY: Self;
}

impl<T: Generated> Empty for T {
    const EMPTY: Self = T::EMPTY;
}

impl<T> Empty for Option<T> {
    const EMPTY: Self = None;
}

impl<T> Empty for Vec<T> {
    const EMPTY: Self = Self::new();
}

impl<T> Empty for BTreeMap<String, T> {
    const EMPTY: Self = Self::new();
}

impl Empty for String {
    const EMPTY: Self = Self::new();
}

impl Empty for i64 {
    const EMPTY: Self = 0;
}

impl Empty for f64 {
    const EMPTY: Self = 0.0;
}

impl Empty for bool {
    const EMPTY: Self = false;
}

impl Empty for serde_json::Value {
    const EMPTY: Self = Self::Null;
}

impl Empty for Sensitive<String> {
    const EMPTY: Self = Self::new(String::new());
}

impl Empty for DateTime {
    const EMPTY: Self = Self::new();
}

impl Empty for Date {
    const EMPTY: Self = Self::new();
}

impl Empty for CompactDateTime {
    const EMPTY: Self = Self::new();
}

impl Empty for File {
    const EMPTY: Self = Self::nothing();
}

impl Empty for FileContent {
    const EMPTY: Self = Self(Bytes::new());
}

impl<T: Empty> Empty for JsonText<T> {
    const EMPTY: Self = Self(T::EMPTY);
}

impl<T: Empty> Empty for UrlEncoded<T> {
    const EMPTY: Self = Self(T::EMPTY);
}
