//! Whether a request is as its operation says: headers, path variables, query, body, the parts of an upload.

mod parameters;
mod upload;

pub use upload::UploadedFile;

use crate::SandboxKeys;
use crate::answer::answers_with_a_file;
use crate::check_value::{Checker, Problem, Secrets, from_text, schema_of};
use crate::form::Form;
use crate::refusal::{Detail, Refusal};
use crate::route::Route;
use http::HeaderMap;
use serde_json::{Map, Value};
use std::fmt;
use wechatpay_codegen::model::{Api, Field, Repeatable, Schema};

/// The header that names the platform's key.
pub const WECHATPAY_SERIAL: &str = "Wechatpay-Serial";

/// The header that makes one attempt the same as another.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The most characters that an idempotency key has, where the documentation gives a bound.
const MAX_IDEMPOTENCY_KEY: usize = 64;

/// The parts of a request that are checked here.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The query as sent.
    pub query: Option<&'a str>,
    /// The body as sent.
    pub body: &'a [u8],
    /// The body of an upload, taken apart.
    pub form: Option<&'a Form>,
}

/// What an accepted request says, decoded and decrypted.
#[derive(Clone, Default, PartialEq)]
pub struct Accepted {
    /// The path variables.
    pub variables: Map<String, Value>,
    /// The query.
    pub query: Map<String, Value>,
    /// The described headers.
    pub headers: Map<String, Value>,
    /// The body, if there was one.
    pub body: Option<Value>,
    /// What the part `meta` of an upload says.
    pub meta: Map<String, Value>,
    /// The parts of a form that are neither `meta` nor a file.
    pub form: Map<String, Value>,
    /// The file of an upload.
    pub file: Option<UploadedFile>,
}

/// Shows the names of the parameters alone: the values may be secrets.
impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |members: &Map<String, Value>| members.keys().cloned().collect::<Vec<_>>();
        f.debug_struct("Accepted")
            .field("variables", &names(&self.variables))
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("has_body", &self.body.is_some())
            .field("meta", &names(&self.meta))
            .field("form", &names(&self.form))
            .field("has_file", &self.file.is_some())
            .finish()
    }
}

/// Checks a request against its operation.
///
/// # Errors
///
/// The refusal names the first part that is not as described.
pub fn check_request(
    api: &Api,
    keys: &SandboxKeys,
    route: &Route<'_>,
    parts: Parts<'_>,
) -> Result<Accepted, Refusal> {
    check_general_headers(route, parts.headers)?;
    let check = RequestCheck {
        api,
        route,
        checker: Checker::new(api, secrets(keys, parts.headers)?),
    };
    let headers = check.headers(parts.headers)?;
    let accepted = Accepted {
        variables: check.variables()?,
        query: check.query(parts.query)?,
        headers,
        ..Accepted::default()
    };
    match (&route.operation.upload, parts.form) {
        (Some(upload), Some(form)) => check.upload(upload, form, accepted),
        _ => Ok(Accepted {
            body: check.body(parts)?,
            ..accepted
        }),
    }
}

/// A header's value, where it is there and plain text.
pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A file is taken as what it is, whatever else the client takes.
fn check_general_headers(route: &Route<'_>, headers: &HeaderMap) -> Result<(), Refusal> {
    let accept = header(headers, "Accept").unwrap_or_default();
    let media: Vec<_> = accept.split([',', ';']).map(str::trim).collect();
    let json = ["application/json", "application/*", "*/*"];
    let takes_a_file = !accept.is_empty() && answers_with_a_file(route.operation);
    if !takes_a_file && !media.iter().any(|range| json.contains(range)) {
        let issue = "it must allow application/json";
        return Err(refuse_header("Accept", accept, issue));
    }
    let agent = header(headers, "User-Agent").unwrap_or_default();
    if agent.trim().is_empty() {
        return Err(refuse_header(
            "User-Agent",
            agent,
            "it must name the program",
        ));
    }
    Ok(())
}

fn refuse_header(name: &str, value: &str, issue: &str) -> Refusal {
    Refusal::parameter(Detail::new("header", name, issue).with_value(value))
}

/// The key that encrypted fields of the request must be encrypted for.
fn secrets<'a>(keys: &'a SandboxKeys, headers: &HeaderMap) -> Result<Secrets<'a>, Refusal> {
    let Some(serial) = headers.get(WECHATPAY_SERIAL) else {
        return Ok(Secrets::ForNobodyNamed);
    };
    let serial = serial.to_str().unwrap_or_default();
    match keys.platform_key(serial) {
        Some(key) => Ok(Secrets::EncryptedFor(key.private_key)),
        None => {
            let issue = "it is neither the serial number of a platform certificate nor the id of the platform's public key";
            Err(refuse_header(WECHATPAY_SERIAL, serial, issue))
        }
    }
}

