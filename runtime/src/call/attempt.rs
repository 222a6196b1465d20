//! One attempt: signs, sends, receives, verifies.

use super::keys;
use super::outgoing::Outgoing;
use super::{answer, header};
use crate::client::Client;
use crate::credentials::PrivateKey;
use crate::error::{CallName, Error, ErrorKind, Report, TransportFailure};
use crate::observe::Watch;
use crate::operation::{Identity, Method};
use crate::retry::Turn;
use crate::sign::{SignError, SigningIdentity, SigningKey, ToSign};
use crate::transport::{Body, Failure, Incoming, Partial, left_of, receive, within};
use crate::verify::{Read, Rejected, Unverified, Verified};
use core::pin::pin;
use core::time::Duration;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request};
use std::time::Instant;

/// Sends a request once to one host and gives its reply of success. It is signed, and a connection made, within `limit`; the whole takes no
/// longer than `patience`.
///
/// # Errors
/// All that can fail, each with what is known of the outcome.
pub(super) async fn attempt(
    client: &Client,
    outgoing: &Outgoing,
    turn: &mut Turn<'_>,
    limit: Duration,
    patience: Duration,
    watch: &mut Watch<'_>,
    rest: Option<&mut Option<Incoming>>,
) -> Result<Read, Error> {
    let name = &outgoing.name;
    let Some(signer) = client.signer(outgoing.identity) else {
        return Err(no_signer(outgoing));
    };
    let began = Instant::now();
    let origin = turn.origin;
    let (request, blame) = match (&outgoing.form, &signer.key) {
        (None, SigningKey::Local(key)) => (begin(client, outgoing, origin, signer, key)?, None),
        (Some(form), _) => form.slowly()(client, outgoing, origin, signer, limit).await?,
        (None, SigningKey::Remote(key)) => {
            key.slowly()(client, outgoing, origin, signer, limit).await?
        }
    };
    let transport = client.transport();
    let most = client.inner().max_reply_bytes;
    let mut partial = Partial::default();
    let left = left_of(patience, began);
    let whole = async {
        watch.on_its_way();
        turn.sent(client.time(), left);
        let limit = left_of(limit, began);
        let (head, incoming) = transport.send_within(request, limit).await?.into_parts();
        let success = head.status.is_success();
        watch.arrived(&head);
        partial.began(head);
        match rest {
            Some(rest) if success => {
                *rest = Some(incoming);
                Ok(())
            }
            _ => receive(incoming, &mut partial, most).await,
        }
    };
    let ended = within(transport, left, pin!(whole)).await;
    let reply = match (ended, partial.into_answer()) {
        (Some(Ok(())), Some(answer)) => Unverified::arrived(answer),
        (ended, answer) => {
            if let Some(error) = blame.and_then(|blame| blame(name)) {
                return Err(error);
            }
            let failure = match ended {
                Some(Err(failure)) => failure,
                Some(Ok(())) => Failure::interrupted("no answer"),
                None => Failure::of(TransportFailure::Timeout, None),
            };
            return Err(answer::broken_off(failure, answer, name));
        }
    };
    let success = (200..300).contains(&reply.status());
    if success && let Some(leave) = outgoing.unsigned() {
        return Ok(reply.unsigned(leave));
    }
    if !success && !answer::is_signed(client, outgoing, &reply) {
        return Err(answer::refused(client, name, reply.into_answer(), None));
    }
    let host = outgoing.host;
    let mut verified = keys::verify(client, host, reply);
    if let Err(rejected) = verified {
        let left = left_of(patience, began);
        verified = match keys::learn(client, host, &rejected, left) {
            Some(learning) => keys::again(client, rejected, learning.await),
            None => Err(rejected),
        };
    }
    judged(client, name, success, verified)
}

