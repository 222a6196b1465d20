//! Requests to what is not described.

use super::exchange::exchange;
use super::header;
use super::keys;
use super::options::Options;
use super::outgoing::Outgoing;
use crate::check::{Rule, Violation};
use crate::client::Client;
use crate::error::{CallName, Error, ErrorKind, Outcome, Report};
use crate::operation::{Host, Identity, Method, Repeatable};
use crate::retry::RetryPolicy;
use crate::verify::Read;
use bytes::Bytes;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::time::Duration;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A request to what is not described, which is sent when it is awaited. It is signed, and its reply verified, like any other.
#[must_use = "a request is sent when it is awaited"]
pub struct RawRequest<'a> {
    client: &'a Client,
    method: Method,
    target: &'a str,
    body: Bytes,
    content_type: Option<HeaderValue>,
    host: &'static Host,
    identity: Identity,
    options: Options,
    violations: Vec<Violation>,
}

impl<'a> RawRequest<'a> {
    #[inline]
    pub(crate) fn new(client: &'a Client, method: Method, target: &'a str) -> Self {
        Self {
            client,
            method,
            target,
            body: Bytes::new(),
            content_type: None,
            host: Host::DEFAULT,
            identity: Identity::Merchant,
            options: Options::default(),
            violations: Vec::new(),
        }
    }

    /// Sends a value as JSON.
    #[inline]
    pub fn json(mut self, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(json) => {
                self.body = json.into();
                self.content_type = Some(HeaderValue::from_static("application/json"));
            }
            Err(_) => self.violations.push(Violation::new("body", Rule::NotJson)),
        }
        self
    }

    /// Sends bytes of a media type.
    #[inline]
    pub fn body(mut self, bytes: impl Into<Bytes>, content_type: &'static str) -> Self {
        self.body = bytes.into();
        match HeaderValue::from_str(content_type) {
            Ok(value) => self.content_type = Some(value),
            Err(_) => {
                let place = "header `Content-Type`";
                self.violations
                    .push(Violation::new(place, Rule::HeaderValue));
            }
        }
        self
    }

    /// Sends a further header. One that the client writes by itself, or a value that a header cannot carry, is an error when the
    /// request is awaited, before anything is sent.
    #[inline]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options.headers.push((name.into(), value.into()));
        self
    }

    /// How long the request may take with all its attempts and the waits between them.
    #[inline]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How often and how patiently this request is tried again, in place of the client's policy. Only a `GET` may be, and what was surely
    /// not sent.
    #[inline]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.options.retry = Some(policy);
        self
    }

    /// Goes to another family of hosts than the default one.
    #[inline]
    pub fn host(mut self, host: &'static Host) -> Self {
        self.host = host;
        self
    }

    /// Is signed by another identity than the merchant's.
    #[inline]
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = identity;
        self
    }

    #[inline]
    async fn send(mut self) -> Result<RawReply, Error> {
        let path = self.target.split(['?', '#']).next().unwrap_or_default();
        let name = CallName {
            method: self.method.as_str(),
            path: path.escape_debug().to_string().into(),
            operation: None,
            repeatable: Repeatable::Never,
            known: None,
        };
        let mut outgoing = Outgoing::new(name, self.method, self.host, self.identity);
        for (name, value) in &self.options.headers {
            let refused = header::put(&mut outgoing.headers, name, value).err();
            self.violations.extend(refused);
        }
        if !self.violations.is_empty() {
            let report = Report::validation(self.violations);
            return Err(report.call(&outgoing.name).into());
        }
        let client = self.client;
        let limit = self.options.timeout.unwrap_or(client.inner().timeout);
        let keys = keys::ready(client, self.host, &outgoing.name, limit).await?;
        let preferred = keys.preferred(client.now(), client.algorithm(self.identity));
        if let Some(key) = preferred {
            let wanted = outgoing.want(&key.name);
            wanted.map_err(|report| report.call(&outgoing.name))?;
        }
        if let Some(content_type) = self.content_type {
            outgoing.headers.push(CONTENT_TYPE, content_type);
        }
        outgoing.target = self.target.to_owned();
        outgoing.body = self.body;
        outgoing.timeout = self.options.timeout;
        outgoing.retry = self.options.retry;
        let (read, _) = exchange(self.client, &outgoing).await?;
        let name = outgoing.name;
        Ok(RawReply { read, name })
    }
}

impl<'a> IntoFuture for RawRequest<'a> {
    type Output = Result<RawReply, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl fmt::Debug for RawRequest<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method.as_str())
            .finish_non_exhaustive()
    }
}

/// The verified reply to a request that is not described.
pub struct RawReply {
    read: Read,
    name: CallName,
}

impl RawReply {
    /// The status, 200 to 299.
    #[inline]
    pub fn status(&self) -> u16 {
        self.read.status
    }

    /// The headers.
    #[inline]
    pub fn headers(&self) -> &HeaderMap {
        &self.read.headers
    }

    /// A header, where it is there and is visible ASCII.
    #[inline]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.read.headers.get(name)?.to_str().ok()
    }

    /// The `Request-ID`, by which WeChat Pay's support finds the exchange.
    #[inline]
    pub fn request_id(&self) -> Option<&str> {
        self.header("request-id")
    }

    /// The body exactly as received.
    #[inline]
    pub fn body(&self) -> &Bytes {
        &self.read.body
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// Where it is JSON of another shape, or a status of 204 says that there is none: the call was answered all the same. Where it is no JSON at
    /// all, nobody knows what became of it.
    #[inline]
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.read.body).map_err(|error| self.other(&error))
    }

    /// The error of a body that is not what was wanted.
    #[cold]
    #[inline(never)]
    fn other(&self, error: &serde_json::Error) -> Error {
        let bodiless = self.read.status == 204 && self.read.body.is_empty();
        let text = match bodiless {
            true => "the reply has no body".to_owned(),
            false => format!(
                "the reply is no JSON of the wanted shape: line {}, column {}",
                error.line(),
                error.column()
            ),
        };
        let outcome = match bodiless || error.is_data() {
            true => Outcome::Answered,
            false => Outcome::Unknown,
        };
        let report = Report::new(ErrorKind::Decoding, outcome, text);
        let report = report.call(&self.name);
        report.answer(self.read.clone().into()).into()
    }
}

impl fmt::Debug for RawReply {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("body", &format_args!("{} bytes", self.read.body.len()))
            .finish_non_exhaustive()
    }
}
