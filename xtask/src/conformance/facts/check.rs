//! Whether a request is what the caller gave, where the facts say that it stands.

use super::compare::{Absence, differences, short};
use super::kind::{Kind, plain};
use super::multipart::{self, Part};
use super::node::Node;
use super::operation::{IDEMPOTENCY_KEY, Member, Operation, Place, Reply, SERIAL, variable_of};
use super::secret;
use crate::conformance::witness::Case;
use http::HeaderMap;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use wechatpay_sandbox::authenticate::{Signed, authenticate};
use wechatpay_sandbox::{Clock, SandboxKeys, seal, target};

/// A request as it was received.
pub(super) struct Received<'r> {
    /// The family of hosts that it was sent to.
    pub(super) family: &'r str,
    pub(super) method: &'r str,
    pub(super) target: &'r str,
    pub(super) headers: &'r HeaderMap,
    pub(super) body: &'r [u8],
}

/// What is wrong with the request of a case.
pub(super) async fn problems(
    operation: &Operation,
    case: &Case,
    keys: &SandboxKeys,
    received: &Received<'_>,
) -> Vec<String> {
    let content_type = received.header("Content-Type").unwrap_or_default();
    let form = content_type.starts_with("multipart/form-data");
    let parts = match form {
        true => multipart::read(content_type, received.body).await,
        false => Ok(Vec::new()),
    };
    let none = Map::new();
    let mut check = Check {
        operation,
        given: case
            .request
            .as_ref()
            .and_then(Value::as_object)
            .unwrap_or(&none),
        keys,
        received,
        problems: Vec::new(),
    };
    let (path, query) = target::split(received.target);
    check.place(path, &case.variables);
    check.query(query.unwrap_or_default());
    check.headers();
    match &parts {
        Ok(parts) => {
            let signed = if form {
                multipart::signed(parts)
            } else {
                received.body
            };
            check.signature(signed);
            check.body(content_type, parts);
        }
        Err(why) => check.problem(format!("the form can't be read: {why}")),
    }
    check.problems
}

impl Received<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

struct Check<'c> {
    operation: &'c Operation,
    given: &'c Map<String, Value>,
    keys: &'c SandboxKeys,
    received: &'c Received<'c>,
    problems: Vec<String>,
}

