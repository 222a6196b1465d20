use super::{Event, PathItem, Shape, ShapeId};
use std::collections::BTreeMap;

/// The whole API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Api {
    /// The products by name: `payscore`.
    pub products: BTreeMap<String, Product>,
    /// The host families by name; the one called `default` serves what names none.
    pub hosts: BTreeMap<String, HostFamily>,
    /// The shapes that several places share.
    pub shapes: BTreeMap<ShapeId, Shape>,
    /// The paths with their operations, by the path as it is sent.
    pub paths: BTreeMap<String, PathItem>,
    /// The notifications, by product and file name.
    pub events: BTreeMap<(String, String), Event>,
    /// Where the description departs from the facts, and why.
    pub deviations: Vec<Deviation>,
}

/// A product: one Cargo feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Product {
    /// The official (Chinese) name.
    pub title: String,
    /// One English sentence.
    pub summary: Option<String>,
    /// Whether the feature is on by default.
    pub default: bool,
}

/// Hosts that serve the same operations and share their platform keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostFamily {
    /// The base URL, without a slash at its end.
    pub base: String,
    /// The same service elsewhere.
    pub backups: Vec<String>,
}

/// A departure from the facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deviation {
    /// The operation: `POST /v3/…`.
    pub operation: String,
    /// The places in it: `body.detail.seq`, `query.appid`, `200.amount.total`; none for the operation itself.
    pub places: Vec<String>,
    /// What the facts say.
    pub fact: String,
    /// What the description says.
    pub ours: String,
    /// Why.
    pub why: String,
}
