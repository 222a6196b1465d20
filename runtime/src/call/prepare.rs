//! From an operation and its request to what is sent.

use super::exchange::exchange;
use super::header;
use super::keys;
use super::opening::Opened;
use super::options::Options;
use super::outgoing::Outgoing;
use super::target;
use crate::check::{self, Limits, Violation};
use crate::client::Client;
use crate::credentials::{PlatformKey, PlatformKeys};
use crate::error::{CallName, Error, ErrorKind, Outcome, Report};
use crate::operation::{Body, Operation, Repeatable, ReplyBody, Wire};
use crate::sign;
use crate::value::{Object, View};
use crate::verify::Read;
use crate::write::{self, Measured, Part, Unsealed};
use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Instant;

/// The header that keeps a write from being done twice.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A call of a described operation.
pub(super) struct Described<'a> {
    pub(super) client: &'a Client,
    pub(super) operation: &'static Operation,
    pub(super) variables: Vec<&'a str>,
    pub(super) request: Option<&'a dyn Object>,
    pub(super) options: Options,
}

/// A reply of success, and what is needed to read it.
pub(super) struct Answered<'a> {
    pub(super) client: &'a Client,
    pub(super) operation: &'static Operation,
    pub(super) name: CallName,
    pub(super) read: Read,
    /// How many attempts it took.
    pub(super) attempts: u32,
    pub(super) strict: bool,
    /// The encrypted fields that a remote key was asked to open.
    pub(super) opened: Option<Opened>,
}

