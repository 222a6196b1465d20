//! A form of several parts: how an upload travels.

use bytes::Bytes;
use reqwest::multipart;

/// One part of a form.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) content: Bytes,
    pub(crate) media_type: Option<String>,
    pub(crate) file_name: Option<String>,
}

/// The form as reqwest sends it. Names stand in it as they are: WeChat Pay reads no percent-encoding there.
pub(super) fn form(parts: Vec<Part>) -> Result<multipart::Form, reqwest::Error> {
    let mut form = multipart::Form::new().percent_encode_noop();
    for part in parts {
        let length = part.content.len() as u64;
        let mut sent = multipart::Part::stream_with_length(part.content, length);
        if let Some(media_type) = &part.media_type {
            sent = sent.mime_str(media_type)?;
        }
        if let Some(file_name) = part.file_name {
            sent = sent.file_name(file_name);
        }
        form = form.part(part.name, sent);
    }
    Ok(form)
}
