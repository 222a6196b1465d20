//! Signs, sends, receives, verifies: the same for every call.

use crate::client::Client;
use crate::error::{
    Answer, CallName, ClockSkew, Error, ErrorKind, Outcome, Report, ServerError, TransportFailure,
};
use crate::excerpt::Excerpt;
use crate::operation::{Host, Identity, Method, Operation};
use crate::sign::{self, Signer, ToSign};
use crate::transport::{Broken, Part, Request};
use crate::verify::{self, Read, Unsigned, Unverified, VerificationFailure};
use bytes::Bytes;
use core::time::Duration;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderValue};

/// The header that names the platform key that is wanted for the reply, or was used to encrypt.
const SERIAL: &str = "Wechatpay-Serial";

/// A request that is ready to be signed.
pub(super) struct Outgoing {
    pub(super) name: CallName,
    pub(super) method: Method,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    /// What is signed, and sent where there is no form.
    pub(super) body: Bytes,
    /// The parts of an upload.
    pub(super) form: Option<Vec<Part>>,
    pub(super) content_type: Option<HeaderValue>,
    pub(super) host: &'static Host,
    pub(super) identity: Identity,
    pub(super) timeout: Option<Duration>,
    /// The name of the platform key that fields were encrypted with.
    pub(super) sealed_with: Option<String>,
    /// The operation, where it is described.
    pub(super) operation: Option<&'static Operation>,
}

/// Sends a request once and gives its reply of success.
///
/// # Errors
/// All that can fail, each with what is known of the outcome.
pub(super) async fn exchange(client: &Client, outgoing: Outgoing) -> Result<Read, Error> {
    let unsigned = outgoing.operation.and_then(Unsigned::of);
    let (name, host) = (outgoing.name.clone(), outgoing.host);
    let request = sign(client, outgoing)?;
    let mut on_its_way = OnItsWay {
        name: &name,
        ended: false,
    };
    let sent = client.inner().transport.send(request).await;
    on_its_way.ended = true;
    let reply = sent.map_err(|broken| broken_off(broken, &name))?;
    if !(200..300).contains(&reply.status()) {
        return Err(refused(client, host, reply, &name));
    }
    if let Some(leave) = unsigned {
        return Ok(reply.unsigned(leave));
    }
    let keys = platform_keys(client, host, &name)?;
    match reply.verify(keys, client.now()) {
        Ok(verified) => Ok(verified.into_read()),
        Err(rejected) => {
            let (failure, reply) = rejected.into_parts();
            Err(untrusted(failure, reply, &name))
        }
    }
}

/// A request between its sending and its end. Where the application drops the call in between, nobody is left to get an error,
/// so the log tells it.
struct OnItsWay<'n> {
    name: &'n CallName,
    ended: bool,
}

impl Drop for OnItsWay<'_> {
    fn drop(&mut self) {
        if !self.ended {
            tracing::warn!(
                method = self.name.method,
                path = self.name.path,
                "a call was dropped while in flight: the outcome is unknown"
            );
        }
    }
}

/// Signs a request with a fresh nonce and timestamp.
fn sign(client: &Client, outgoing: Outgoing) -> Result<Request, Error> {
    let name = &outgoing.name;
    let signer = signer(client, &outgoing)?;
    let url = super::target::url(client.origin(outgoing.host), &outgoing.target)
        .map_err(|violation| Report::validation(vec![violation]).call(name))?;
    let mut headers = outgoing.headers;
    headers
        .entry(ACCEPT)
        .or_insert(HeaderValue::from_static("application/json"));
    if let Some(content_type) = outgoing.content_type {
        headers.insert(CONTENT_TYPE, content_type);
    }
    let wanted = match outgoing.sealed_with {
        Some(name) => Some(name),
        None => client
            .sealing_key(outgoing.host)
            .map(|key| key.name.clone()),
    };
    if wanted.is_none() && !outgoing.operation.is_some_and(|it| it.reply_unsigned) {
        platform_keys(client, outgoing.host, name)?;
    }
    if let Some(wanted) = wanted {
        headers.insert(SERIAL, header_value(&wanted, name)?);
    }
    let nonce = sign::nonce().map_err(|error| unsigned(error, name))?;
    let to_sign = ToSign {
        method: outgoing.method.as_str(),
        target: &outgoing.target,
        timestamp: client.now(),
        nonce: &nonce,
        body: &outgoing.body,
    };
    let authorization = to_sign
        .authorization(signer)
        .map_err(|error| unsigned(error, name))?;
    let mut authorization = header_value(&authorization, name)?;
    authorization.set_sensitive(true);
    headers.insert(AUTHORIZATION, authorization);
    Ok(Request {
        method: outgoing.method.into(),
        url,
        headers,
        body: outgoing.body,
        form: outgoing.form,
        timeout: outgoing.timeout.unwrap_or(client.inner().timeout),
    })
}

fn signer<'c>(client: &'c Client, outgoing: &Outgoing) -> Result<&'c Signer, Error> {
    let argument = match outgoing.identity {
        Identity::Merchant => "mchid",
        Identity::Brand => "brand_id",
    };
    client.signer(outgoing.identity).ok_or_else(|| {
        let text = "this call is signed by an identity that the client was not given; give its number, serial number and private key when the client is built";
        Report::configuration(argument, text).call(&outgoing.name).into()
    })
}

fn platform_keys<'c>(
    client: &'c Client,
    host: &Host,
    name: &CallName,
) -> Result<&'c crate::credentials::PlatformKeys, Error> {
    let keys = client.platform_keys(host.name);
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
        let text = format!(
            "the client has no platform key of the host family `{}`, so that no reply could be verified; give them by `host_platform_keys` when the client is built",
            host.name
        );
        Report::configuration("host_platform_keys", text).call(name).into()
    })
}

