//! The content of an upload that is not in memory: read when it is needed, as often as it is needed.

use bytes::Bytes;
use core::future::Future;
use core::pin::Pin;
use futures_core::Stream;
use std::io;

/// Bytes that can be read from their beginning more than once: a file on a disk, an object in a store.
///
/// An upload reads it once for its digest, and once more for each attempt to send it. It must give the same bytes each time: the
/// upload is broken off before its end where it does not.
///
/// ```
/// use bytes::Bytes;
/// use wechatpay_runtime::value::{Opened, Opening, Source};
///
/// /// Zeros, as many as wanted, that no memory holds.
/// struct Zeros(u64);
///
/// impl Source for Zeros {
///     fn open(&self) -> Opening<'_> {
///         Box::pin(async move {
///             let whole = self.0 / 1024;
///             let pieces = (0..whole).map(|_| Ok(Bytes::from_static(&[0; 1024])));
///             Ok(Opened::new(futures_util::stream::iter(pieces)))
///         })
///     }
/// }
///
/// let video = wechatpay_runtime::File::from_source("black.mp4", Zeros(1 << 20));
/// assert!(video.content().is_none());
/// ```
pub trait Source: Send + Sync + 'static {
    /// Opens it at its beginning.
    ///
    /// # Errors
    /// Why it cannot be read. The call fails by it, before anything is sent, with an error that names the field.
    fn open(&self) -> Opening<'_>;
}

/// The future of [`Source::open`].
pub type Opening<'s> = Pin<Box<dyn Future<Output = io::Result<Opened>> + Send + 's>>;

/// A source that was opened.
pub struct Opened {
    pub(crate) length: Option<u64>,
    pub(crate) pieces: Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>,
}

impl Opened {
    /// The bytes in pieces, of 64 KiB or so.
    pub fn new(pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static) -> Self {
        Self {
            length: None,
            pieces: Box::pin(pieces),
        }
    }

    /// Tells how many bytes there are, where that is known before they are read: then a source that changed its length is found out
    /// before anything is sent.
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }
}

impl core::fmt::Debug for Opened {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Opened")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