impl Check<'_> {
    fn problem(&mut self, text: String) {
        self.problems.push(text);
    }

    /// Host, method and path.
    fn place(&mut self, path: &str, variables: &[String]) {
        let (operation, received) = (self.operation, self.received);
        if received.family != operation.family {
            self.problem(format!(
                "sent to the host {}, not {}",
                received.family, operation.family
            ));
        }
        if received.method != operation.method {
            self.problem(format!("sent by {}", received.method));
        }
        let mut variables = variables.iter();
        let described: Vec<_> = operation.path.split('/').collect();
        let found: Vec<_> = path.split('/').collect();
        let fits =
            described
                .iter()
                .zip(&found)
                .all(|(described, found)| match variable_of(described) {
                    Some(_) => target::decode_segment(found).ok().as_ref() == variables.next(),
                    None => described == found,
                });
        if !fits || described.len() != found.len() {
            self.problem(format!("sent to the path {path}"));
        }
    }

    fn query(&mut self, query: &str) {
        let pairs = match target::decode_pairs(query) {
            Ok(pairs) => pairs,
            Err((pair, why)) => return self.problem(format!("the query {pair}: {why}")),
        };
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            found.entry(name).or_default().push(value);
        }
        let operation = self.operation;
        for member in operation.members_in(Place::Query) {
            let texts = found.remove(&member.name).unwrap_or_default();
            self.texts(member, &texts);
        }
        for (name, values) in found {
            self.problem(format!(
                "the query has {name}, which is not described: {values:?}"
            ));
        }
    }

    fn headers(&mut self) {
        let (operation, received) = (self.operation, self.received);
        for member in operation.members_in(Place::Header) {
            let texts: Vec<_> = received
                .header(&member.name)
                .map(str::to_owned)
                .into_iter()
                .collect();
            self.texts(member, &texts);
        }
        if received.header("User-Agent").is_none_or(str::is_empty) {
            self.problem("no User-Agent".to_owned());
        }
        let accept = received.header("Accept").unwrap_or_default();
        let wanted = match operation.reply {
            Reply::File(_) => !accept.is_empty(),
            _ => accept.contains("application/json"),
        };
        if !wanted {
            self.problem(format!("Accept is `{accept}`"));
        }
        let key = received.header(IDEMPOTENCY_KEY).unwrap_or_default();
        if operation.keyed == key.is_empty() {
            self.problem(format!("{IDEMPOTENCY_KEY} is `{key}`"));
        }
        let serial = received.header(SERIAL);
        if serial.is_some_and(|serial| self.keys.platform_key(serial).is_none()) {
            self.problem(format!(
                "{SERIAL} names no key of the host: {}",
                serial.unwrap_or_default()
            ));
        }
    }

    /// The texts that a member has in the query or the headers.
    fn texts(&mut self, member: &Member, found: &[String]) {
        let expected: Vec<Value> = match self.given.get(&member.name) {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(items)) => items.clone(),
            Some(value) => vec![value.clone()],
        };
        let node = match member.node.stands_for() {
            Kind::List(Some(item)) => item,
            _ => &member.node,
        };
        let found: Vec<Value> = found.iter().map(|text| text.as_str().into()).collect();
        let found: Vec<Value> = match found
            .into_iter()
            .map(|text| self.decrypted(node, text))
            .collect()
        {
            Ok(found) => found,
            Err(why) => return self.problem(format!("{}: {why}", member.name)),
        };
        let alike = |(expected, found): (&Value, &Value)| match node.stands_for() {
            Kind::JsonText(_) => differences(node, expected, found, Absence::Exact).is_empty(),
            _ => plain(expected) == plain(found),
        };
        if expected.len() != found.len() || !expected.iter().zip(&found).all(alike) {
            let (expected, found) = (short(&expected.into()), short(&found.into()));
            self.problem(format!("{}: given {expected}, found {found}", member.name));
        }
    }

    /// The plain text of what is encrypted, by the key that the request names.
    fn decrypted(&self, node: &Node, value: Value) -> Result<Value, String> {
        let named = self
            .received
            .header(SERIAL)
            .and_then(|serial| self.keys.platform_key(serial));
        secret::changed(node, &value, &mut |text| {
            let key = named.ok_or_else(|| format!("encrypted, and {SERIAL} names no key"))?;
            seal::decrypt_field(key.private_key, text).map_err(|error| error.to_string())
        })
    }

    fn signature(&mut self, signed: &[u8]) {
        let received = self.received;
        let signed = Signed {
            method: received.method,
            target: received.target,
            body: signed,
            authorization: received.header("Authorization"),
        };
        let wanted = if self.operation.by_brand {
            self.keys.brand()
        } else {
            Some(self.keys.merchant())
        };
        match authenticate(self.keys, Clock::system().now(), signed) {
            Ok(caller) if wanted.is_some_and(|wanted| wanted.id() == caller.id) => {}
            Ok(caller) => self.problem(format!("signed by {}, who must not", caller.id)),
            Err(refusal) => self.problem(refusal.message),
        }
    }

    fn body(&mut self, content_type: &str, parts: &[Part]) {
        let (operation, received) = (self.operation, self.received);
        if let Some(upload) = &operation.upload {
            let decrypted = |node: &Node, value| self.decrypted(node, value);
            let found = multipart::problems(operation, upload, self.given, parts, decrypted);
            self.problems.extend(found);
        } else if operation.has_body {
            if content_type.split(';').next() != Some("application/json") {
                self.problem(format!("Content-Type is `{content_type}`"));
            }
            let node = operation.document();
            let found = serde_json::from_slice(received.body).map_err(|error| error.to_string());
            match found.and_then(|found| self.decrypted(&node, found)) {
                Ok(found) => {
                    let expected = operation.given_in(Place::Body, self.given);
                    let differences = differences(&node, &expected, &found, Absence::Exact);
                    self.problems.extend(differences);
                }
                Err(why) => self.problem(format!("the body: {why}")),
            }
        } else if !received.body.is_empty() {
            self.problem(format!(
                "a body of {} bytes, where none is described",
                received.body.len()
            ));
        }
    }
}

#[cfg(test)]
mod tests;
