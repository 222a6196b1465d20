use super::{Body, Field, Literal, ObjectSchema};

/// A notification that WeChat Pay sends.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The event types that it covers: `TRANSACTION.SUCCESS`; none for an APIv2 notification that names none.
    pub event_types: Vec<String>,
    /// The official (Chinese) name.
    pub title: String,
    /// One English sentence.
    pub summary: Option<String>,
    /// The official pages.
    pub docs: Vec<String>,
    /// How it is written.
    pub wire: Wire,
    /// The values of `resource.original_type` seen with it.
    pub original_types: Vec<String>,
    /// An example of the envelope.
    pub envelope_example: Option<Literal>,
    /// APIv2: the envelope's fields.
    pub envelope: Vec<Field>,
    /// APIv2: the envelope's field that holds the sealed document (`req_info`, `event_ciphertext`).
    pub sealed: Option<String>,
    /// What the sealed resource may hold; the first that fits is taken.
    pub variants: Vec<EventVariant>,
    /// What the merchant answers with, where it is more than a status.
    pub answer: Option<ObjectSchema>,
}

/// One of the documents that an event may bring.
#[derive(Clone, Debug, PartialEq)]
pub struct EventVariant {
    /// The name of the variant; an event with one variant needs none.
    pub name: Option<String>,
    /// The official short name.
    pub label: Option<String>,
    /// Its members.
    pub body: Body,
    /// An example of the document.
    pub example: Option<Literal>,
}

/// How documents are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wire {
    /// JSON: APIv3.
    #[default]
    Json,
    /// XML: APIv2.
    Xml,
    /// The request as XML or a form, the reply as JSON: one APIv2 operation.
    XmlThenJson,
}
