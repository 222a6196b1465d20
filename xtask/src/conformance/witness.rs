//! What a witness of the API does: it makes cases, answers the requests that they lead to, and judges what came of them.

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use wechatpay_sandbox::ClientMaterial;

/// The header by which a request tells which case it belongs to.
pub(crate) const CASE_HEADER: &str = "X-Conformance-Case";

/// The family of hosts that serves what names no other.
pub(crate) const DEFAULT_FAMILY: &str = "default";

/// Someone who knows what the API is, and tells by it whether the generated crate calls it rightly.
pub(crate) trait Witness {
    /// What the table calls it: `description`, `facts`.
    fn name(&self) -> &'static str;

    /// Its cases, in the order in which they are told. Each has an id of its own.
    fn cases(&self) -> &[Case];

    /// Starts to listen on loopback; called once, within a tokio runtime of several threads, before any case is played.
    async fn start(&mut self) -> Result<Server>;

    /// What is wrong with a case that was played; empty where all is well. The server has kept by the case's id what it received
    /// and what it answered.
    fn judge(&self, case: &Case, outcome: &Outcome) -> Vec<String>;

    /// Stops listening.
    async fn stop(&mut self);
}

/// Where a witness listens, and what a client of it needs.
pub(crate) struct Server {
    /// The families of hosts by their names in the description. A family that is not here is reached as `default` is.
    pub(crate) hosts: BTreeMap<String, Host>,
    /// Who calls: the merchant, and the brand.
    pub(crate) client: ClientMaterial,
}

/// A family of hosts.
#[derive(Clone, Serialize)]
pub(crate) struct Host {
    /// The base URL, without a slash at its end.
    pub(crate) url: String,
    /// The id of the public key that its answers are signed with, and that requests are encrypted for.
    pub(crate) public_key_id: String,
    /// That key, as PEM.
    pub(crate) public_key: String,
}

/// A call to be made: a line of what the program is given.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Case {
    /// The number that its request and its outcome carry.
    pub(crate) id: usize,
    /// The operation, as the description names it: `POST /v3/…/{out_order_no}/sync`.
    pub(crate) operation: String,
    /// What it tries.
    #[serde(rename = "is_example", serialize_with = "is_example")]
    pub(crate) kind: Kind,
    /// Whether a reply that differs from its description is an error.
    pub(crate) strict: bool,
    /// The path's variables in their order, in plain.
    pub(crate) variables: Vec<String>,
    /// All members of the request by their names on the wire, wherever they travel, in plain; `None` where the operation takes no
    /// request. The file of an upload is a member of the name of its part, an [`UploadedFile`].
    pub(crate) request: Option<Value>,
}

/// The program takes the request of an example from the documentation's text, which was compiled into it.
fn is_example<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*kind == Kind::Example)
}

/// A file in a request.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UploadedFile {
    /// Its name.
    pub(crate) file_name: String,
    /// What is in it, in base64.
    pub(crate) content: String,
}

/// What a case tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// The call of the documentation, as it stands there.
    Example,
    /// Only the required fields of the request.
    Required,
    /// Every field of the request.
    Full,
    /// The answer leaves out members that are described as required.
    LeftOut,
    /// The answer has `null` for values.
    Null,
    /// The answer has digits in texts for numbers.
    DigitTexts,
    /// The answer has values that enumerations do not list.
    UnknownValues,
    /// The answer has members that are not described.
    UnknownFields,
}

impl Kind {
    /// All of them, in the order of the table's columns.
    pub(crate) const ALL: [Self; 8] = [
        Self::Example,
        Self::Required,
        Self::Full,
        Self::LeftOut,
        Self::Null,
        Self::DigitTexts,
        Self::UnknownValues,
        Self::UnknownFields,
    ];

    /// The ways in which answers are degraded.
    pub(crate) const DEGRADED: [Self; 5] = [
        Self::LeftOut,
        Self::Null,
        Self::DigitTexts,
        Self::UnknownValues,
        Self::UnknownFields,
    ];

    /// What the table and messages call it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Example => "example",
            Self::Required => "required",
            Self::Full => "full",
            Self::LeftOut => "left out",
            Self::Null => "null",
            Self::DigitTexts => "digit texts",
            Self::UnknownValues => "unknown values",
            Self::UnknownFields => "unknown fields",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What came of a call: a line of what the program writes.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Outcome {
    /// The case's number.
    pub(crate) id: usize,
    /// The status of the reply.
    pub(crate) status: Option<u16>,
    /// The typed reply written as JSON again, encrypted members in plain; `None` where there is no body or no reply.
    pub(crate) reply: Option<Value>,
    /// The bytes of a file, in base64.
    pub(crate) file: Option<String>,
    /// Where the reply differs from its description.
    #[serde(default)]
    pub(crate) drift: Vec<Drift>,
    /// Why there is no reply.
    pub(crate) error: Option<Failure>,
}

/// A place where a reply differs from its description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Drift {
    /// As the runtime writes it: `amount.total`, `details[0].scope`; empty for the document itself.
    pub(crate) path: String,
    /// The name of the runtime's `DriftKind`: `Missing`, `Null`, `Type`, `Lenient`, `UnknownField`, `UnknownValue` …
    pub(crate) kind: String,
}

/// An error of the client.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Failure {
    /// The runtime's `ErrorKind` as `Debug` shows it: `Drift`, `Validation`, `Verification(…)` …
    pub(crate) kind: String,
    /// What is known of the request: `NotSent`, `Answered`, `Unknown`.
    pub(crate) outcome: String,
    /// The error as it is told.
    pub(crate) message: String,
    /// The places that an error of drift names.
    #[serde(default)]
    pub(crate) drift: Vec<Drift>,
    /// The rules of the description that the request breaks.
    #[serde(default)]
    pub(crate) violations: Vec<String>,
}
