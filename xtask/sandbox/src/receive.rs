//! The body of a request, as it comes.

use axum::body::Body;
use futures_util::StreamExt as _;
use std::fmt;

/// Why a body was not received whole.
#[derive(Debug)]
pub(crate) enum Cut {
    Short,
    Long { limit: usize },
}

/// Receives a body up to a limit in bytes. Each part is told as it comes, since the rest may never do.
pub(crate) async fn receive(
    body: Body,
    limit: usize,
    mut told: impl FnMut(&[u8]),
) -> Result<Vec<u8>, Cut> {
    let mut parts = body.into_data_stream();
    let mut received = Vec::new();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| Cut::Short)?;
        if part.len() > limit - received.len() {
            return Err(Cut::Long { limit });
        }
        told(&part);
        received.extend_from_slice(&part);
    }
    Ok(received)
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => f.write_str("The body was cut short."),
            Self::Long { limit } => write!(f, "The body has more than {limit} bytes."),
        }
    }
}
