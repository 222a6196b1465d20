//! The facts as they stand in `operations.jsonl`, read strictly, so that nothing new is passed over.

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;

/// One operation: a line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) base_uri: Option<String>,
    pub(super) auth: Option<String>,
    pub(super) consumes: Option<String>,
    #[serde(default)]
    pub(super) produces: Vec<String>,
    #[serde(default)]
    pub(super) response_unsigned: bool,
    #[serde(default)]
    pub(super) params: Vec<Node>,
    pub(super) body: Option<Node>,
    pub(super) responses: BTreeMap<u16, Node>,
    #[serde(rename = "title")]
    _title: IgnoredAny,
    #[serde(default, rename = "tags")]
    _tags: IgnoredAny,
    #[serde(default, rename = "roles")]
    _roles: IgnoredAny,
    #[serde(default, rename = "updated")]
    _updated: IgnoredAny,
    #[serde(default, rename = "docs")]
    _docs: IgnoredAny,
    #[serde(default, rename = "deprecated")]
    _deprecated: IgnoredAny,
    #[serde(default, rename = "api_version")]
    _api_version: IgnoredAny,
    #[serde(default, rename = "client_certificate")]
    _client_certificate: IgnoredAny,
    #[serde(default, rename = "no_nonce")]
    _no_nonce: IgnoredAny,
}

/// The types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Type {
    String,
    Integer,
    Number,
    Boolean,
    Object,
    Array,
    File,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Stands {
    Path,
    Query,
    Header,
    FormData,
}

/// A schema node; with a name and a place it is a parameter, with nothing at all it is a reply without a body.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Node {
    pub(super) name: Option<String>,
    #[serde(rename = "in")]
    pub(super) stands: Option<Stands>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Type>,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) unconfirmed: bool,
    #[serde(default)]
    pub(super) nullable: bool,
    #[serde(default)]
    pub(super) sensitive: bool,
    pub(super) example: Option<Value>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<Value>>,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<String>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) minimum: Option<i64>,
    pub(super) maximum: Option<i64>,
    pub(super) min_items: Option<u64>,
    pub(super) max_items: Option<u64>,
    #[serde(alias = "properties")]
    pub(super) fields: Option<BTreeMap<String, Node>>,
    pub(super) items: Option<Box<Node>>,
    pub(super) json: Option<Box<Node>>,
    pub(super) additional: Option<Box<Node>>,
    pub(super) one_of: Option<Vec<Node>>,
    #[serde(default, rename = "prop-one-of")]
    pub(super) one_of_members: bool,
    pub(super) urlencode: Option<Box<Node>>,
    #[serde(default, rename = "label", alias = "description")]
    _label: IgnoredAny,
    #[serde(default, rename = "default")]
    _default: IgnoredAny,
    #[serde(default, rename = "key")]
    _key: IgnoredAny,
    #[serde(default, rename = "envelope")]
    _envelope: IgnoredAny,
    #[serde(default, rename = "cdata")]
    _cdata: IgnoredAny,
}

impl Node {
    /// An object.
    pub(super) fn object(fields: BTreeMap<String, Self>) -> Self {
        Self {
            kind: Some(Type::Object),
            fields: Some(fields),
            ..Self::default()
        }
    }

    /// Whether it says nothing: a reply without a body.
    pub(super) fn is_empty(&self) -> bool {
        self.kind.is_none() && self.one_of.is_none()
    }

    /// Whether it must be there. What one witness alone knows is optional, whatever else is said of it.
    pub(super) fn must_be_there(&self) -> bool {
        self.required && !self.unconfirmed
    }

    /// The nodes directly in this one, with the step that leads to each.
    pub(super) fn children(&self) -> Vec<(String, &Node)> {
        let fields = self.fields.iter().flatten();
        let inner = [&self.items, &self.json, &self.additional, &self.urlencode];
        let alternatives = self.one_of.iter().flatten();
        fields
            .map(|(name, node)| (format!(".{name}"), node))
            .chain(
                inner
                    .into_iter()
                    .flatten()
                    .map(|node| ("[]".to_owned(), &**node)),
            )
            .chain(alternatives.map(|node| ("|".to_owned(), node)))
            .collect()
    }
}

/// Reads all operations, one a line.
///
/// # Errors
/// The number of the line that holds something unknown.
pub(super) fn read(facts: &str) -> Result<Vec<Line>> {
    let lines = facts.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            serde_json::from_str(line).with_context(|| {
                format!("line {} of the facts is no operation known here", index + 1)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_nobody_knows_is_an_error_with_its_line() {
        let good = r#"{"method":"GET","path":"/v3/a","title":"a","responses":{"200":{"type":"object","fields":{"x":{"type":"string","required":true}}},"204":{}}}"#;
        let bad = good.replace("required", "mandatory");
        let lines = read(good).expect("an operation");
        assert!(lines[0].responses[&200].fields.as_ref().expect("fields")["x"].must_be_there());
        assert!(lines[0].responses[&204].is_empty());
        let error = read(&format!("{good}\n\n{bad}")).expect_err("a key unknown");
        assert!(error.to_string().starts_with("line 3"), "{error}");
        assert!(format!("{error:#}").contains("mandatory"), "{error:#}");
    }
}
