//! The parts of an upload: `meta`, the file, the rest of the form.

use super::{Accepted, RequestCheck, is_json};
use crate::digest::digest;
use crate::form::{Form, META, Part};
use crate::refusal::{Detail, Refusal};
use bytes::Bytes;
use serde_json::{Map, Value};
use std::fmt;
use wechatpay_codegen::model::{Field, Schema, SchemaKind, TextSchema, Upload};

/// A file as it was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its name.
    pub name: String,
    /// The media type that its part names.
    pub media_type: Option<String>,
    /// What is in it.
    pub content: Bytes,
}

/// Shows the name, and no content.
impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadedFile")
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .field("length", &self.content.len())
            .finish()
    }
}

impl RequestCheck<'_> {
    /// Adds what an upload says to what was accepted before.
    pub(super) fn upload(
        &self,
        upload: &Upload,
        form: &Form,
        accepted: Accepted,
    ) -> Result<Accepted, Refusal> {
        let meta = self.meta(upload, form)?;
        let file = file(upload, form)?;
        self.check_digest(upload, &meta, &file)?;
        check_file_name(upload, &meta, &file)?;
        Ok(Accepted {
            meta,
            form: self.further_parts(upload, form)?,
            file: Some(file),
            ..accepted
        })
    }

    fn meta(&self, upload: &Upload, form: &Form) -> Result<Map<String, Value>, Refusal> {
        let part = only(form, META)?;
        if !is_json(part.media_type.as_deref().unwrap_or_default()) {
            return Err(refuse_part(
                META,
                "its Content-Type must be application/json",
            ));
        }
        let value = serde_json::from_slice(&part.content);
        let value: Value = value.map_err(|error| {
            let issue = format!("it must be JSON, but {error}");
            Refusal::parameter(Detail::new(META, "", issue))
        })?;
        let Value::Object(members) = value else {
            let detail = Detail::new(META, "", "it must be an object").with_value(value);
            return Err(Refusal::parameter(detail));
        };
        self.checker
            .check_members(&fields_of_meta(upload), &members, "", |_| false)
            .map_err(|problem| self.refuse(META, problem))
    }

    fn check_digest(
        &self,
        upload: &Upload,
        meta: &Map<String, Value>,
        file: &UploadedFile,
    ) -> Result<(), Refusal> {
        let own = &upload.digest;
        let expected = digest(&own.algorithm, &file.content).ok_or_else(|| {
            let why = format!("it has no digest by {}", own.algorithm);
            Refusal::cannot_play(&self.route.name(), &why)
        })?;
        let given = text(meta, &own.field);
        if given.eq_ignore_ascii_case(&expected) {
            return Ok(());
        }
        let issue = format!(
            "it is not the {} digest of the file's {} bytes, which is {expected}",
            own.algorithm,
            file.content.len()
        );
        Err(refuse_meta(&own.field, given, issue))
    }

    fn further_parts(&self, upload: &Upload, form: &Form) -> Result<Map<String, Value>, Refusal> {
        let parts = form.parts().iter();
        let further = parts.filter(|part| part.name != META && part.name != upload.part);
        let pairs = further.map(|part| {
            let text = std::str::from_utf8(&part.content);
            let text = text.map_err(|_| refuse_part(&part.name, "it is no UTF-8"))?;
            Ok((part.name.clone(), text.to_owned()))
        });
        let fields = &self.route.operation.form;
        self.parameters("form", fields, pairs.collect::<Result<_, _>>()?)
    }
}

/// The described fields, that of the file's name, and that of its digest.
fn fields_of_meta(upload: &Upload) -> Vec<Field> {
    let text = |name: &String| Field {
        name: name.clone(),
        rename: None,
        required: true,
        schema: Schema::new(SchemaKind::Text(TextSchema::default())),
    };
    let own = upload.file_name.iter().chain([&upload.digest.field]);
    own.map(text).chain(upload.fields.iter().cloned()).collect()
}

fn file(upload: &Upload, form: &Form) -> Result<UploadedFile, Refusal> {
    let part = only(form, &upload.part)?;
    if part.content.is_empty() {
        return Err(refuse_part(&part.name, "the file is empty"));
    }
    let name = part.file_name.clone().filter(|name| !name.is_empty());
    let missing = || refuse_part(&part.name, "it has no filename, as a file must");
    Ok(UploadedFile {
        name: name.ok_or_else(missing)?,
        media_type: part.media_type.clone(),
        content: part.content.clone(),
    })
}

fn check_file_name(
    upload: &Upload,
    meta: &Map<String, Value>,
    file: &UploadedFile,
) -> Result<(), Refusal> {
    match &upload.file_name {
        Some(field) if text(meta, field) != file.name => {
            let issue = format!(
                "the part {} names its file otherwise: {}",
                upload.part, file.name
            );
            Err(refuse_meta(field, text(meta, field), issue))
        }
        _ => Ok(()),
    }
}

/// The one part of a name.
fn only<'f>(form: &'f Form, name: &str) -> Result<&'f Part, Refusal> {
    let mut parts = form.parts().iter().filter(|part| part.name == name);
    match (parts.next(), parts.next()) {
        (Some(part), None) => Ok(part),
        (None, _) => Err(refuse_part(name, "the part is required, and missing")),
        (Some(_), Some(_)) => Err(refuse_part(name, "it is there twice")),
    }
}

fn text<'m>(members: &'m Map<String, Value>, name: &str) -> &'m str {
    members
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn refuse_part(name: &str, issue: &str) -> Refusal {
    Refusal::parameter(Detail::new("form", name, issue))
}

fn refuse_meta(field: &str, value: &str, issue: String) -> Refusal {
    Refusal::parameter(Detail::new(META, format!("/{field}"), issue).with_value(value))
}
