//! What is the same for every call of one operation, as data.

use crate::call::Once;
use crate::paging::Paging;
use crate::value::Field;
use crate::write::Machinery;
use core::fmt;

/// An operation of the API: what the generator knows of it, written once as a static.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The HTTP method.
    pub method: Method,
    /// The path as described, variables in braces.
    pub path: &'static str,
    /// The rules of the path's variables, in the order in which they stand in it.
    pub variables: &'static [Field],
    /// Where the operation is served.
    pub host: &'static Host,
    /// Who signs.
    pub identity: Identity,
    /// What the request carries.
    pub body: Body,
    /// What the reply carries.
    pub reply: ReplyBody,
    /// Whether a reply with a status of 2xx comes without a signature.
    pub reply_unsigned: bool,
    /// The statuses of success that are described.
    pub statuses: &'static [u16],
    /// Whether, and by what, a write may be sent again.
    pub repeatable: Repeatable,
    pub(crate) once: Option<Once>,
    /// The merchant's number of what a write does, where that is not what makes it repeatable: a field of the request.
    pub number: Option<&'static str>,
    /// How the pages of its list are asked for.
    pub paging: Option<Paging>,
    /// How documents are written.
    pub wire: Wire,
    /// Not a call but a link that a browser opens.
    pub link: bool,
    /// APIv2: the call needs mutual TLS with the merchant's certificate.
    pub client_certificate: bool,
    /// APIv2: the server refuses a `nonce_str`.
    pub no_nonce: bool,
}

impl Operation {
    /// A signed operation without a body, answered with JSON; what differs is added by the other functions.
    pub const fn new(method: Method, path: &'static str, host: &'static Host) -> Self {
        Self {
            method,
            path,
            variables: &[],
            host,
            identity: Identity::Merchant,
            body: Body::None,
            reply: ReplyBody::Json,
            reply_unsigned: false,
            statuses: &[200],
            repeatable: Repeatable::Never,
            once: None,
            number: None,
            paging: None,
            wire: Wire::Json,
            link: false,
            client_certificate: false,
            no_nonce: false,
        }
    }

    /// The rules of the path's variables.
    pub const fn variables(mut self, variables: &'static [Field]) -> Self {
        self.variables = variables;
        self
    }

    /// Signed by another identity than the merchant's.
    pub const fn identity(mut self, identity: Identity) -> Self {
        self.identity = identity;
        self
    }

    /// What the request carries.
    pub const fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// What the reply carries.
    pub const fn reply(mut self, reply: ReplyBody) -> Self {
        self.reply = reply;
        self
    }

    /// The reply comes without a signature.
    pub const fn reply_unsigned(mut self) -> Self {
        self.reply_unsigned = true;
        self
    }

    /// The statuses of success that are described.
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// How documents are written.
    pub const fn wire(mut self, wire: Wire) -> Self {
        self.wire = wire;
        self
    }

    /// Not a call but a link.
    pub const fn link(mut self) -> Self {
        self.link = true;
        self
    }

    /// Needs the merchant's certificate in the TLS handshake.
    pub const fn client_certificate(mut self) -> Self {
        self.client_certificate = true;
        self
    }

    /// Goes without a `nonce_str`.
    pub const fn no_nonce(mut self) -> Self {
        self.no_nonce = true;
        self
    }

    /// The reply is one page of a list.
    pub const fn paging(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// The merchant's number of what a write does that may not be sent again.
    pub const fn number(mut self, name: &'static str) -> Self {
        self.number = Some(name);
        self
    }

    /// By which of the request's fields, or of the path's variables, one asks what became of a write: the merchant's own number of it. None where it is
    /// repeatable by its `Idempotency-Key`.
    pub const fn known_by(&self) -> Option<&'static str> {
        match self.repeatable {
            Repeatable::By(name) => Some(name),
            Repeatable::Never => self.number,
            Repeatable::Key => None,
        }
    }

    /// By what a write may be sent again.
    pub const fn repeatable(mut self, repeatable: Repeatable) -> Self {
        self.repeatable = repeatable;
        self.once = match repeatable {
            Repeatable::Key => Some(Once::new()),
            Repeatable::By(_) | Repeatable::Never => None,
        };
        self
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// The method's name as it is sent and signed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A family of hosts that serve the same operations and share their platform keys.
#[derive(Debug)]
pub struct Host {
    /// The family's name in the description.
    pub name: &'static str,
    /// The base URL, without a slash at its end.
    pub base: &'static str,
    /// Base URLs of the same service elsewhere, for what was surely not sent.
    pub backups: &'static [&'static str],
}

impl Host {
    /// The family that serves whatever names none: what a request that is not described goes to.
    pub const DEFAULT: &'static Self = &Self {
        name: "default",
        base: "https://api.mch.weixin.qq.com",
        backups: &[
            "https://api2.mch.weixin.qq.com",
            "https://api.wechatpay.cn",
            "https://api2.wechatpay.cn",
        ],
    };

    /// The family that serves what is outside mainland China: `/hk/v3`, `/global/v3`, `/v3/global`.
    pub const HONG_KONG: &'static Self = &Self {
        name: "hong-kong",
        base: "https://apihk.mch.weixin.qq.com",
        backups: &[],
    };
}

/// Who signs a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// A merchant, by `mchid`.
    Merchant,
    /// A brand, by `brand_id`.
    Brand,
}

/// What a request carries.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Body {
    /// Nothing.
    None,
    /// A document: JSON, or XML in APIv2.
    Json,
    /// A form of several parts, one of them a file.
    Upload(Upload),
}

/// What goes with the file of an upload.
#[derive(Clone, Copy)]
pub struct Upload {
    /// The member of `meta` that takes the file's name.
    pub file_name: Option<&'static str>,
    /// The member that takes the file's digest.
    pub digest: &'static str,
    /// How the digest is made.
    pub algorithm: DigestAlgorithm,
    pub(crate) machinery: Machinery,
    /// Whether there is a JSON part `meta`, which is what is signed; without it the digest is a part of the form.
    pub meta: bool,
}

impl Upload {
    /// An upload with a part `meta` that takes the file's digest.
    pub const fn new(digest: &'static str, algorithm: DigestAlgorithm) -> Self {
        Self {
            file_name: None,
            digest,
            algorithm,
            machinery: Machinery::new(),
            meta: true,
        }
    }

    /// The member of `meta` that takes the file's name.
    pub const fn file_name(mut self, member: &'static str) -> Self {
        self.file_name = Some(member);
        self
    }

    /// There is no part `meta`.
    pub const fn without_meta(mut self) -> Self {
        self.meta = false;
        self
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("file_name", &self.file_name)
            .field("digest", &self.digest)
            .field("algorithm", &self.algorithm)
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

/// How a file's digest is made. It is written in lower-case hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// SHA-256.
    Sha256,
    /// SM3, of the Chinese national standards.
    Sm3,
    /// SHA-1.
    Sha1,
    /// MD5: APIv2.
    Md5,
}

/// How documents are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wire {
    /// JSON: APIv3.
    Json,
    /// XML: APIv2.
    Xml,
    /// The request as XML or a form, the reply as JSON.
    XmlThenJson,
}

/// What a reply carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyBody {
    /// A JSON document, or nothing.
    Json,
    /// A file.
    File,
}

/// Whether, and by what, a write may be sent again when nobody knows whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repeatable {
    /// It may not.
    Never,
    /// By a number of the merchant's that stands in the request: the name of the field.
    By(&'static str),
    /// By the header `Idempotency-Key`.
    Key,
}
