//! The facts as they stand in `operations.jsonl`: one operation a line, read strictly, so that nothing new is passed over.

use super::members::Members;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use super::ImportError;

/// One operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactOperation {
    pub(super) method: FactMethod,
    pub(super) path: String,
    pub(super) base_uri: Option<String>,
    pub(super) auth: Option<FactAuth>,
    pub(super) title: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) roles: Vec<String>,
    pub(super) updated: Option<String>,
    #[serde(default)]
    pub(super) api_version: Vec<String>,
    #[serde(default)]
    pub(super) docs: Vec<String>,
    #[serde(default)]
    pub(super) deprecated: bool,
    #[serde(default)]
    pub(super) client_certificate: bool,
    #[serde(default)]
    pub(super) response_unsigned: bool,
    #[serde(default)]
    pub(super) no_nonce: bool,
    pub(super) consumes: Option<FactConsumes>,
    #[serde(default)]
    pub(super) produces: Vec<String>,
    #[serde(default)]
    pub(super) params: Vec<FactParam>,
    pub(super) body: Option<FactNode>,
    pub(super) responses: BTreeMap<String, FactResponse>,
}

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum FactMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Who signs, when it is not a merchant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FactAuth {
    Brand,
}

/// What the request is written as, when it is not JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum FactConsumes {
    #[serde(rename = "application/xml")]
    Xml,
    #[serde(rename = "multipart/form-data")]
    Form,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum FactPlace {
    Path,
    Query,
    Header,
    FormData,
}

/// A parameter: a node with a name and a place.
#[derive(Clone, Debug)]
pub(super) struct FactParam {
    pub(super) name: String,
    pub(super) place: FactPlace,
    pub(super) node: FactNode,
}

/// A reply: `{}` stands for no body.
#[derive(Clone, Debug)]
pub(super) struct FactResponse(pub(super) Option<FactNode>);

/// The types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FactType {
    String,
    Integer,
    Number,
    Boolean,
    Object,
    Array,
    File,
}

/// A schema node.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct FactNode {
    name: Option<String>,
    #[serde(rename = "in")]
    place: Option<FactPlace>,
    #[serde(rename = "type")]
    pub(super) kind: Option<FactType>,
    #[serde(alias = "description")]
    pub(super) label: Option<String>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) example: Option<Value>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<Value>>,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<String>,
    pub(super) default: Option<Value>,
    #[serde(default)]
    pub(super) nullable: bool,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) minimum: Option<i64>,
    pub(super) maximum: Option<i64>,
    pub(super) min_items: Option<u32>,
    pub(super) max_items: Option<u32>,
    #[serde(alias = "properties")]
    pub(super) fields: Option<Members<FactNode>>,
    pub(super) items: Option<Box<FactNode>>,
    pub(super) additional: Option<Box<FactNode>>,
    pub(super) one_of: Option<Vec<FactNode>>,
    #[serde(default, rename = "prop-one-of")]
    pub(super) one_of_members: bool,
    pub(super) key: Option<String>,
    #[serde(default)]
    pub(super) unconfirmed: bool,
    #[serde(default)]
    pub(super) sensitive: bool,
    pub(super) envelope: Option<String>,
    pub(super) json: Option<Box<FactNode>>,
    #[serde(default)]
    pub(super) cdata: bool,
    pub(super) urlencode: Option<Box<FactNode>>,
}

impl<'de> Deserialize<'de> for FactParam {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut node = FactNode::deserialize(deserializer)?;
        let missing = |key| serde::de::Error::custom(format!("a parameter has no `{key}`"));
        Ok(Self {
            name: node.name.take().ok_or_else(|| missing("name"))?,
            place: node.place.take().ok_or_else(|| missing("in"))?,
            node,
        })
    }
}

impl<'de> Deserialize<'de> for FactResponse {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = FactNode::deserialize(deserializer)?;
        Ok(Self((node != FactNode::default()).then_some(node)))
    }
}

impl FactNode {
    /// The nodes directly in this one.
    fn children(&self) -> impl Iterator<Item = &FactNode> {
        let boxed = [&self.items, &self.additional, &self.json, &self.urlencode];
        let members = self
            .fields
            .iter()
            .flat_map(|members| members.0.iter().map(|(_, node)| node));
        let alternatives = self.one_of.iter().flatten();
        boxed
            .into_iter()
            .flatten()
            .map(|node| &**node)
            .chain(members)
            .chain(alternatives)
    }

    /// What is wrong with the node or one inside it, that the types do not say.
    fn fault(&self) -> Option<String> {
        if let Some(name) = &self.name {
            return Some(format!(
                "`name` ({name}) stands in a node that is no parameter"
            ));
        }
        if self.place.is_some() {
            return Some("`in` stands in a node that is no parameter".into());
        }
        if self.kind.is_none() && self.one_of.is_none() {
            return Some("a node has neither `type` nor `oneOf`".into());
        }
        self.children().find_map(Self::fault)
    }
}

/// Reads all operations, one a line; empty lines are passed over.
pub(super) fn read(facts: impl BufRead) -> Result<Vec<FactOperation>, ImportError> {
    let mut operations: Vec<FactOperation> = Vec::new();
    let mut known = BTreeSet::new();
    for (index, line) in facts.lines().enumerate() {
        let number = index + 1;
        let line = line.map_err(|error| ImportError::Read {
            line: number,
            error,
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let operation = operation(&line).map_err(|problem| ImportError::Line {
            line: number,
            problem,
        })?;
        if !known.insert((operation.path.clone(), operation.method)) {
            let problem = format!(
                "{:?} {} is described a second time",
                operation.method, operation.path
            );
            return Err(ImportError::Line {
                line: number,
                problem,
            });
        }
        operations.push(operation);
    }
    Ok(operations)
}

fn operation(line: &str) -> Result<FactOperation, String> {
    let operation: FactOperation = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if !operation.path.starts_with('/') {
        return Err(format!(
            "the path `{}` does not begin with a slash",
            operation.path
        ));
    }
    if let Some(status) = operation.responses.keys().find(|status| !is_status(status)) {
        return Err(format!("`{status}` is no HTTP status"));
    }
    let params = operation.params.iter().map(|param| &param.node);
    let replies = operation
        .responses
        .values()
        .filter_map(|reply| reply.0.as_ref());
    match params
        .chain(&operation.body)
        .chain(replies)
        .find_map(FactNode::fault)
    {
        Some(fault) => Err(fault),
        None => Ok(operation),
    }
}

fn is_status(text: &str) -> bool {
    text.parse::<u16>()
        .is_ok_and(|status| (100..=599).contains(&status))
}
