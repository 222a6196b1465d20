use super::{Docs, Group, Rules, TypeItem};
use crate::model::{Identity, Literal, Method, Paging, Repeatable, UploadDigest, Wire};

/// An operation: a static and a method of a chain node, and the types of its request and reply.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationItem {
    /// The method.
    pub method: Method,
    /// The path as it is sent, variables in braces.
    pub path: String,
    /// The rules of the path's variables, by name on the wire.
    pub variables: Vec<(String, Rules)>,
    /// The product.
    pub product: String,
    /// The name of the host family.
    pub host: String,
    /// Who signs.
    pub identity: Identity,
    /// What the request carries.
    pub carried: Carried,
    /// How documents are written.
    pub wire: Wire,
    /// Whether it is a link for a browser rather than a call.
    pub link: bool,
    /// APIv2: whether the server refuses a `nonce_str`.
    pub no_nonce: bool,
    /// APIv2: whether it needs mutual TLS.
    pub client_certificate: bool,
    /// Whether the reply is a file.
    pub reply_is_file: bool,
    /// The statuses of success.
    pub statuses: Vec<u16>,
    /// Whether a successful reply carries no signature.
    pub reply_unsigned: bool,
    /// By what a write may be sent again.
    pub repeatable: Option<Repeatable>,
    /// The merchant's number of what a write does that may not be sent again.
    pub number: Option<String>,
    /// How the pages of its list are asked for.
    pub paging: Option<Paging>,
    /// The documentation of the method, with the example.
    pub docs: Docs,
    /// What the example gives members of the request; optional ones among them are shown.
    pub shown: Literal,
    /// The example, with the description's values.
    pub example: Example,
    /// Why it should not be used; the text may be empty.
    pub deprecated: Option<String>,
    /// What the method takes.
    pub request: Option<Root>,
    /// What the reply brings.
    pub reply: Option<Root>,
}

impl OperationItem {
    /// Whether the runtime makes the call, rather than refuse it.
    pub fn is_carried(&self) -> bool {
        self.wire == Wire::Json && !self.link
    }
}

/// What a request carries besides its query and headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// Nothing.
    Nothing,
    /// A document.
    Document,
    /// A form with a file.
    Upload {
        /// The member of `meta` that takes the file's name.
        file_name: Option<String>,
        /// The member that takes the file's digest.
        digest: UploadDigest,
        /// Whether there is a part `meta`.
        meta: bool,
    },
}

/// A call as Rust source, `wxpay` being the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// The path of the module that the request's type is reached through; none without a request.
    pub import: Option<String>,
    /// The request.
    pub request: Option<String>,
    /// The method that makes the call: `wxpay.v3()….post`.
    pub method: String,
}

/// The type that an operation takes or brings.
#[derive(Clone, Debug, PartialEq)]
pub enum Root {
    /// A type of the operation's own, the first of the group.
    Own(Group),
    /// Another name for a shared shape, a list …
    Alias {
        /// The name: `PostReply`.
        name: String,
        /// One line of documentation.
        docs: Docs,
        /// What it stands for.
        target: TypeItem,
        /// The types that it needs, which are the operation's own.
        group: Option<Group>,
    },
}

impl Root {
    /// The name of the type: `PostRequest`.
    pub fn name(&self) -> &str {
        match self {
            Self::Own(group) => group.root.as_ref().map_or("", |root| root.name.as_str()),
            Self::Alias { name, .. } => name,
        }
    }

    /// How many types are emitted for it.
    pub fn types(&self) -> usize {
        match self {
            Self::Own(group) => group.types(),
            Self::Alias { group, .. } => group.as_ref().map_or(0, Group::types),
        }
    }
}
