//! A port of loopback for each host of each family.

use crate::Error;
use crate::play::DEFAULT_FAMILY;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use wechatpay_codegen::model::Api;

/// A host's socket.
#[derive(Debug)]
pub(crate) struct Listening {
    pub(crate) family: String,
    /// The place among the family's hosts, the backups after the first.
    pub(crate) host: usize,
    pub(crate) address: SocketAddr,
    pub(crate) listener: TcpListener,
}

/// Listens for all hosts of a description: those of the default family first, each family's backups behind its first host. The
/// first hosts get the port and the following ones, in the order of the families' names, then the backups; each gets any that is
/// free where the port is 0.
pub(crate) async fn listen(api: &Api, port: u16, backups: usize) -> Result<Vec<Listening>, Error> {
    let others = api.hosts.keys().filter(|name| *name != DEFAULT_FAMILY);
    let families: Vec<_> = std::iter::once(DEFAULT_FAMILY)
        .chain(others.map(String::as_str))
        .collect();
    let hosts = (0..=backups).flat_map(|host| families.iter().map(move |family| (*family, host)));
    let mut listening = Vec::new();
    for ((family, host), distance) in hosts.zip(0u16..) {
        let port = match port {
            0 => 0,
            // Behind the last port there is none, so any will do.
            first => first.checked_add(distance).unwrap_or(0),
        };
        listening.push(listen_on(family, host, port).await?);
    }
    // The sort is stable: a family's hosts come together, in their order.
    listening.sort_by_key(|one| families.iter().position(|family| *family == one.family));
    Ok(listening)
}

async fn listen_on(family: &str, host: usize, port: u16) -> Result<Listening, Error> {
    let refused = |source| Error::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.map_err(refused)?;
    Ok(Listening {
        family: family.to_owned(),
        host,
        address: listener.local_addr().map_err(refused)?,
        listener,
    })
}
