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
use crate::error::{CallName, Error, ErrorKind, Report};
use crate::operation::{Body, Operation, Repeatable, ReplyBody, Wire};
use crate::read::Opener;
use crate::sign::SigningKey;
use crate::transport::left_of;
use crate::value::Object;
use crate::verify::Read;
use crate::write::{self, Sealer, WriteForm};
use core::time::Duration;
use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE};
use std::sync::Arc;
use std::time::Instant;

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
    pub(super) outgoing: Box<Outgoing>,
    pub(super) read: Read,
    /// How many attempts it took.
    pub(super) attempts: u32,
    pub(super) strict: bool,
    /// The encrypted fields that a remote key was asked to open.
    pub(super) opened: Option<Opened>,
}

impl Answered<'_> {
    /// Who opens the encrypted fields.
    pub(super) fn opener(&self) -> Opener<'_> {
        if let Some(opened) = &self.opened {
            return Opener::By(&**opened);
        }
        match self.client.signer(self.operation.identity) {
            Some(signer) => match &signer.key {
                SigningKey::Local(key) => Opener::Key(key),
                SigningKey::Remote(_) => Opener::Nobody,
            },
            None => Opener::Nobody,
        }
    }
}

impl<'a> Described<'a> {
    /// Checks, writes, sends, verifies.
    pub(super) async fn send(self) -> Result<Answered<'a>, Error> {
        let name = self.name();
        self.can_be_carried(&name)?;
        let began = Instant::now();
        let form = match (self.operation.body, self.request) {
            (Body::Upload(upload), Some(request)) => {
                let bound = Some((self.client.transport(), self.timeout()));
                Some((upload.machinery.measure)(request, upload, &name, bound).await?)
            }
            _ => None,
        };
        let keys = self.keys(&name, began).await?;
        let outgoing = self.outgoing(name, began, &keys, form)?;
        let (client, operation) = (self.client, self.operation);
        let strict = self.options.strict || client.inner().strict;
        let (read, attempts) = exchange(client, &outgoing).await?;
        Ok(Answered {
            client,
            operation,
            outgoing,
            read,
            attempts,
            strict,
            opened: None,
        })
    }

    /// What the call is called in errors.
    pub(super) fn name(&self) -> CallName {
        let known = self.number();
        CallName {
            method: self.operation.method.as_str(),
            path: self.operation.path.into(),
            operation: Some(self.operation),
            // Without its number, which an unchecked request may lack, a request may not be sent again.
            repeatable: match self.operation.repeatable {
                Repeatable::By(_) if self.options.unchecked && known.is_none() => Repeatable::Never,
                repeatable => repeatable,
            },
            known,
        }
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
        Err(Report::not_sent(ErrorKind::Configuration, text)
            .call(name)
            .into())
    }

    /// The request as it is sent.
    ///
    /// # Errors
    /// Where it cannot be sent, or breaks rules that count.
    #[inline(never)]
    pub(super) fn outgoing(
        &self,
        name: CallName,
        began: Instant,
        keys: &PlatformKeys,
        form: Option<Box<WriteForm>>,
    ) -> Result<Box<Outgoing>, Error> {
        let operation = self.operation;
        let mut outgoing =
            Outgoing::new(name, operation.method, operation.host, operation.identity);
        outgoing.began = began;
        outgoing.timeout = self.options.timeout;
        outgoing.retry.clone_from(&self.options.retry);
        match self.fill(&mut outgoing, keys, form) {
            Ok(()) => Ok(outgoing),
            Err(report) => Err(report.call(&outgoing.name).into()),
        }
    }

    fn fill(
        &self,
        outgoing: &mut Outgoing,
        keys: &PlatformKeys,
        form: Option<Box<WriteForm>>,
    ) -> Result<(), Report> {
        let described = !self.options.unchecked;
        let algorithm = self.client.algorithm(self.operation.identity);
        let key = keys.preferred(self.client.now(), algorithm);
        let mut violations = Vec::new();
        outgoing.target = target::path(self.operation, &self.variables, described, &mut violations);
        let seals = self.check(described, key, &mut violations);
        for (name, value) in &self.options.headers {
            if let Err(found) = header::put(&mut outgoing.headers, name, value) {
                violations.push(found);
            }
        }
        if !violations.is_empty() {
            return Err(Report::validation(violations));
        }
        match key {
            Some(key) => outgoing.want(&key.name)?,
            None if !seals => {}
            None => return Err(keys::missing(self.operation.host)),
        }
        self.write(outgoing, key, form).map_err(unwritten)?;
        self.headers(outgoing, key)
    }

    /// The platform's keys, of which one serves the whole call. A reply without a signature needs none, but for fields to encrypt.
    pub(super) async fn keys(
        &self,
        name: &CallName,
        began: Instant,
    ) -> Result<Arc<PlatformKeys>, Error> {
        let host = self.operation.host;
        if self.operation.reply_unsigned && !self.check(false, None, &mut Vec::new()) {
            return Ok(self.client.platform_keys(host.name).unwrap_or_default());
        }
        let left = left_of(self.timeout(), began);
        keys::ready(self.client, host, name, left).await
    }

    /// How long the whole call may take.
    fn timeout(&self) -> Duration {
        let client = self.client.inner();
        self.options.timeout.unwrap_or(client.timeout)
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
        let limits = Limits {
            described,
            key: key.map(|key| &key.key),
            file: match self.operation.body {
                Body::Upload(upload) => Some(upload.machinery.rules),
                Body::None | Body::Json => None,
            },
        };
        check::object(request, limits, violations)
    }

    fn write(
        &self,
        outgoing: &mut Outgoing,
        key: Option<&PlatformKey>,
        form: Option<Box<WriteForm>>,
    ) -> Result<(), serde_json::Error> {
        let Some(request) = self.request else {
            return Ok(());
        };
        let sealer = Sealer::of(key);
        let query = write::query(request, &sealer)?;
        if !query.is_empty() {
            outgoing.target.push('?');
            outgoing.target.push_str(&query);
        }
        if let Body::Json = self.operation.body {
            outgoing.body = write::json(request, &sealer)?.into();
            let json = const { HeaderValue::from_static("application/json") };
            outgoing.headers.push(CONTENT_TYPE, json);
        }
        if let Some(write) = form {
            let (signed, form) = write(request, &sealer)?;
            outgoing.body = signed;
            outgoing.form = Some(form);
        }
        Ok(())
    }

    /// The headers of the request, and those that follow from the operation.
    fn headers(&self, outgoing: &mut Outgoing, key: Option<&PlatformKey>) -> Result<(), Report> {
        let headers = &mut outgoing.headers;
        if let Some(request) = self.request {
            for (field, view) in write::headers(request) {
                let value = write::header(view, &Sealer::of(key)).map_err(unwritten)?;
                if let Err(found) = header::put_described(headers, field.name, &value) {
                    return Err(Report::validation(vec![found]));
                }
            }
        }
        if self.operation.reply == ReplyBody::File && !headers.has(&ACCEPT) {
            headers.push(ACCEPT, const { HeaderValue::from_static("*/*") });
        }
        match self.operation.once {
            Some(once) => once.put_key(self, outgoing),
            None => Ok(()),
        }
    }
}

#[cold]
#[inline(never)]
fn unwritten(error: serde_json::Error) -> Report {
    let text = "the request could not be written";
    Report::not_sent(ErrorKind::Configuration, text).source(error)
}