/// What a reply amounts to once it was verified, or could not be.
#[inline(never)]
fn judged(
    client: &Client,
    name: &CallName,
    success: bool,
    verified: Result<Verified, Box<Rejected>>,
) -> Result<Read, Error> {
    match (verified, success) {
        (Ok(verified), true) => Ok(verified.into_read()),
        (Ok(verified), false) => {
            let answer = verified.into_read().into();
            Err(answer::refused(client, name, answer, None))
        }
        (Err(rejected), success) => {
            let (failure, reply) = rejected.into_parts();
            Err(match success {
                true => answer::untrusted(failure, reply, name),
                false => answer::refused(client, name, reply.into_answer(), Some(failure)),
            })
        }
    }
}

/// Signs a request by a key that is at hand.
#[inline(never)]
fn begin(
    client: &Client,
    outgoing: &Outgoing,
    origin: &str,
    signer: &SigningIdentity,
    key: &PrivateKey,
) -> Result<Request<Body>, Error> {
    let name = &outgoing.name;
    let nonce = client.nonce().map_err(|error| unsigned(error, name))?;
    let authorization = to_sign(client, outgoing, &nonce).signed(signer, key);
    let authorization = authorization.map_err(|error| unsigned(error, name))?;
    let begun = request(client, outgoing, origin, &authorization, None);
    begun.map_err(|report| report.call(name).into())
}

/// What is signed, with a fresh timestamp.
pub(super) fn to_sign<'a>(client: &Client, outgoing: &'a Outgoing, nonce: &'a str) -> ToSign<'a> {
    ToSign {
        method: outgoing.method.as_str(),
        target: &outgoing.target,
        timestamp: client.now(),
        nonce,
        body: &outgoing.body,
    }
}

/// The request as it travels.
#[inline(never)]
pub(super) fn request(
    client: &Client,
    outgoing: &Outgoing,
    origin: &str,
    authorization: &str,
    form: Option<(Body, HeaderValue)>,
) -> Result<Request<Body>, Report> {
    let url = super::target::url(origin, &outgoing.target);
    let url = url.map_err(|violation| Report::validation(vec![violation]))?;
    let mut authorization = header::value(authorization)?;
    authorization.set_sensitive(true);
    let (body, content_type) = match form {
        Some((body, content_type)) => (body, Some(content_type)),
        None => (Body::Bytes(outgoing.body.clone()), None),
    };
    let mut request = Request::new(body);
    *request.method_mut() = outgoing.method.into();
    *request.uri_mut() = url;
    let headers = request.headers_mut();
    let json = const { HeaderValue::from_static("application/json") };
    header::set(headers, ACCEPT, json);
    outgoing.headers.set(headers);
    if let Some(content_type) = content_type {
        header::set(headers, CONTENT_TYPE, content_type);
    }
    header::set(headers, USER_AGENT, client.inner().user_agent.clone());
    header::set(headers, AUTHORIZATION, authorization);
    Ok(request)
}

/// The client was not given the identity that signs a call.
#[cold]
#[inline(never)]
fn no_signer(outgoing: &Outgoing) -> Error {
    let argument = match outgoing.identity {
        Identity::Merchant => "mchid",
        Identity::Brand => "brand_id",
    };
    let text = "this call is signed by an identity that the client was not given; give its number, serial number and private key when the client is built";
    Report::configuration(argument, &text)
        .call(&outgoing.name)
        .into()
}

#[cold]
#[inline(never)]
pub(super) fn unsigned(error: SignError, name: &CallName) -> Error {
    let report = Report::not_sent(ErrorKind::Signing, "the request could not be signed");
    report.call(name).source(error).into()
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
    use crate::operation::{Host, Repeatable};
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
        let name = CallName {
            method: "GET",
            path: "/v3/x".into(),
            operation: None,
            repeatable: Repeatable::Never,
            known: None,
        };
        let mut outgoing = Outgoing::new(name, Method::Get, Host::DEFAULT, Identity::Merchant);
        outgoing.target = "/v3/x".to_owned();
        let signer = client.signer(Identity::Merchant).expect("a merchant");
        let SigningKey::Local(key) = &signer.key else {
            panic!("a key in this process");
        };
        let request = begin(&client, &outgoing, Host::DEFAULT.base, signer, key);
        let request = request.expect("a request");
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
        assert!(!format!("{:?}", request.headers()).contains("WECHATPAY2"));
    }
}
