//! Requests: which parts go together, and what an upload consists of.

use super::Problems;
use super::survey::{Call, Survey};
use crate::diagnostic::Diagnostic;
use crate::model::{Method, Upload};

/// The digests that WeChat Pay takes.
const ALGORITHMS: [&str; 4] = ["sha256", "sm3", "md5", "sha1"];

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for call in &survey.operations {
        parts(survey, call, problems);
        if let Some(upload) = &call.operation.upload {
            check_upload(survey, call, upload, problems);
        }
    }
}

fn parts(survey: &Survey<'_>, call: &Call<'_>, problems: &mut Problems) {
    let operation = call.operation;
    let method = call.method.key();
    let present = [
        ("body", operation.body.is_some()),
        ("form", !operation.form.is_empty()),
        ("upload", operation.upload.is_some()),
    ];
    let carried: Vec<&str> = present
        .iter()
        .filter(|(_, there)| *there)
        .map(|(key, _)| *key)
        .collect();
    let place = |key: &str| survey.place(call.file, &format!("{method}.{key}"));
    if call.method == Method::Get {
        for key in &carried {
            problems.push(
                Diagnostic::error(
                    "body-on-get",
                    place(key),
                    format!("a `get` sends no `{key}`"),
                )
                .help("its parameters stand under `query`"),
            );
        }
    } else if carried.contains(&"body") && carried.len() > 1 {
        let other = carried
            .iter()
            .find(|key| **key != "body")
            .copied()
            .unwrap_or_default();
        problems.push(
            Diagnostic::error("two-bodies", place(other), format!("`body` and `{other}` exclude each other"))
                .also(place("body"), "the body")
                .help("a request is JSON (`body`), a form (`form`), or an upload (`upload`, whose further parts are `form`)"),
        );
    }
}

fn check_upload(survey: &Survey<'_>, call: &Call<'_>, upload: &Upload, problems: &mut Problems) {
    let at = format!("{}.upload", call.method.key());
    let place = |key: &str| survey.place(call.file, &format!("{at}#{key}"));
    if !ALGORITHMS.contains(&upload.digest.algorithm.as_str()) {
        let message = format!("unknown algorithm `{}`", upload.digest.algorithm);
        problems.push(
            Diagnostic::error("unknown-algorithm", place("algorithm"), message)
                .near_miss(&upload.digest.algorithm, ALGORITHMS)
                .help("expected `sha256`, `sm3`, `md5` or `sha1`"),
        );
    }
    if !upload.meta && !upload.fields.is_empty() {
        problems.push(
            Diagnostic::error(
                "upload-without-meta",
                place("fields"),
                "`fields` are those of `meta`, and `meta` is not there",
            )
            .also(place("meta"), "this says so")
            .help("parts of the form beside the file stand under `form` of the operation"),
        );
    }
    if !upload.meta && upload.file_name.is_some() {
        problems.push(
            Diagnostic::error(
                "upload-without-meta",
                place("meta"),
                "the file's name stands in `meta`, and `meta` is not there",
            )
            .help("say `file_name: none`"),
        );
    }
    let own = [Some(&upload.digest.field), upload.file_name.as_ref()];
    let parts = upload
        .fields
        .iter()
        .map(|field| (format!("{at}.{}", field.name), field));
    let form = call
        .operation
        .form
        .iter()
        .map(|field| (format!("{}.form.{}", call.method.key(), field.name), field));
    for (pointer, field) in parts.chain(form.filter(|_| !upload.meta)) {
        if own.iter().flatten().any(|name| **name == field.name) {
            problems.push(
                Diagnostic::error(
                    "name-clash",
                    survey.place(call.file, &pointer),
                    format!("`{}` is made from the file", field.name),
                )
                .help("remove the field: the client fills in the file's name and digest"),
            );
        }
    }
}
