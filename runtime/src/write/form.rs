//! The parts of an upload: `meta`, the file, and what stands beside them.

use super::multipart::{Content, Enclosed, Form, Part};
use super::query::plain_text;
use super::{Measured, Protect, Sealer, WrittenObject, in_time, members};
use crate::check::{self, Rule};
use crate::digest::digest;
use crate::error::{CallName, Error};
use crate::operation::Upload;
use crate::transport::{Bound, BoxFuture};
use crate::value::{File, Object, Place, View};
use bytes::Bytes;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::sync::Arc;

/// The name of the part that is signed.
const META: &str = "meta";

/// What an upload needs. Only the operation of an upload names it, so that other programs do not carry it.
#[derive(Clone, Copy)]
pub(crate) struct Machinery {
    /// What is wrong with a file.
    pub(crate) rules: fn(&File) -> Vec<Rule>,
    /// Reads the file for its digest, where it is not in memory. What comes of it writes the parts.
    pub(crate) measure:
        for<'a> fn(&'a dyn Object, Upload, &'a CallName, Bound<'a>) -> Measuring<'a>,
}

/// A file that is being read.
type Measuring<'a> = BoxFuture<'a, Result<Box<WriteForm>, Error>>;

/// Gives the text that is signed, and the parts that are sent.
pub(crate) type WriteForm = dyn FnOnce(&dyn Object, &Sealer<'_>) -> Result<(Bytes, Box<dyn Enclosed>), serde_json::Error>
    + Send;

impl Machinery {
    pub(crate) const fn new() -> Self {
        Self {
            rules: check::file_rules,
            measure: |object, upload, name, bound| Box::pin(measure(object, upload, name, bound)),
        }
    }
}

#[inline]
async fn measure(
    object: &dyn Object,
    upload: Upload,
    name: &CallName,
    bound: Bound<'_>,
) -> Result<Box<WriteForm>, Error> {
    let file = file_of(object);
    let measured = match file.and_then(|(name, file)| Some((name, file.source()?))) {
        Some((field, source)) => {
            let measuring = Measured::of(Arc::clone(source), upload.algorithm);
            let measured = in_time(bound, measuring).await;
            Some(measured.map_err(|error| error.told_of(field, name))?)
        }
        None => None,
    };
    Ok(Box::new(move |object, sealer| {
        let (signed, parts) = form(object, upload, sealer, measured)?;
        Ok((signed, Box::new(parts)))
    }))
}

/// The file of an upload, with its field's name.
#[inline]
fn file_of(object: &dyn Object) -> Option<(&'static str, &File)> {
    members(object, Place::Form)
        .into_iter()
        .find_map(|(field, view)| match view {
            View::File(file) => Some((field.name, file)),
            _ => None,
        })
}

/// The text that is signed, and the parts that are sent. A file that is read from a source was measured before.
///
/// # Errors
/// Where a field could not be encrypted.
#[inline]
fn form(
    object: &dyn Object,
    upload: Upload,
    sealer: &Sealer<'_>,
    measured: Option<Measured>,
) -> Result<(Bytes, Form), serde_json::Error> {
    let protect = Protect::Encrypt(sealer);
    let mut signed = Bytes::new();
    let mut parts = Vec::new();
    let mut texts = Vec::new();
    for (field, view) in members(object, Place::Form) {
        match view {
            View::File(_) => {}
            view => texts.push(text(field.name, plain_text(view, protect)?.into(), None)),
        }
    }
    if let Some((name, file)) = file_of(object) {
        let content = file.content().cloned().unwrap_or_default();
        let (digest, content) = match measured {
            Some(measured) => (measured.digest.clone(), Content::File(measured)),
            None => (digest(upload.algorithm, &content), Content::Bytes(content)),
        };
        if upload.meta {
            let meta = Meta {
                object: WrittenObject {
                    object,
                    protect,
                    place: Some(Place::Body),
                },
                upload,
                file_name: file.name(),
                digest: &digest,
            };
            signed = serde_json::to_vec(&meta)?.into();
            parts.push(text(META, signed.clone(), Some("application/json")));
        } else {
            texts.push(text(upload.digest, digest.into(), None));
        }
        parts.extend(texts);
        parts.push(part(name, file, content));
    }
    Ok((signed, Form { parts }))
}

#[inline]
fn text(name: &'static str, content: Bytes, media_type: Option<&str>) -> Part {
    Part {
        name,
        content: Content::Bytes(content),
        media_type: media_type.map(str::to_owned),
        file_name: None,
    }
}

#[inline]
fn part(name: &'static str, file: &File, content: Content) -> Part {
    Part {
        name,
        content,
        media_type: Some(file.media_type().to_owned()),
        file_name: Some(file.name().to_owned()),
    }
}

/// The document of the part `meta`: what is told of the file, and the request's own members.
struct Meta<'a, 'c> {
    object: WrittenObject<'a, 'c>,
    upload: Upload,
    file_name: &'a str,
    digest: &'a str,
}

impl Serialize for Meta<'_, '_> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut members = to.serialize_map(None)?;
        if let Some(member) = self.upload.file_name {
            members.serialize_entry(member, self.file_name)?;
        }
        members.serialize_entry(self.upload.digest, self.digest)?;
        self.object.write_members(&mut members)?;
        members.end()
    }
}
