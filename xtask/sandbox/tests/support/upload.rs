//! Uploads, part by part.

use super::client::{Call, call};
use serde_json::{Value, json};
use wechatpay_sandbox::Sandbox;
use wechatpay_sandbox::digest::digest;

const BOUNDARY: &str = "----boundary7MA4YWxkTrZu0gW";

/// A form with a part `meta`, which is signed.
#[derive(Clone)]
pub struct Upload {
    pub meta: Value,
    pub parts: Vec<Part>,
}

/// A part of a form.
#[derive(Clone)]
pub struct Part {
    pub name: String,
    pub file_name: Option<&'static str>,
    pub media_type: Option<&'static str>,
    pub content: Vec<u8>,
}

/// An image with the meta of most uploads. There is a boundary in it, but for its last letter.
pub fn image() -> Upload {
    let content = format!("\u{89}PNG\r\n--{}\0\r\n", &BOUNDARY[..BOUNDARY.len() - 1]).into_bytes();
    let sha256 = digest("sha256", &content);
    Upload {
        meta: json!({"filename": "执照 1.png", "sha256": sha256}),
        parts: vec![
            Part::meta(),
            Part {
                name: "file".into(),
                file_name: Some("执照 1.png"),
                media_type: Some("image/png"),
                content,
            },
        ],
    }
}

impl Upload {
    /// The same upload, changed.
    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    /// A part by its name.
    pub fn part(&mut self, name: &str) -> &mut Part {
        let mut parts = self.parts.iter_mut();
        parts.find(|part| part.name == name).expect("a part")
    }

    /// Adds a part that is a text.
    pub fn add(&mut self, name: &str, text: &str) {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: None,
            media_type: None,
            content: text.into(),
        });
    }

    /// The call that uploads it.
    pub fn call(self, sandbox: &Sandbox, target: &str) -> Call {
        let (media_type, body, signed) = self.written();
        call(sandbox, "POST", target, "")
            .header("Content-Type", &media_type)
            .with(|call| {
                call.body = body;
                call.signed_body = Some(signed);
            })
    }

    /// Its media type, the body, and what is signed.
    pub fn written(self) -> (String, Vec<u8>, Vec<u8>) {
        let meta = self.meta.to_string().into_bytes();
        let mut body = Vec::new();
        for part in self.parts {
            let content = match part.name.as_str() {
                "meta" if part.content.is_empty() => meta.clone(),
                _ => part.content,
            };
            let file_name = part.file_name;
            let file_name = file_name.map(|name| format!("; filename=\"{name}\""));
            let media_type = part.media_type;
            let media_type = media_type.map(|name| format!("\r\nContent-Type: {name}"));
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"{}{}\r\n\r\n",
                part.name,
                file_name.unwrap_or_default(),
                media_type.unwrap_or_default(),
            );
            body.extend([head.as_bytes(), &content, b"\r\n"].concat());
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        (media_type, body, meta)
    }
}

impl Part {
    /// The part `meta`; where it has no content, it is given that of the upload.
    pub fn meta() -> Self {
        Self {
            name: "meta".into(),
            file_name: None,
            media_type: Some("application/json"),
            content: Vec::new(),
        }
    }
}
