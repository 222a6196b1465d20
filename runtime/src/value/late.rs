//! Machinery that few values need. A slot carries the function that fills it, and a view the one that writes it, named where the type is, so that a program without such
//! a type does not carry the function: the linker cannot tell which alternatives of an enumeration ever occur.

use super::{File, OneOf, Value};
use crate::credentials::PublicKey;
use crate::read::{self, Filled, Opener, Reading};
use crate::write::{Sealer, Unsealed};
use serde_json::value::{RawValue, to_raw_value};

/// Reads a decimal text as the number that is next to it.
#[derive(Clone, Copy)]
pub struct ReadNumber(pub(crate) fn(&str) -> Option<f64>);

/// Opens a text that arrived encrypted.
#[derive(Clone, Copy)]
pub struct ReadSealed(pub(crate) fn(&Opener<'_>, &str) -> Option<String>);

/// Encrypts a text, and tells how many bytes may be encrypted.
#[derive(Clone, Copy)]
pub struct WriteSealed {
    pub(crate) seal: fn(&Sealer<'_>, &str) -> Result<String, Unsealed>,
    pub(crate) most: fn(&PublicKey) -> usize,
}

/// Reads a document into JSON of no described shape.
#[derive(Clone, Copy)]
pub struct ReadJson(pub(crate) fn(&mut serde_json::Value, &str) -> Result<(), serde_json::Error>);

/// Writes JSON of no described shape as the text that it is.
#[derive(Clone, Copy)]
pub struct WriteJson(pub(crate) fn(&serde_json::Value) -> Result<Box<RawValue>, serde_json::Error>);

/// Reads a text of `name=value` pairs into an object.
#[derive(Clone, Copy)]
pub struct ReadPairs(pub(crate) fn(&mut dyn Value, &str, &mut Reading<'_>) -> Filled);

/// Reads an object into a file.
#[derive(Clone, Copy)]
pub struct ReadFile(
    pub(crate) fn(&mut File, &str, &mut Reading<'_>) -> Result<Filled, serde_json::Error>,
);

/// Reads a document into one of several objects.
#[derive(Clone, Copy)]
pub struct ReadOneOf(
    pub(crate) fn(&mut dyn OneOf, &str, &mut Reading<'_>) -> Result<Filled, serde_json::Error>,
);

impl ReadNumber {
    pub(super) const fn new() -> Self {
        Self(read::decimal)
    }
}

impl ReadSealed {
    pub(super) const fn new() -> Self {
        Self(|opener, text| opener.open(text))
    }
}

impl WriteSealed {
    pub(super) const fn new() -> Self {
        Self {
            seal: |sealer, text| sealer.seal(text),
            most: PublicKey::longest_plaintext,
        }
    }
}

impl ReadJson {
    pub(super) const fn new() -> Self {
        Self(read::tree)
    }
}

impl WriteJson {
    pub(super) const fn new() -> Self {
        Self(to_raw_value)
    }
}

impl ReadPairs {
    pub(super) const fn new() -> Self {
        Self(read::pairs)
    }
}

impl ReadFile {
    pub(super) const fn new() -> Self {
        Self(read::file)
    }
}

impl ReadOneOf {
    pub(super) const fn new() -> Self {
        Self(read::one_of)
    }
}
