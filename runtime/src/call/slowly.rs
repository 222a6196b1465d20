//! Requests that are to be waited for before they are sent: for files that are opened, and for keys that are elsewhere.

use super::Outgoing;
use super::attempt::{request, to_sign, unsigned};
use crate::client::Client;
use crate::error::Error;
use crate::sign::{SignError, SigningIdentity, SigningKey};
use crate::transport::{Body, BoxFuture, least_of, left_of};
use crate::write::Blame;
use core::time::Duration;
use http::Request;
use std::time::Instant;

/// Begins a request. It is named by forms and by remote keys, so that other programs do not carry it.
pub(crate) type Slowly =
    for<'a> fn(&'a Client, &'a Outgoing, &'a str, &'a SigningIdentity, Duration) -> Beginning<'a>;

/// A request that is being begun: what is sent, and who is to be asked why it broke off.
type Beginning<'a> = BoxFuture<'a, Result<(Request<Body>, Option<Blame>), Error>>;

/// Opens what there is to be opened, then signs. Both have the attempt's time for it, but for what must be left to send something.
#[inline]
pub(crate) fn slowly<'a>(
    client: &'a Client,
    outgoing: &'a Outgoing,
    origin: &'a str,
    signer: &'a SigningIdentity,
    limit: Duration,
) -> Beginning<'a> {
    Box::pin(async move {
        let began = Instant::now();
        let least = least_of(limit);
        let left = || left_of(limit, began).saturating_sub(least);
        let name = &outgoing.name;
        let nonce = client.nonce().map_err(|error| unsigned(error, name))?;
        let (form, blame) = match &outgoing.form {
            Some(form) => {
                let bound = Some((client.transport(), left()));
                let form = form.begin(&nonce, name, bound).await?;
                (Some((form.body, form.content_type)), form.blame)
            }
            None => (None, None),
        };
        let to_sign = to_sign(client, outgoing, &nonce);
        let authorization = match &signer.key {
            SigningKey::Local(key) => to_sign.signed(signer, key),
            SigningKey::Remote(key) => {
                let message = to_sign.message();
                let bound = Some((client.transport(), left()));
                let signature = match key.sign(&message, bound).await {
                    // It came, and too late: what is sent now would hardly be answered in time.
                    Ok(_) if left().is_zero() => Err(SignError::TooSlow),
                    signature => signature,
                };
                signature.and_then(|signature| to_sign.written(signer, &signature))
            }
        };
        let authorization = authorization.map_err(|error| unsigned(error, name))?;
        let begun = request(client, outgoing, origin, &authorization, form);
        let request = begun.map_err(|report| report.call(name))?;
        Ok((request, blame))
    })
}