impl<'a> Described<'a> {
    /// Checks, writes, sends, verifies.
    pub(super) async fn send(self) -> Result<Answered<'a>, Error> {
        let name = self.name();
        self.can_be_carried(&name)?;
        let measured = self.measured(&name).await?;
        let outgoing = self.outgoing(name.clone(), measured).await?;
        let (client, operation) = (self.client, self.operation);
        let strict = self.options.strict || client.inner().strict;
        let (read, attempts) = exchange(client, outgoing).await?;
        Ok(Answered {
            client,
            operation,
            name,
            read,
            attempts,
            strict,
            opened: None,
        })
    }

    /// Reads the file of an upload that is not in memory, for its digest.
    async fn measured(&self, name: &CallName) -> Result<Option<Measured>, Error> {
        let Body::Upload(upload) = self.operation.body else {
            return Ok(None);
        };
        let file = self.request.and_then(write::file_of);
        let Some((field, source)) = file.and_then(|(name, file)| Some((name, file.source()?)))
        else {
            return Ok(None);
        };
        let measured = Measured::of(Arc::clone(source), upload.algorithm).await;
        measured
            .map(Some)
            .map_err(|error| super::answer::unsendable(error, field, name))
    }

    /// What the call is called in errors.
    pub(super) fn name(&self) -> CallName {
        CallName {
            method: self.operation.method.as_str(),
            path: self.operation.path.to_owned(),
            operation: Some(self.operation),
            repeatable: self.repeatable(),
        }
    }

    /// By what this request may be sent again: without its number, which an unchecked request may lack, it may not.
    fn repeatable(&self) -> Repeatable {
        match self.operation.repeatable {
            Repeatable::By(number) if self.options.unchecked && !self.has(number) => {
                Repeatable::Never
            }
            repeatable => repeatable,
        }
    }

    fn has(&self, number: &str) -> bool {
        let mut variables = self.operation.variables.iter();
        let in_request = |request: &dyn Object| {
            let mut fields = request.shape().fields.iter().enumerate();
            let found = fields.find(|(_, field)| field.name == number);
            let value = found.and_then(|(index, _)| request.get(index));
            value.is_some_and(|value| !matches!(value.view(), View::Absent))
        };
        variables.any(|field| field.name == number) || self.request.is_some_and(in_request)
    }

    /// Refuses what this version describes but does not carry, before anything is sent.
    pub(super) fn can_be_carried(&self, name: &CallName) -> Result<(), Error> {
        let text = match (self.operation.link, self.operation.wire) {
            (true, _) => "this is a link for a browser, not a call",
            (false, Wire::Xml | Wire::XmlThenJson) => {
                "this is an operation of APIv2, whose XML this version describes but does not carry"
            }
            (false, Wire::Json) => return Ok(()),
        };
        let kind = ErrorKind::Configuration;
        Err(Report::new(kind, Outcome::NotSent, text).call(name).into())
    }

    pub(super) async fn outgoing(
        &self,
        name: CallName,
        measured: Option<Measured>,
    ) -> Result<Outgoing, Error> {
        let began = Instant::now();
        let described = !self.options.unchecked;
        let keys = self.keys(&name).await?;
        let key = keys.preferred(
            self.client.now(),
            self.client.algorithm(self.operation.identity),
        );
        let mut violations = Vec::new();
        let mut target =
            target::path(self.operation, &self.variables, described).unwrap_or_else(|found| {
                violations.extend(found);
                String::new()
            });
        let seals = self.check(described, key, &mut violations);
        let mut headers = HeaderMap::new();
        for (name, value) in &self.options.headers {
            violations.extend(header::put(&mut headers, name, value).err());
        }
        let refused = |violations| Report::validation(violations).call(&name);
        if !violations.is_empty() {
            return Err(refused(violations).into());
        }
        let wanted = self.wanted(seals, key, &name)?;
        let written = self.written(key, &name, measured)?;
        if !written.query.is_empty() {
            target.push('?');
            target.push_str(&written.query);
        }
        for (field, value) in &written.headers {
            header::put_described(&mut headers, field, value)
                .map_err(|found| refused(vec![found]))?;
        }
        self.own_headers(&mut headers, &name)?;
        Ok(Outgoing {
            method: self.operation.method,
            target,
            headers,
            content_type: written.content_type,
            body: written.body,
            form: written.form,
            host: self.operation.host,
            identity: self.operation.identity,
            timeout: self.options.timeout,
            retry: self.options.retry.clone(),
            link: None,
            began,
            wanted,
            fetches_keys: false,
            name,
        })
    }

    /// The platform's keys, of which one serves the whole call. A reply without a signature needs none, but for fields to encrypt.
    async fn keys(&self, name: &CallName) -> Result<Arc<PlatformKeys>, Error> {
        let host = self.operation.host;
        if self.operation.reply_unsigned && !self.check(false, None, &mut Vec::new()) {
            return Ok(self.client.platform_keys(host.name).unwrap_or_default());
        }
        let limit = self.options.timeout.unwrap_or(self.client.inner().timeout);
        keys::ready(self.client, host, name, limit).await
    }

    /// Checks the request; tells whether it has fields to encrypt.
    fn check(
        &self,
        described: bool,
        key: Option<&PlatformKey>,
        violations: &mut Vec<Violation>,
    ) -> bool {
        let Some(request) = self.request else {
            return false;
        };
        let sealable = key.map(|key| key.key.longest_plaintext());
        let limits = Limits {
            described,
            sealable,
        };
        let findings = check::object(request, limits);
        violations.extend(findings.violations);
        findings.seals
    }

    /// The name of the key that fields are encrypted with, and that the reply is to be signed with.
    fn wanted(
        &self,
        seals: bool,
        key: Option<&PlatformKey>,
        name: &CallName,
    ) -> Result<Option<String>, Error> {
        match key {
            Some(key) => Ok(Some(key.name.clone())),
            None if !seals => Ok(None),
            None => Err(keys::missing(self.operation.host, name)),
        }
    }

    fn written(
        &self,
        key: Option<&PlatformKey>,
        name: &CallName,
        measured: Option<Measured>,
    ) -> Result<Written, Error> {
        let encrypt = |text: &str| {
            let key = key.ok_or(Unsealed)?;
            key.key.encrypt(text).map_err(|_| Unsealed)
        };
        self.write(&encrypt, measured).map_err(|error| {
            let text = "the request could not be written";
            let report = Report::new(ErrorKind::Configuration, Outcome::NotSent, text);
            report.call(name).source(error).into()
        })
    }

    fn write(
        &self,
        encrypt: &write::Encrypt<'_>,
        measured: Option<Measured>,
    ) -> Result<Written, serde_json::Error> {
        let mut written = Written::default();
        if let Some(request) = self.request {
            written.query = write::query(request, encrypt)?;
            written.headers = write::headers(request, encrypt)?;
            match self.operation.body {
                Body::None => {}
                Body::Json => {
                    written.body = write::json(request, encrypt)?.into();
                    written.content_type = Some(HeaderValue::from_static("application/json"));
                }
                Body::Upload(upload) => {
                    let (signed, parts) = write::form(request, upload, encrypt, measured)?;
                    written.body = signed;
                    written.form = Some(parts);
                }
            }
        }
        Ok(written)
    }

    /// The headers that follow from the operation.
    fn own_headers(&self, headers: &mut HeaderMap, name: &CallName) -> Result<(), Error> {
        if self.operation.reply == ReplyBody::File && !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        }
        let keyed = self.operation.repeatable == Repeatable::Key;
        if keyed && !headers.contains_key(IDEMPOTENCY_KEY) {
            let failed = |error| {
                let text = "no idempotency key could be drawn";
                Report::new(ErrorKind::Configuration, Outcome::NotSent, text)
                    .call(name)
                    .source(error)
            };
            let key = sign::nonce().map_err(failed)?;
            if let Ok(value) = HeaderValue::from_str(&key) {
                headers.insert(IDEMPOTENCY_KEY, value);
            }
        }
        Ok(())
    }
}

/// A request as it travels.
#[derive(Default)]
struct Written {
    query: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
    form: Option<Vec<Part>>,
    content_type: Option<HeaderValue>,
}
