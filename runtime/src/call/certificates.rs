//! The call that brings platform certificates. Its reply is not verified here: the keys that it is signed with are within it.

use super::exchange::exchange;
use super::outgoing::Outgoing;
use crate::client::Client;
use crate::credentials::Algorithm;
use crate::error::{CallName, Error};
use crate::operation::{Host, Identity, Method, Operation};
use crate::verify::Unverified;

/// The list of the default family.
pub(crate) const DEFAULT: &Operation =
    &Operation::new(Method::Get, "/v3/certificates", Host::DEFAULT).reply_unsigned();

/// The list of Hong Kong's family.
const HONG_KONG: &Operation =
    &Operation::new(Method::Get, "/v3/global/certificates", Host::HONG_KONG).reply_unsigned();

/// Where a family's certificates are listed.
#[inline]
pub(crate) fn operation(host: &Host) -> Option<&'static Operation> {
    let lists = [DEFAULT, HONG_KONG];
    lists.into_iter().find(|list| list.host.name == host.name)
}

/// The list of the default family has certificates for RSA unless it is asked for others.
#[inline]
fn target(operation: &Operation, algorithm: Algorithm) -> String {
    match algorithm {
        Algorithm::Sm2 if operation.path == DEFAULT.path => {
            format!("{}?algorithm_type=SM2", operation.path)
        }
        _ => operation.path.to_owned(),
    }
}

/// Asks for the list, with the client's own retries and timeout.
///
/// # Errors
/// All that a call may fail by, but for the reply's signature.
#[inline]
pub(crate) async fn fetch(
    client: &Client,
    host: &'static Host,
    operation: &'static Operation,
) -> Result<Unverified, Error> {
    let keys = client.platform_keys(host.name);
    let algorithm = client.algorithm(Identity::Merchant);
    // WeChat Pay may not know any more what has ended.
    let keys = keys.filter(|keys| keys.is_usable(client.now()));
    let wanted = keys.and_then(|keys| {
        let preferred = keys.preferred(client.now(), algorithm);
        preferred.map(|key| key.name.clone())
    });
    let name = CallName {
        method: operation.method.as_str(),
        path: operation.path.into(),
        operation: Some(operation),
        repeatable: operation.repeatable,
        known: None,
    };
    let mut outgoing = Outgoing::new(name, operation.method, host, Identity::Merchant);
    outgoing.target = target(operation, algorithm);
    outgoing.fetches_keys = true;
    if let Some(wanted) = wanted {
        let wanted = outgoing.want(&wanted);
        wanted.map_err(|report| report.call(&outgoing.name))?;
    }
    let (read, _) = exchange(client, &outgoing).await?;
    Ok(Unverified::arrived(read.into()))
}
