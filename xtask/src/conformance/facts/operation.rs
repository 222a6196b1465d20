//! An operation as the facts tell it: who is called where, by whom, with what.

use super::node::{Line, Node, Stands};
use super::upload::{self, Upload};
use crate::conformance::witness::DEFAULT_FAMILY;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Where paths of APIv3 and of the brand API begin. All others are APIv2's.
const CALLABLE: &[&str] = &["/v3/", "/hk/v3/", "/global/v3/", "/brand/"];

/// The hosts other than the default one, and what the description calls their family.
const FAMILIES: &[(&str, &str)] = &[("https://apihk.mch.weixin.qq.com", "hong-kong")];

/// The header that names the platform key. It follows from encrypting and from the keys that a client has, not from the
/// parameters: no caller gives it.
pub(super) const SERIAL: &str = "Wechatpay-Serial";

/// The header of which the client makes the value.
pub(super) const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// An operation.
pub(super) struct Operation {
    /// `POST /v3/…`.
    pub(super) name: String,
    pub(super) method: String,
    pub(super) path: String,
    /// The family of hosts that serves it.
    pub(super) family: &'static str,
    /// Whether a brand signs.
    pub(super) by_brand: bool,
    /// The path's variables in their order.
    pub(super) variables: Vec<(String, Node)>,
    /// What the caller gives, in the order query, headers, form, body.
    pub(super) members: Vec<Member>,
    /// Whether a JSON document is sent.
    pub(super) has_body: bool,
    pub(super) upload: Option<Upload>,
    /// Whether the client makes an `Idempotency-Key`.
    pub(super) keyed: bool,
    pub(super) status: u16,
    pub(super) reply: Reply,
    /// Whether the reply is signed.
    pub(super) signed: bool,
}

/// A member of the request.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) node: Node,
}

/// Where a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    Header,
    /// In a part of its own of a form.
    Form,
    /// In the JSON document, or that of the part `meta`.
    Body,
}

/// What a reply brings.
pub(super) enum Reply {
    Nothing,
    Document(Box<Node>),
    /// A file of some media type.
    File(String),
}

/// Whether an operation can be called at all yet.
pub(super) fn is_callable(line: &Line) -> bool {
    CALLABLE.iter().any(|begin| line.path.starts_with(begin))
}

/// The name of an operation.
pub(super) fn name(line: &Line) -> String {
    format!("{} {}", line.method, line.path)
}

impl Operation {
    /// An operation from its line.
    ///
    /// # Errors
    /// What of it is not known here.
    pub(super) fn of(line: Line) -> Result<Self, String> {
        let family = family(line.base_uri.as_deref())?;
        let by_brand = match line.auth.as_deref() {
            None => false,
            Some("brand") => true,
            Some(other) => return Err(format!("signed by `{other}`, whom nobody knows")),
        };
        match line.consumes.as_deref() {
            None | Some("multipart/form-data") => {}
            Some(other) => return Err(format!("the request is {other}")),
        }
        let variables = variables(&line)?;
        let (status, reply) = reply(&line)?;
        let upload = upload::of(&line.params)?;
        let keyed = line
            .params
            .iter()
            .any(|param| param.name.as_deref() == Some(IDEMPOTENCY_KEY));
        Ok(Self {
            name: name(&line),
            family,
            by_brand,
            variables,
            has_body: line.body.is_some(),
            members: members(line.params, line.body, upload.as_ref())?,
            upload,
            keyed,
            status,
            reply,
            signed: !line.response_unsigned,
            method: line.method,
            path: line.path,
        })
    }

    /// Whether the caller gives a request.
    pub(super) fn takes_request(&self) -> bool {
        !self.members.is_empty() || self.has_body || self.upload.is_some()
    }

    /// The members that travel in a place.
    pub(super) fn members_in(&self, place: Place) -> impl Iterator<Item = &Member> {
        self.members
            .iter()
            .filter(move |member| member.place == place)
    }

    /// The JSON document that the caller's members make.
    pub(super) fn document(&self) -> Node {
        let fields = self.members_in(Place::Body);
        Node::object(
            fields
                .map(|member| (member.name.clone(), member.node.clone()))
                .collect(),
        )
    }

    /// Those of the members given that travel in a place.
    pub(super) fn given_in(&self, place: Place, given: &Map<String, Value>) -> Value {
        let members = self.members_in(place);
        members
            .filter_map(|member| Some((member.name.clone(), given.get(&member.name)?.clone())))
            .collect::<Map<_, _>>()
            .into()
    }
}

fn family(base_uri: Option<&str>) -> Result<&'static str, String> {
    let Some(base) = base_uri.map(|base| base.trim_end_matches('/')) else {
        return Ok(DEFAULT_FAMILY);
    };
    let known = FAMILIES.iter().find(|(url, _)| *url == base);
    known
        .map(|(_, family)| *family)
        .ok_or_else(|| format!("served by {base}, which no family of hosts has"))
}

