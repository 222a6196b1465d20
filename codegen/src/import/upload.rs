//! Uploads: which parts a form has, and which field takes the file's digest.

use super::example::{shown, told};
use super::facts::{FactNode, FactParam, FactPlace, FactType};
use super::report::Notes;
use super::schema::SchemaReader;
use crate::model::{Field, Upload, UploadDigest};

/// An upload with the form's further parts. `None` where no part is a file.
pub(super) fn upload(
    params: &[FactParam],
    schemas: SchemaReader,
    notes: &mut Notes,
) -> (Option<Upload>, Vec<Field>) {
    let parts: Vec<&FactParam> = params
        .iter()
        .filter(|param| param.place == FactPlace::FormData)
        .collect();
    let file = parts
        .iter()
        .find(|part| part.node.kind == Some(FactType::File));
    let meta = parts
        .iter()
        .find(|part| part.name == "meta" && part.node.fields.is_some());
    let others = parts.iter().filter(|part| {
        part.node.kind != Some(FactType::File) && !(file.is_some() && part.name == "meta")
    });
    let mut form: Vec<Field> = others
        .map(|part| schemas.field(&part.name, &part.node, notes))
        .collect();
    let Some(file) = file else {
        return (None, form);
    };
    note_part(file, notes);
    let mut upload = Upload {
        part: file.name.clone(),
        ..Upload::default()
    };
    match meta {
        Some(meta) => {
            let members = meta
                .node
                .fields
                .as_ref()
                .map_or(&[][..], |fields| &fields.0);
            notes.within("meta", |notes| {
                with_meta(&mut upload, members, schemas, notes)
            });
            note_label(meta, notes);
        }
        None => {
            upload.meta = false;
            upload.file_name = None;
            upload.digest = digest_in_form(&mut form, notes);
        }
    }
    (Some(upload), form)
}

fn with_meta(
    upload: &mut Upload,
    members: &[(String, FactNode)],
    schemas: SchemaReader,
    notes: &mut Notes,
) {
    let mut fields: Vec<Field> = members
        .iter()
        .map(|(name, node)| schemas.field(name, node, notes))
        .collect();
    upload.file_name = take(&mut fields, &["filename", "file_name"], notes);
    if let Some(algorithm) = algorithm_of(&fields) {
        notes.repaired(
            "a field that names the algorithm",
            format!("algorithm: {algorithm}, and the field"),
            "the SDK makes the digest, the caller names it",
        );
        upload.digest.algorithm = algorithm;
    }
    upload.digest.field = take(&mut fields, &["sha256", "file_digest", "digest"], notes)
        .unwrap_or_else(|| {
            notes.repaired("no digest in meta", "sha256", "every upload known has one");
            "sha256".into()
        });
    upload.fields = fields;
}

/// The algorithm that the example of a field names: `DIGEST_ALGORITHM_SM3` → `sm3`. The field itself is one that the caller sets, since
/// the description has no place for its name.
fn algorithm_of(fields: &[Field]) -> Option<String> {
    let field = fields
        .iter()
        .find(|field| matches!(field.name.as_str(), "digest_algorithm" | "digest_alogrithm"))?;
    let example = field.schema.example.as_ref().map(shown)?;
    let last = example.rsplit('_').next().unwrap_or(&example);
    Some(last.to_lowercase().replace('-', ""))
}

fn digest_in_form(form: &mut Vec<Field>, notes: &mut Notes) -> UploadDigest {
    match take(
        form,
        &["media_hash", "sha256", "file_digest", "digest"],
        notes,
    ) {
        Some(field) => UploadDigest {
            algorithm: if field == "media_hash" {
                "md5"
            } else {
                "sha256"
            }
            .into(),
            field,
        },
        None => {
            notes.repaired(
                "an upload without a digest",
                "sha256",
                "every upload known has one",
            );
            Upload::default().digest
        }
    }
}

/// Takes the field of one of the names out of the fields, since the SDK fills it.
fn take(fields: &mut Vec<Field>, names: &[&str], notes: &mut Notes) -> Option<String> {
    let place = fields
        .iter()
        .position(|field| names.contains(&field.name.as_str()))?;
    let field = fields.remove(place);
    notes.dropped(told(&field), "the SDK fills it");
    Some(field.name)
}

fn note_part(part: &FactParam, notes: &mut Notes) {
    note_label(part, notes);
    if let Some(example) = &part.node.example {
        notes.dropped(
            format!("example {example} of {}", part.name),
            "a file has none",
        );
    }
}

fn note_label(part: &FactParam, notes: &mut Notes) {
    if let Some(label) = &part.node.label {
        notes.dropped(
            format!("label of {}: {label}", part.name),
            "the description names the part alone",
        );
    }
}
