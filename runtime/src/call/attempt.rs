//! One attempt: signs, sends, receives, verifies.

use super::keys;
use super::outgoing::Outgoing;
use super::{answer, header};
use crate::client::Client;
use crate::error::{CallName, Error, ErrorKind, Outcome, Report, TransportFailure};
use crate::observe::Watch;
use crate::operation::{Identity, Method};
use crate::sign::{SignError, SigningIdentity, SigningKey, ToSign};
use crate::transport::{Body, Failure, Incoming, Partial, receive, within};
use crate::verify::{Read, Unverified};
use crate::write::SentFile;
use core::pin::pin;
use core::time::Duration;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue, Request};
use std::time::Instant;

/// The header that names the platform key that is wanted for the reply, or was used to encrypt.
const SERIAL: HeaderName = HeaderName::from_static("wechatpay-serial");

/// Sends a request once to one host and gives its reply of success.
///
/// # Errors
/// All that can fail, each with what is known of the outcome.
pub(super) async fn attempt(
    client: &Client,
    outgoing: &Outgoing,
    origin: &str,
    limit: Duration,
    watch: &mut Watch<'_>,
    rest: Option<&mut Option<Incoming>>,
) -> Result<Read, Error> {
    let file = match outgoing.sent_file() {
        None => None,
        Some((field, measured)) => {
            let opened = measured.open().await;
            Some(opened.map_err(|error| answer::unsendable(error, field, &outgoing.name))?)
        }
    };
    let word = file.as_ref().map(SentFile::word);
    let began = Instant::now();
    let request = sign(client, outgoing, origin, limit, file).await?;
    let limit = limit.saturating_sub(began.elapsed());
    let transport = client.transport();
    let most = client.inner().max_reply_bytes;
    let mut partial = Partial::default();
    let whole = async {
        watch.on_its_way();
        let (head, incoming) = transport.send(request).await?.into_parts();
        let success = head.status.is_success();
        partial.began(head);
        match rest {
            Some(rest) if success => {
                *rest = Some(incoming);
                Ok(())
            }
            _ => receive(incoming, &mut partial, most).await,
        }
    };
    let failure = match within(transport, limit, pin!(whole)).await {
        Some(Ok(())) => None,
        Some(Err(failure)) => Some(failure),
        None => Some(Failure::of(TransportFailure::Timeout, None)),
    };
    watch.arrived(&partial);
    let reply = match (failure, partial.head.take()) {
        (None, Some((status, headers))) => Unverified::new(status, headers, partial.body()),
        (failure, head) => {
            partial.head = head;
            let word = word.and_then(|word| word.lock().ok()?.take());
            if let (Some(error), Some((field, _))) = (word, outgoing.sent_file()) {
                return Err(answer::unsendable(error, field, &outgoing.name));
            }
            let failure = failure.unwrap_or_else(|| Failure::interrupted("no answer"));
            return Err(answer::broken_off(
                failure,
                partial.into_answer(),
                &outgoing.name,
            ));
        }
    };
    if !(200..300).contains(&reply.status()) {
        return Err(answer::refused(client, outgoing, reply, limit).await);
    }
    if let Some(leave) = outgoing.unsigned() {
        return Ok(reply.unsigned(leave));
    }
    match keys::verify(client, outgoing.host, reply, limit).await {
        Ok(verified) => Ok(verified.into_read()),
        Err(rejected) => {
            let (failure, reply) = rejected.into_parts();
            Err(answer::untrusted(failure, reply, &outgoing.name))
        }
    }
}

/// Signs a request with a fresh nonce and timestamp. A signer elsewhere has the attempt's time for it.
async fn sign(
    client: &Client,
    outgoing: &Outgoing,
    origin: &str,
    limit: Duration,
    file: Option<SentFile>,
) -> Result<Request<Body>, Error> {
    let name = &outgoing.name;
    let signer = signer(client, outgoing)?;
    let url = super::target::url(origin, &outgoing.target)
        .map_err(|violation| Report::validation(vec![violation]).call(name))?;
    let nonce = client.nonce().map_err(|error| unsigned(error, name))?;
    let to_sign = ToSign {
        method: outgoing.method.as_str(),
        target: &outgoing.target,
        timestamp: client.now(),
        nonce: &nonce,
        body: &outgoing.body,
    };
    let authorization = match &signer.key {
        SigningKey::Local(key) => to_sign.signed(signer, key),
        SigningKey::Remote(key) => {
            let message = to_sign.message();
            let asked = within(client.transport(), limit, key.sign(&message)).await;
            let signature = asked.unwrap_or(Err(SignError::TooSlow));
            signature.and_then(|signature| to_sign.written(signer, &signature))
        }
    };
    let authorization = authorization.map_err(|error| unsigned(error, name))?;
    let mut authorization = header_value(&authorization, name)?;
    authorization.set_sensitive(true);
    let (body, content_type) = outgoing.travelling(&nonce, file).ok_or_else(|| {
        let text = "the form has no media type that a header can carry";
        Report::new(ErrorKind::Configuration, Outcome::NotSent, text).call(name)
    })?;
    let mut request = Request::new(body);
    *request.method_mut() = outgoing.method.into();
    *request.uri_mut() = url;
    *request.headers_mut() = outgoing.headers.clone();
    let headers = request.headers_mut();
    headers.reserve(5);
    if !headers.contains_key(ACCEPT) {
        header::set(
            headers,
            ACCEPT,
            HeaderValue::from_static("application/json"),
        );
    }
    if let Some(content_type) = content_type {
        header::set(headers, CONTENT_TYPE, content_type);
    }
    if let Some(wanted) = &outgoing.wanted {
        header::set(headers, SERIAL, header_value(wanted, name)?);
    }
    header::set(headers, USER_AGENT, client.inner().user_agent.clone());
    header::set(headers, AUTHORIZATION, authorization);
    Ok(request)
}

fn signer<'c>(client: &'c Client, outgoing: &Outgoing) -> Result<&'c SigningIdentity, Error> {
    let argument = match outgoing.identity {
        Identity::Merchant => "mchid",
        Identity::Brand => "brand_id",
    };
    client.signer(outgoing.identity).ok_or_else(|| {
        let text = "this call is signed by an identity that the client was not given; give its number, serial number and private key when the client is built";
        Report::configuration(argument, text).call(&outgoing.name).into()
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

fn unsigned(error: SignError, name: &CallName) -> Error {
    let report = Report::new(
        ErrorKind::Signing,
        Outcome::NotSent,
        "the request could not be signed",
    );
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
    use bytes::Bytes;
    use http::HeaderMap;
    use std::time::Instant;

    fn file(name: &str) -> String {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/keys");
        std::fs::read_to_string(format!("{own}/{name}")).expect("a key")
    }

    #[tokio::test]
    async fn the_authorization_is_marked_as_sensitive() {
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
                repeatable: Repeatable::Never,
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
            retry: None,
            link: None,
            began: Instant::now(),
            wanted: None,
            fetches_keys: false,
        };
        let limit = Duration::from_secs(1);
        let request = sign(&client, &outgoing, Host::DEFAULT.base, limit, None).await;
        let request = request.expect("signed");
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
        assert!(!format!("{:?}", request.headers()).contains("WECHATPAY2"));
    }
}
