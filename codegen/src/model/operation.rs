use super::{Field, Literal, ObjectSchema, Paging, Schema, ShapeId};
use std::collections::BTreeMap;

/// What one method of one path does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// The official (Chinese) name.
    pub title: String,
    /// One English sentence in the imperative.
    pub summary: Option<String>,
    /// Who may call it, in the official words: `服务商`.
    pub roles: Vec<String>,
    /// The official pages.
    pub docs: Vec<String>,
    /// When the official page was last changed: `2024.06.18`.
    pub updated: Option<String>,
    /// Why it should not be used any more; the text may be empty.
    pub deprecated: Option<String>,
    /// By what a write may be sent again; `None`: it may not.
    pub repeatable: Option<Repeatable>,
    /// The merchant's number of what a write does that may not be sent again: the field by which it is queried.
    pub number: Option<String>,
    /// How the pages of its list are asked for.
    pub paging: Option<Paging>,
    /// What the example of the documentation gives members of the request; optional ones among them are shown for that.
    pub example: Vec<(String, Literal)>,
    /// The query's parameters.
    pub query: Vec<Field>,
    /// The header parameters.
    pub headers: Vec<Field>,
    /// The parts of a form that is not an upload's `meta` or file.
    pub form: Vec<Field>,
    /// The file part and `meta` of an upload.
    pub upload: Option<Upload>,
    /// The body.
    pub body: Option<Body>,
    /// The replies by status.
    pub responses: BTreeMap<u16, Response>,
    /// The media types of the reply, where they are not what the wire says.
    pub produces: Vec<String>,
    /// Whether a successful reply carries no signature.
    pub response_unsigned: bool,
    /// APIv2: the server refuses a `nonce_str`.
    pub no_nonce: bool,
    /// APIv2: the call needs mutual TLS with the merchant's certificate.
    pub client_certificate: bool,
    /// Not a call but a link that a browser opens.
    pub link: bool,
}

/// The methods, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As sent: `POST`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// As a key of the description and a method of the chain: `post`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// Who signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// A merchant.
    #[default]
    Merchant,
    /// A brand.
    Brand,
}

/// By what a write may be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeatable {
    /// A field of the request, or a path variable: `out_trade_no`.
    By(String),
    /// The header `Idempotency-Key`.
    Key,
}

/// A body: its own members, or a shared shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// An object described in place.
    Object(ObjectSchema),
    /// A shared shape.
    Ref(ShapeId),
}

/// What comes with a status.
#[derive(Clone, Debug, PartialEq)]
pub enum Response {
    /// No body.
    Empty,
    /// A document.
    Body(Body),
    /// A file.
    File,
    /// A document that is not an object: `string[]`.
    Value(Box<Schema>),
}

/// An upload: which parts the form has.
#[derive(Clone, Debug, PartialEq)]
pub struct Upload {
    /// The name of the file's part.
    pub part: String,
    /// The field of `meta` that takes the file's name; `None`: there is none.
    pub file_name: Option<String>,
    /// The field that takes the file's digest.
    pub digest: UploadDigest,
    /// Whether there is a JSON part `meta`; without it the digest is a part of the form.
    pub meta: bool,
    /// The further fields of `meta`.
    pub fields: Vec<Field>,
}

/// A file's digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadDigest {
    /// The name of its field.
    pub field: String,
    /// The algorithm: `sha256`, `sm3`, `md5`.
    pub algorithm: String,
}

impl Default for Upload {
    fn default() -> Self {
        Self {
            part: "file".into(),
            file_name: Some("filename".into()),
            digest: UploadDigest {
                field: "sha256".into(),
                algorithm: "sha256".into(),
            },
            meta: true,
            fields: Vec::new(),
        }
    }
}