fn variables(line: &Line) -> Result<Vec<(String, Node)>, String> {
    let names = line.path.split('/').filter_map(variable_of);
    names
        .map(|name| {
            let known = line.params.iter().find(|param| {
                param.stands == Some(Stands::Path) && param.name.as_deref() == Some(name)
            });
            let node = known.ok_or_else(|| format!("the variable {name} has no parameter"))?;
            Ok((name.to_owned(), node.clone()))
        })
        .collect()
}

/// The variable that a segment of a path stands for.
pub(super) fn variable_of(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn members(
    params: Vec<Node>,
    body: Option<Node>,
    upload: Option<&Upload>,
) -> Result<Vec<Member>, String> {
    let mut members = Vec::new();
    for node in params {
        let name = node.name.clone().ok_or("a parameter without a name")?;
        let place = match node.stands {
            Some(Stands::Query) => Place::Query,
            Some(Stands::Header) => Place::Header,
            Some(Stands::FormData) => Place::Form,
            Some(Stands::Path) => continue,
            None => return Err(format!("the parameter {name} has no place")),
        };
        let by_client =
            place == Place::Header && [SERIAL, IDEMPOTENCY_KEY].contains(&name.as_str());
        let of_upload = upload.is_some_and(|upload| place == Place::Form && upload.takes(&name));
        if !by_client && !of_upload {
            members.push(Member { name, place, node });
        }
    }
    let fields = match (body, upload) {
        (Some(body), _) if body.fields.is_none() => return Err("the body is no object".to_owned()),
        (Some(body), _) => body.fields.unwrap_or_default(),
        (None, Some(upload)) => upload.fields.clone(),
        (None, None) => BTreeMap::new(),
    };
    members.extend(fields.into_iter().map(|(name, node)| Member {
        name,
        place: Place::Body,
        node,
    }));
    Ok(members)
}

/// The status of success, and what it brings. A file is what the 200 of an unsigned reply without a schema brings.
fn reply(line: &Line) -> Result<(u16, Reply), String> {
    let success = line
        .responses
        .iter()
        .find(|(status, _)| (200..300).contains(*status));
    let (status, node) = success.ok_or("no status of success")?;
    let reply = if !node.is_empty() {
        Reply::Document(Box::new(node.clone()))
    } else if line.response_unsigned && *status == 200 {
        let media = line
            .produces
            .first()
            .map_or("application/octet-stream", String::as_str);
        Reply::File(media.to_owned())
    } else {
        Reply::Nothing
    };
    Ok((*status, reply))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn operation(mut line: Value) -> Result<Operation, String> {
        line["title"] = "x".into();
        Operation::of(serde_json::from_value(line).expect("a line"))
    }

    #[test]
    fn members_are_where_the_facts_say() {
        let operation = operation(json!({
            "method": "POST", "path": "/hk/v3/a/{x}/b/", "base_uri": "https://apihk.mch.weixin.qq.com/",
            "params": [
                {"name": "x", "in": "path", "type": "string"},
                {"name": "q", "in": "query", "type": "string"},
                {"name": "Wechatpay-Serial", "in": "header", "type": "string", "required": true},
                {"name": "Idempotency-Key", "in": "header", "type": "string", "required": true},
                {"name": "Accept-Encoding", "in": "header", "type": "string"},
            ],
            "body": {"type": "object", "fields": {"b": {"type": "string"}}},
            "responses": {"204": {}},
        }))
        .expect("an operation");
        assert_eq!((operation.family, operation.status), ("hong-kong", 204));
        assert!(operation.keyed && operation.signed && operation.has_body && !operation.by_brand);
        let members: Vec<_> = operation
            .members
            .iter()
            .map(|member| (&*member.name, member.place))
            .collect();
        assert_eq!(
            members,
            [
                ("q", Place::Query),
                ("Accept-Encoding", Place::Header),
                ("b", Place::Body)
            ]
        );
        assert_eq!(operation.variables[0].0, "x");
    }

    #[test]
    fn an_unsigned_reply_without_a_schema_is_a_file() {
        let line = |unsigned: bool, status: &str| {
            let line = json!({"method": "GET", "path": "/v3/a", "response_unsigned": unsigned, "responses": {status: {}}});
            operation(line).expect("an operation").reply
        };
        assert!(
            matches!(line(true, "200"), Reply::File(media) if media == "application/octet-stream")
        );
        assert!(matches!(line(false, "200"), Reply::Nothing));
        assert!(matches!(line(true, "204"), Reply::Nothing));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let line = |key: &str, value: &str| {
            operation(
                json!({"method": "GET", "path": "/v3/a", key: value, "responses": {"204": {}}}),
            )
            .err()
        };
        assert!(line("base_uri", "https://other.example/").is_some());
        assert!(line("auth", "bank").is_some());
        assert!(line("consumes", "application/xml").is_some());
    }
}