struct RequestCheck<'a> {
    api: &'a Api,
    route: &'a Route<'a>,
    checker: Checker<'a>,
}

impl RequestCheck<'_> {
    fn headers(&self, headers: &HeaderMap) -> Result<Map<String, Value>, Refusal> {
        let mut given = Map::new();
        if self.route.operation.repeatable == Some(Repeatable::Key) {
            let key = idempotency_key(headers)?;
            given.insert(IDEMPOTENCY_KEY.into(), key.into());
        }
        let described = self.route.operation.headers.iter();
        let own = described.filter(|field| !field.name.eq_ignore_ascii_case(WECHATPAY_SERIAL));
        for field in own {
            match header(headers, &field.name) {
                Some(text) => {
                    let value = self.value_from_text("header", field, text)?;
                    given.insert(field.name.clone(), value);
                }
                None if field.required => {
                    let issue = "the header is required, and missing";
                    return Err(refuse_header(&field.name, "", issue));
                }
                None => {}
            }
        }
        Ok(given)
    }

    fn variables(&self) -> Result<Map<String, Value>, Refusal> {
        let variables = self.route.variables.iter();
        variables
            .map(|(name, text)| {
                let params = &self.route.item.params;
                let value = match params.iter().find(|field| field.name == *name) {
                    Some(field) => self.value_from_text("path", field, text)?,
                    None => Value::String(text.clone()),
                };
                Ok(((*name).to_owned(), value))
            })
            .collect()
    }

    fn body(&self, parts: Parts<'_>) -> Result<Option<Value>, Refusal> {
        let Some(body) = &self.route.operation.body else {
            return self.no_body(parts.body);
        };
        let schema = schema_of(body);
        if parts.body.is_empty() {
            return self
                .check_body(&schema, &Value::Object(Map::new()))
                .map(Some);
        }
        check_content_type(parts.headers)?;
        let value = serde_json::from_slice(parts.body).map_err(|error| {
            Refusal::parameter(Detail::new(
                "body",
                "",
                format!("it must be JSON, but {error}"),
            ))
        })?;
        self.check_body(&schema, &value).map(Some)
    }

    fn no_body(&self, body: &[u8]) -> Result<Option<Value>, Refusal> {
        if body.is_empty() {
            return Ok(None);
        }
        Err(Refusal::invalid_request(format!(
            "{} takes no body, and one of {} bytes was sent.",
            self.route.name(),
            body.len()
        )))
    }

    fn check_body(&self, schema: &Schema, value: &Value) -> Result<Value, Refusal> {
        self.checker
            .check(schema, value, "")
            .map_err(|problem| self.refuse("body", problem))
    }

    fn value_from_text(
        &self,
        location: &'static str,
        field: &Field,
        text: &str,
    ) -> Result<Value, Refusal> {
        from_text(self.api, &field.schema, text)
            .and_then(|value| {
                let place = format!("/{}", field.name);
                self.checker.check(&field.schema, &value, &place)
            })
            .map_err(|problem| self.refuse(location, problem))
    }

    fn refuse(&self, location: &'static str, problem: Problem) -> Refusal {
        match problem {
            Problem::Description(why) => Refusal::cannot_play(&self.route.name(), &why),
            Problem::Violation(violation) => {
                let field = match location {
                    "body" | "meta" => violation.field.as_str(),
                    _ => violation.field.trim_start_matches('/'),
                };
                Refusal::parameter(Detail {
                    value: violation.value,
                    ..Detail::new(location, field, violation.issue)
                })
            }
        }
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<&str, Refusal> {
    let key = header(headers, IDEMPOTENCY_KEY).unwrap_or_default();
    let issue = match key.len() {
        0 => "the header is required, and missing",
        1..=MAX_IDEMPOTENCY_KEY => return Ok(key),
        _ => "it is longer than 64 characters",
    };
    Err(refuse_header(IDEMPOTENCY_KEY, key, issue))
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let sent = header(headers, "Content-Type").unwrap_or_default();
    if is_json(sent) {
        return Ok(());
    }
    Err(refuse_header(
        "Content-Type",
        sent,
        "it must be application/json",
    ))
}

fn is_json(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default();
    media.trim().eq_ignore_ascii_case("application/json")
}
