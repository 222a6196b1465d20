//! The signatures of parameters, and the time and nonce that they cover.

use crate::client::Client;
use crate::credentials::{Algorithm, Apiv2Key};
use crate::error::{Error, ErrorKind, Report};
use crate::operation::Identity;
use crate::sign::SignError;

/// The merchant's number, which stands in most parameters.
///
/// # Errors
/// Where the client was given none.
#[inline]
pub(super) fn mchid(client: &Client) -> Result<&str, Error> {
    match client.signer(Identity::Merchant) {
        Some(signer) => Ok(&signer.id),
        None => Err(no_merchant()),
    }
}

/// When parameters are made, and the text that they use once.
///
/// # Errors
/// Where there are no random numbers.
#[inline]
pub(super) fn moment(client: &Client) -> Result<(String, String), Error> {
    let nonce = client.nonce().map_err(unsigned)?;
    Ok((client.now().to_string(), nonce))
}

/// Signs lines, each with a line feed after it, by the merchant's private key, wherever it is.
///
/// # Errors
/// Where the client has no merchant, or its key cannot sign.
#[inline]
pub(super) async fn rsa(client: &Client, lines: &[&str]) -> Result<String, Error> {
    let signer = client.signer(Identity::Merchant).ok_or_else(no_merchant)?;
    let mut message = String::with_capacity(160);
    for line in lines {
        message.push_str(line);
        message.push('\n');
    }
    if signer.key.algorithm() != Algorithm::Rsa {
        let text =
            "the cashier takes signatures by RSA alone, and the merchant's key is another one";
        return Err(Report::configuration("merchant_private_key", &text).into());
    }
    let bound = (client.transport(), client.inner().timeout);
    let signature = signer.key.sign(message.as_bytes(), Some(bound)).await;
    signature.map_err(unsigned)
}

/// The APIv2 key.
///
/// # Errors
/// Where the client was given none.
#[inline]
pub(super) fn apiv2_key(client: &Client) -> Result<&Apiv2Key, Error> {
    client.apiv2_key().ok_or_else(|| {
        let text = "this is signed with the APIv2 key, which the client was not given; it is another one than the APIv3 key";
        Report::configuration("apiv2_key", &text).into()
    })
}

#[inline]
fn no_merchant() -> Error {
    let text = "this is signed by the merchant, whom the client was not given; give its number, serial number and private key when the client is built";
    Report::configuration("mchid", &text).into()
}

#[inline]
fn unsigned(error: SignError) -> Error {
    let text = "the parameters could not be signed";
    Report::not_sent(ErrorKind::Signing, text)
        .source(error)
        .into()
}
