//! A body that is `multipart/form-data`, taken apart.

use crate::check_request::header;
use crate::refusal::{Detail, Refusal};
use bytes::Bytes;
use futures_util::{FutureExt as _, stream};
use http::HeaderMap;
use multer::Multipart;
use std::convert::Infallible;

/// The part of an upload that is signed.
pub const META: &str = "meta";

/// The parts of a form, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    parts: Vec<Part>,
}

/// A part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of the file, where it says that it is one.
    pub file_name: Option<String>,
    /// Its `Content-Type`.
    pub media_type: Option<String>,
    /// What is in it.
    pub content: Bytes,
}

impl Form {
    /// Takes a body apart, as far as its signature depends on it.
    ///
    /// # Errors
    ///
    /// The body is no form, or is cut short; or there is no part `meta`. Nobody is authenticated by then, so the refusal is not
    /// signed.
    pub fn of_an_upload(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let form = Self::read(headers, body).map_err(Refusal::unsigned)?;
        if form.part(META).is_none() {
            let issue = "the part is required, and missing: it is what the signature covers";
            let detail = Detail::new("form", META, issue);
            return Err(Refusal::parameter(detail).unsigned());
        }
        Ok(form)
    }

    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refusal> {
        let sent = header(headers, "Content-Type").unwrap_or_default();
        let boundary = multer::parse_boundary(sent).map_err(|_| {
            let issue = "it must be multipart/form-data, and name the boundary";
            Refusal::parameter(Detail::new("header", "Content-Type", issue).with_value(sent))
        })?;
        let whole = stream::iter([Ok::<_, Infallible>(Bytes::copy_from_slice(body))]);
        // The whole body is there, so there is nothing to wait for.
        let parts = parts(Multipart::new(whole, boundary)).now_or_never();
        let issue = match parts {
            Some(Ok(parts)) => return Ok(Self { parts }),
            Some(Err(error)) => format!("it is no whole form: {error}"),
            None => "it is no whole form".into(),
        };
        Err(Refusal::parameter(Detail::new("form", "", issue)))
    }

    /// The parts, in their order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The first part of a name.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// What the signature of the request covers: the text of `meta`.
    pub fn signed(&self) -> &[u8] {
        self.part(META).map_or(&[], |meta| &meta.content)
    }
}

async fn parts(mut form: Multipart<'_>) -> Result<Vec<Part>, multer::Error> {
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await? {
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            media_type: field.content_type().map(ToString::to_string),
            content: field.bytes().await?,
        });
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Form, Refusal> {
        let mut headers = HeaderMap::new();
        let form = "multipart/form-data; boundary=b".parse();
        headers.insert("Content-Type", form.expect("a header"));
        Form::of_an_upload(&headers, body.as_bytes())
    }

    #[test]
    fn parts_come_apart_to_the_byte() {
        let form = read(concat!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"执照 1.png\"\r\n",
            "Content-Type: image/png\r\n\r\n--a\r\n\r\n--\r\n\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{ }\r\n--b--\r\n",
        ))
        .expect("a form");
        let [file, meta] = form.parts() else {
            panic!("{form:?}")
        };
        assert_eq!(file.file_name.as_deref(), Some("执照 1.png"));
        assert_eq!(file.media_type.as_deref(), Some("image/png"));
        assert_eq!(file.content, "--a\r\n\r\n--\r\n");
        assert_eq!((meta.name.as_str(), meta.file_name.as_ref()), (META, None));
        assert_eq!(form.signed(), b"{ }");
    }

    #[test]
    fn what_is_no_whole_form_is_refused() {
        let meta = "--b\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n{}";
        for (body, field) in [
            ("", ""),
            ("{}", ""),
            (meta, ""),
            ("--b--\r\n", META),
            (&format!("{meta}\r\n--b"), ""),
            (&format!("{}\r\n--b--", meta.replace("meta", "mete")), META),
        ] {
            let refusal = read(body).expect_err(body);
            assert_eq!((refusal.status, refusal.signed), (400, false));
            assert_eq!(refusal.detail.expect("a detail").field, field, "{body}");
        }
        let refusal = Form::of_an_upload(&HeaderMap::new(), b"{}").expect_err("no form");
        assert_eq!(refusal.detail.expect("a detail").field, "Content-Type");
    }
}
