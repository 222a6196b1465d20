//! Replies that are files, taken as they arrive rather than whole.

use super::Call;
use super::exchange::exchange_head;
use super::outgoing::Outgoing;
use super::prepare::Described;
use crate::client::Client;
use crate::download::{Arriving, Download};
use crate::error::{CallName, Error, ErrorKind, Outcome, Report};
use crate::operation::{Host, Identity, Method, Repeatable};
use crate::retry::RetryPolicy;
use crate::transport::Incoming;
use crate::value::FileContent;
use bytes::Bytes;
use core::time::Duration;
use http::HeaderValue;
use http::header::ACCEPT;
use std::time::Instant;

impl Call<'_, FileContent> {
    /// Sends the call, and gives the file as a stream instead of holding all of it in memory. The client's `max_reply_bytes` does not
    /// bound it; [`Download::limit`] does.
    ///
    /// The file comes as the server sends it. Where it may be gzip, [`Download::gunzip`] unpacks it; where its hash is known,
    /// [`Download::hash`] checks it.
    ///
    /// The time that the call may take is that until the file begins; after that, each piece must arrive within it. The call is tried
    /// again, where the policy says so, until the file begins, and not after.
    ///
    /// # Errors
    /// As awaiting the call. Nothing is sent where the operation is answered with a signature, which covers the whole: await the
    /// call instead.
    pub async fn download(self) -> Result<Download, Error> {
        let client = self.client;
        let patience = self.options.timeout.unwrap_or(client.inner().timeout);
        let described = Described {
            client,
            operation: self.operation,
            variables: self.variables,
            request: self.request,
            options: self.options,
        };
        let name = described.name();
        described.can_be_carried(&name)?;
        if !self.operation.reply_unsigned {
            let text = "this file comes with a signature over all of it, which a stream cannot verify before it hands bytes out; await the call instead";
            let report = Report::new(ErrorKind::Configuration, Outcome::NotSent, text);
            return Err(report.call(&name).into());
        }
        let began = Instant::now();
        let keys = described.keys(&name, began).await?;
        let outgoing = described.outgoing(name, began, &keys, None)?;
        open(client, &outgoing, patience).await
    }
}

/// A file that a link leads to.
pub(crate) struct LinkedFile<'l> {
    pub(crate) host: &'static Host,
    pub(crate) origin: String,
    pub(crate) target: &'l str,
    pub(crate) identity: Identity,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
}

/// Asks for a file that a link leads to.
///
/// # Errors
/// As any call. The target must be one that is sent exactly as it is.
pub(crate) async fn open_link(client: &Client, file: LinkedFile<'_>) -> Result<Download, Error> {
    // What follows the path tells who may fetch the file, so it is told to nobody.
    let path = file.target.split('?').next().unwrap_or_default();
    let name = CallName {
        method: Method::Get.as_str(),
        path: path.escape_debug().to_string().into(),
        operation: None,
        repeatable: Repeatable::Never,
        known: None,
    };
    let mut outgoing = Outgoing::new(name, Method::Get, file.host, file.identity);
    let any = const { HeaderValue::from_static("*/*") };
    outgoing.headers.push(ACCEPT, any);
    outgoing.target = file.target.to_owned();
    outgoing.timeout = file.timeout;
    outgoing.retry = file.retry;
    outgoing.link = Some(file.origin);
    let patience = file.timeout.unwrap_or(client.inner().timeout);
    open(client, &outgoing, patience).await
}

async fn open(client: &Client, outgoing: &Outgoing, patience: Duration) -> Result<Download, Error> {
    let name = outgoing.name.clone();
    let mut rest = None;
    let (head, _) = exchange_head(client, outgoing, Some(&mut rest)).await?;
    let rest = rest.unwrap_or_else(|| Incoming::from(Bytes::new()));
    let arriving = Arriving::new(
        client,
        rest,
        patience,
        name,
        head.status,
        head.headers.clone(),
    );
    Ok(Download::new(arriving))
}