fn header_value(text: &str, name: &CallName) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|error| {
        let text = "a number or serial number has characters that a header cannot carry";
        let kind = ErrorKind::Configuration;
        let report = Report::new(kind, Outcome::NotSent, text);
        report.call(name).source(error).into()
    })
}

fn unsigned(error: sign::SignError, name: &CallName) -> Error {
    let report = Report::new(
        ErrorKind::Configuration,
        Outcome::NotSent,
        "the request could not be signed",
    );
    report.call(name).source(error).into()
}

fn broken_off(broken: Broken, name: &CallName) -> Error {
    let (failure, outcome) = (broken.failure, broken.outcome());
    let kind = ErrorKind::Transport(failure);
    let mut report = Report::new(kind, outcome, told(failure)).call(name);
    report.answer = broken.answer;
    if let Some(source) = broken.source {
        report = report.source(source);
    }
    report.into()
}

fn told(failure: TransportFailure) -> String {
    match failure {
        TransportFailure::TooLarge => {
            format!("{failure}; `max_reply_bytes` sets how much that is")
        }
        other => other.to_string(),
    }
}

/// A reply of success that cannot be trusted.
fn untrusted(failure: VerificationFailure, reply: Unverified, name: &CallName) -> Error {
    tracing::warn!(
        method = name.method,
        path = name.path,
        status = reply.status(),
        %failure,
        "a reply could not be verified"
    );
    let text = format!("the reply cannot be trusted: {failure}");
    let kind = ErrorKind::Verification(failure.clone());
    let report = Report::new(kind, Outcome::Unknown, text);
    let report = report.call(name).answer(reply.into_answer());
    report.source(failure).into()
}

/// A reply other than success: the server's error, verified where it is signed.
fn refused(client: &Client, host: &Host, reply: Unverified, name: &CallName) -> Error {
    let status = reply.status();
    let signed = verify::is_signed(reply.headers());
    let (answer, failure) = match client.platform_keys(host.name) {
        Some(keys) if signed => match reply.verify(keys, client.now()) {
            Ok(verified) => (verified.into_read().into(), None),
            Err(rejected) => {
                let (failure, reply) = rejected.into_parts();
                (reply.into_answer(), Some(failure))
            }
        },
        _ => (reply.into_answer(), None),
    };
    let server = ServerError::read(&answer.body);
    let outcome = match failure {
        Some(_) => Outcome::Unknown,
        None => outcome_of(status, &server, answer.verified),
    };
    let mut report = Report::new(ErrorKind::Server, outcome, said(&server)).call(name);
    report.clock_skew = clock_skew(client, &answer);
    if let Some(skew) = &report.clock_skew {
        report.message.push_str(&format!("; {skew}, set it"));
    }
    report.server = Some(server);
    report.answer = Some(answer);
    if let Some(failure) = failure {
        report
            .message
            .push_str(&format!("; its signature was refused: {failure}"));
        report = report.source(failure);
    }
    report.into()
}

/// Whether the server refused the request's timestamp: what its `Date` says is then too far from the clock here.
fn clock_skew(client: &Client, answer: &Answer) -> Option<ClockSkew> {
    if answer.status != 401 {
        return None;
    }
    let date = answer.headers.get(DATE)?.to_str().ok()?;
    ClockSkew::of_date(client.now(), date).filter(ClockSkew::is_too_much)
}

/// An error of the client's side says that nothing was done, where WeChat Pay itself says so: by its signature, or, where it
/// cannot tell who asks, by its code. Anything else may hide a payment: what failed inside the server, and what a gateway
/// answered in its place after it may have passed the request on.
fn outcome_of(status: u16, server: &ServerError, verified: bool) -> Outcome {
    let own_words = verified || server.code.is_some();
    let refused = (400..500).contains(&status) && !server.failed_inside();
    if own_words && refused {
        Outcome::Answered
    } else {
        Outcome::Unknown
    }
}

fn said(server: &ServerError) -> String {
    let code = server.code.as_deref().map(|code| Excerpt::of(code, 64));
    let message = server.message.as_deref();
    let message = message.map(|message| Excerpt::of(message, 1_000));
    match (code, message) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
        (None, None) => "an error without a code".to_owned(),
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PlatformKeys, PublicKey};

    fn file(name: &str) -> String {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/keys");
        std::fs::read_to_string(format!("{own}/{name}")).expect("a key")
    }

    #[test]
    fn the_authorization_is_marked_as_sensitive() {
        let public = PublicKey::from_pem(&file("platform-public.pub.pem")).expect("a key");
        let keys = PlatformKeys::new().with_public_key("PUB_KEY_ID_1", public);
        let client: Client = Client::builder()
            .mchid("1900000109")
            .merchant_certificate(file("merchant.crt.pem"))
            .merchant_private_key(file("merchant.key.pem"))
            .host_platform_keys("default", keys.expect("an id"))
            .build()
            .expect("a client");
        let outgoing = Outgoing {
            name: CallName {
                method: "GET",
                path: "/v3/x".to_owned(),
                operation: None,
            },
            method: Method::Get,
            target: "/v3/x".to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            form: None,
            content_type: None,
            host: Host::DEFAULT,
            identity: Identity::Merchant,
            timeout: None,
            sealed_with: None,
            operation: None,
        };
        let request = sign(&client, outgoing).expect("signed");
        assert!(request.headers[AUTHORIZATION].is_sensitive());
        assert!(!format!("{:?}", request.headers).contains("WECHATPAY2"));
    }
}
