//! Downloads: content of any size as a stream, checked by its hash.

mod arriving;
mod content;
mod gunzip;
mod host;
mod link;
mod request;
mod save;
mod seal;
#[cfg(test)]
pub(crate) mod tests;
mod unseal;

pub use crate::error::DownloadFailure;
pub(crate) use arriving::Arriving;
pub use content::Download;
pub use link::{FoundLink, Hash, Link};
pub use request::DownloadRequest;
