//! From JSON as it arrives into described values.
//!
//! A reply never fails on what a server may send: what does not fit is left out and recorded as [`Drift`]. Only a document
//! that is not JSON is an error. The document is read as it streams by, without a tree in between.

mod file;
mod fill;
mod halves;
mod object;
mod one_of;
mod pairs;
mod raw;
mod scalar;
#[cfg(test)]
mod tests;
mod tree;

use crate::credentials::PrivateKey;
use crate::drift::{Drift, DriftKind};
use crate::excerpt::told;
use crate::location::Location;
use crate::value::{ReadSealed, Slot};
use serde::de::DeserializeSeed;

pub(crate) use file::fill as file;
pub(crate) use fill::{Fill, Filled};
pub(crate) use one_of::fill as one_of;
pub(crate) use pairs::fill as pairs;
pub(crate) use raw::items_of;
pub(crate) use scalar::decimal;
pub(crate) use tree::read as tree;

/// How many differences are recorded; a reply with more of them is another document than the described one anyway, and a
/// hostile one must not fill the memory with paths.
const MOST_DRIFT: usize = 1_000;

/// Who opens encrypted values. It says so and no more: the function that opens is named by the values, so that a program which has none
/// of them does not carry it.
pub(crate) enum Opener<'c> {
    /// There are none, or none that anybody could open.
    Nobody,
    /// A key in this process.
    Key(&'c PrivateKey),
    /// What is at hand.
    By(&'c dyn Fn(&str) -> Option<String>),
}

impl Opener<'_> {
    /// The plain text of an encrypted value.
    pub(crate) fn open(&self, text: &str) -> Option<String> {
        match self {
            Self::Nobody => None,
            Self::Key(key) => key.decrypt(text).ok(),
            Self::By(open) => open(text),
        }
    }
}

/// What is known while a document is read.
pub(crate) struct Reading<'c> {
    pub(crate) location: Location,
    pub(crate) drift: Vec<Drift>,
    source: Source<'c>,
}

/// Where the document comes from.
#[derive(Clone, Copy)]
enum Source<'c> {
    /// From WeChat Pay: encrypted values are opened.
    Wire(&'c Opener<'c>),
    /// From the application's own store, through serde: values are plain, and a member that cannot be absent must be there.
    #[cfg(feature = "serde")]
    Store,
}

impl<'c> Reading<'c> {
    /// Reads what WeChat Pay sent.
    pub(crate) fn wire(opener: &'c Opener<'c>) -> Self {
        Self {
            location: Location::default(),
            drift: Vec::new(),
            source: Source::Wire(opener),
        }
    }

    /// Reads what the application stored.
    #[cfg(feature = "serde")]
    pub(crate) fn store() -> Self {
        Self {
            location: Location::default(),
            drift: Vec::new(),
            source: Source::Store,
        }
    }

    /// Whether a required member that cannot be absent is an error where it is missing.
    fn is_exacting(&self) -> bool {
        match self.source {
            Source::Wire(_) => false,
            #[cfg(feature = "serde")]
            Source::Store => true,
        }
    }

    /// Reads the same source on trial: what differs is counted apart.
    fn trial(&self) -> Reading<'c> {
        Self {
            location: Location::default(),
            drift: Vec::new(),
            source: self.source,
        }
    }

    /// The plain value of an encrypted one.
    fn decrypt(&self, text: &str, read: ReadSealed) -> Option<String> {
        match self.source {
            Source::Wire(opener) => (read.0)(opener, text),
            #[cfg(feature = "serde")]
            Source::Store => Some(text.to_owned()),
        }
    }

    /// Records a difference at the present place.
    #[cold]
    #[inline(never)]
    fn differs(&mut self, kind: DriftKind) {
        if self.drift.len() < MOST_DRIFT {
            let path = told(&self.location);
            self.drift.push(Drift { path, kind });
        }
    }

    /// Records a difference at a member of the present place.
    #[cold]
    #[inline(never)]
    fn member_differs(&mut self, name: &str, kind: DriftKind) {
        if self.drift.len() < MOST_DRIFT {
            let path = self.location.member(name);
            self.drift.push(Drift { path, kind });
        }
    }
}

/// Reads a JSON document. An empty one leaves out all that is described.
///
/// # Errors
/// Where the bytes are not JSON.
pub(crate) fn json<'c>(
    bytes: &[u8],
    slot: Slot<'_>,
    opener: &'c Opener<'c>,
) -> Result<Vec<Drift>, serde_json::Error> {
    let mut reading = Reading::wire(opener);
    if bytes.trim_ascii().is_empty() {
        nothing(slot, &mut reading);
        return Ok(reading.drift);
    }
    let mended = match bytes.contains(&b'\\') {
        true => halves::mended(bytes),
        false => None,
    };
    if mended.is_some() {
        reading.differs(DriftKind::Lenient {
            expected: "whole characters",
            found: "half a one",
        });
    }
    if document(mended.as_deref().unwrap_or(bytes), slot, &mut reading)? == Filled::Null {
        reading.differs(DriftKind::Null);
    }
    Ok(reading.drift)
}

/// Fills a slot with a whole document. Everything that is read comes through here as bytes, so that the reader is compiled for
/// one kind of source.
fn document(
    bytes: &[u8],
    slot: Slot<'_>,
    reading: &mut Reading<'_>,
) -> Result<Filled, serde_json::Error> {
    let mut document = serde_json::Deserializer::from_slice(bytes);
    let filled = Fill { slot, reading }.deserialize(&mut document)?;
    document.end()?;
    Ok(filled)
}

fn nothing(slot: Slot<'_>, reading: &mut Reading<'_>) {
    match slot {
        Slot::Nothing => {}
        Slot::Object(object) => {
            for field in object.shape().fields.iter().filter(|field| field.required) {
                reading.member_differs(field.name, DriftKind::Missing);
            }
        }
        _ => reading.differs(DriftKind::Missing),
    }
}
