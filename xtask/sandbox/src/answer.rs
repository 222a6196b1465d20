//! The answer to a request that is as described.

use crate::authenticate::Caller;
use crate::check_request::Accepted;
use crate::check_value::{Checker, Secrets, schema_of};
use crate::echo::echo;
use crate::encrypt_value::encrypt_sensitive;
use crate::example::{Examples, NoExample, SealedCertificate};
use crate::file::{File, example_file};
use crate::keys::SigningIdentity;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::{Error, SandboxKeys};
use serde_json::{Map, Value};
use wechatpay_codegen::model::{Api, Identity, Operation, Response, Schema, Wire};

/// A success.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What it brings.
    pub content: Content,
    /// Its document before sensitive texts were encrypted.
    pub plain: Option<Value>,
}

/// What a success brings.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// No body.
    Nothing,
    /// A JSON document.
    Document(Value),
    /// A file.
    File(File),
}

/// What answers are made from.
#[derive(Clone, Copy)]
pub struct Cast<'a> {
    /// The description.
    pub api: &'a Api,
    /// The keys of both sides.
    pub keys: &'a SandboxKeys,
    /// The platform certificates to hand out, the oldest first; none in the public key mode.
    pub certificates: &'a [SealedCertificate],
}

/// Why the sandbox can't play an operation at all, if it can't.
pub fn why_not(route: &Route<'_>) -> Option<&'static str> {
    let operation = route.operation;
    if operation.link {
        Some("it is a link for a browser")
    } else if route.item.wire != Wire::Json {
        Some("it has no XML yet")
    } else if operation.client_certificate {
        Some("it has no TLS with client certificates")
    } else if !operation
        .upload
        .as_ref()
        .map_or(operation.form.is_empty(), |upload| upload.meta)
    {
        Some("it knows no form without a part `meta`, which is what the signature of APIv3 covers")
    } else if success(operation).is_none() {
        Some("the description has no successful response")
    } else {
        None
    }
}

/// The answer to an accepted request: the described example, with what the request gave put in, and sensitive texts encrypted.
///
/// # Errors
///
/// No answer can be made from the description, or there are no certificates to hand out.
pub fn answer(
    cast: Cast<'_>,
    route: &Route<'_>,
    caller: &Caller,
    accepted: &Accepted,
) -> Result<Answer, Refusal> {
    let cannot = |why: &str| Refusal::cannot_play(&route.name(), why);
    let (status, response) = success(route.operation)
        .ok_or_else(|| cannot("the description has no successful response"))?;
    let schema = match response {
        Response::Empty => return Ok(Answer::without_document(status, Content::Nothing)),
        Response::File => {
            let file = example_file(route.operation);
            return Ok(Answer::without_document(status, Content::File(file)));
        }
        Response::Body(body) => schema_of(body),
        Response::Value(schema) => (**schema).clone(),
    };
    let failed = |error: Error| Refusal::sandbox_failed(error.to_string());
    let Cast { api, keys, .. } = cast;
    let example = Examples::new(api, cast.certificates)
        .value(&schema)
        .map_err(|reason| match reason {
            NoExample::Impossible(why) => cannot(&why),
            NoExample::NoCertificate => Refusal::resource_not_exists(
                "There are no platform certificates: this merchant uses the platform's public key.",
            ),
        })?;
    let plain = repeat(api, &schema, example, caller, accepted);
    let body = match identity(keys, caller) {
        Some(asker) => {
            encrypt_sensitive(api, asker.public_key(), &schema, plain.clone()).map_err(failed)?
        }
        None => plain.clone(),
    };
    Ok(Answer {
        status,
        content: Content::Document(body),
        plain: Some(plain),
    })
}

impl Answer {
    fn without_document(status: u16, content: Content) -> Self {
        Self {
            status,
            content,
            plain: None,
        }
    }
}

/// Whether a success brings a file.
pub fn answers_with_a_file(operation: &Operation) -> bool {
    matches!(success(operation), Some((_, Response::File)))
}

fn success(operation: &Operation) -> Option<(u16, &Response)> {
    let mut responses = operation.responses.iter();
    responses
        .find(|(status, _)| (200..300).contains(*status))
        .map(|(status, response)| (*status, response))
}

fn identity<'a>(keys: &'a SandboxKeys, caller: &Caller) -> Option<&'a SigningIdentity> {
    match caller.identity {
        Identity::Merchant => Some(keys.merchant()),
        Identity::Brand => keys.brand(),
    }
}

/// Where a name is given twice, the body's value is taken before the form's and the query's, and the path's before all.
fn repeat(
    api: &Api,
    schema: &Schema,
    example: Value,
    caller: &Caller,
    accepted: &Accepted,
) -> Value {
    let own_name = match caller.identity {
        Identity::Merchant => "mchid",
        Identity::Brand => "brand_id",
    };
    let mut given = Map::new();
    given.insert(own_name.into(), caller.id.as_str().into());
    given.extend(accepted.query.clone());
    given.extend(accepted.form.clone());
    given.extend(accepted.meta.clone());
    if let Some(Value::Object(body)) = &accepted.body {
        given.extend(body.clone());
    }
    given.extend(accepted.variables.clone());
    let checker = Checker::new(api, Secrets::Plain);
    echo(api, &checker, schema, example, &Value::Object(given))
}
