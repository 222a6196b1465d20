//! A port of loopback for each host family.

use crate::Error;
use crate::play::DEFAULT_FAMILY;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use wechatpay_codegen::model::Api;

/// A host family's socket.
#[derive(Debug)]
pub(crate) struct Listening {
    pub(crate) family: String,
    pub(crate) address: SocketAddr,
    pub(crate) listener: TcpListener,
}

/// Listens for all host families of a description, the default one first. It gets the port, the others the following ones in the
/// order of their names; each gets any that is free where the port is 0.
pub(crate) async fn listen(api: &Api, port: u16) -> Result<Vec<Listening>, Error> {
    let others = api.hosts.keys().filter(|name| *name != DEFAULT_FAMILY);
    let families = std::iter::once(DEFAULT_FAMILY).chain(others.map(String::as_str));
    let mut listening = Vec::new();
    for (family, distance) in families.zip(0u16..) {
        let port = match port {
            0 => 0,
            // Behind the last port there is none, so any will do.
            first => first.checked_add(distance).unwrap_or(0),
        };
        listening.push(listen_on(family, port).await?);
    }
    Ok(listening)
}

async fn listen_on(family: &str, port: u16) -> Result<Listening, Error> {
    let refused = |source| Error::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.map_err(refused)?;
    Ok(Listening {
        family: family.to_owned(),
        address: listener.local_addr().map_err(refused)?,
        listener,
    })
}
