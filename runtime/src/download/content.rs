//! What is downloaded, as it comes: unpacked where it is packed, bounded, and checked by its hash at the end.

use super::arriving::Arriving;
use super::gunzip::{Gunzip, MAGIC};
use super::link::Hash;
use super::unseal::{BrokenSeal, Unseal};
use crate::digest::RunningDigest;
use crate::error::DownloadFailure;
use crate::error::{Error, ErrorKind, Outcome, Report};
use bytes::{Bytes, BytesMut};
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use http::HeaderMap;

/// A download under way: a stream of the content's bytes.
///
/// The reply carries no signature. What stands in for it is the hash, where WeChat Pay told one in a reply that was signed: the
/// stream ends well only if the whole content has it. Until then its bytes are not to be trusted: **keep nothing of it before the
/// stream ended without an error.** [`Download::save`] and [`Download::bytes`] see to that by themselves.
///
/// It is not tried again once its first byte was handed out, nor resumed in the middle.
#[must_use = "a download is read when it is polled"]
pub struct Download {
    from: Arriving,
    seal: Option<Unseal>,
    packing: Packing,
    hash: Option<(RunningDigest, String)>,
    limit: u64,
    length: u64,
    state: State,
}

/// How the content is packed.
enum Packing {
    /// It is taken as it comes.
    Plain,
    /// What it begins with will tell.
    Unknown(BytesMut),
    /// It is unpacked.
    Gzip(Box<Gunzip>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Running,
    /// The body ended, and is not to be asked for more; the seal may have held its end back.
    Ended,
    /// All was decrypted; what is left in the packing comes yet.
    Draining,
    /// It ended, and the hash was right where there was one.
    Whole,
    Failed,
}

impl Download {
    pub(crate) fn new(from: Arriving) -> Self {
        Self {
            from,
            seal: None,
            packing: Packing::Plain,
            hash: None,
            limit: u64::MAX,
            length: 0,
            state: State::Running,
        }
    }

    /// Decrypts the content, before anything else is done to it.
    pub(super) fn unseal(mut self, seal: Unseal) -> Self {
        self.seal = Some(seal);
        self
    }

    /// Unpacks the content where it begins as gzip does, whatever was asked for. The hash is then that of what was unpacked.
    ///
    /// Downloads by a link do so by themselves. To be called before anything was read.
    pub fn gunzip(mut self) -> Self {
        if let (Packing::Plain, 0) = (&self.packing, self.length) {
            self.packing = Packing::Unknown(BytesMut::new());
        }
        self
    }

    /// Checks the content's hash at the end, of what was unpacked. To be called before anything was read.
    pub fn hash(mut self, hash: Hash) -> Self {
        self.hash = Some((RunningDigest::new(hash.algorithm), hash.value));
        self
    }

    /// The longest content that is taken, in bytes after unpacking. Without it a stream has no limit: a packed file of a megabyte
    /// may hold a gigabyte, though never more than a piece of 64 KiB of it at once.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = bytes;
        self
    }

    /// The status, 200 to 299.
    pub fn status(&self) -> u16 {
        self.from.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.from.headers
    }

    /// The `Request-ID`, by which WeChat Pay's support finds the exchange.
    pub fn request_id(&self) -> Option<&str> {
        self.from.headers.get("request-id")?.to_str().ok()
    }

    /// Whether a signature of the reply was verified: never, since downloads are answered without one. See
    /// [`Download::checks_hash`].
    pub fn is_verified(&self) -> bool {
        false
    }

    /// Whether the content's hash is checked at the end.
    pub fn checks_hash(&self) -> bool {
        self.hash.is_some()
    }

    /// How many bytes of the content were handed out.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The next piece of the content; `None` at its end, when its hash was right where one was told.
    ///
    /// # Errors
    /// The connection broke, the gzip is damaged, the content is too long, or it has another hash. After an error there are only further ones.
    pub async fn next_piece(&mut self) -> Result<Option<Bytes>, Error> {
        if self.state == State::Failed {
            return Err(self.failed_before());
        }
        let next = core::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context));
        next.await.transpose()
    }

    /// The whole content, at most so many bytes.
    ///
    /// # Errors
    /// As [`Download::next_piece`]; the content is longer; some of it was handed out before.
    pub async fn bytes(mut self, most: usize) -> Result<Bytes, Error> {
        self.is_whole_yet()?;
        self.limit = self.limit.min(most as u64);
        let mut whole = BytesMut::new();
        while let Some(piece) = self.next_piece().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// What is told of a content that was asked for after it had failed: nobody must take its end for a good one.
    pub(crate) fn failed_before(&self) -> Error {
        let text = "reading the content failed before, and it is not whole";
        self.error(DownloadFailure::FailedBefore, text).into()
    }

    /// Makes sure that nothing was handed out, where the whole is to be taken.
    pub(crate) fn is_whole_yet(&self) -> Result<(), Error> {
        if self.length == 0 || self.state == State::Failed {
            return Ok(());
        }
        let text = format!(
            "{} bytes were handed out before, which would be missing from the whole: download it anew, or take what is left by `next_piece`",
            self.length
        );
        Err(self.error(DownloadFailure::Begun, text).into())
    }

    /// An error of this download.
    pub(crate) fn error(&self, failure: DownloadFailure, text: impl Into<String>) -> Report {
        let kind = ErrorKind::Download(failure);
        self.from.blame(Report::new(kind, Outcome::Unknown, text))
    }

    fn step(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Error>> {
        loop {
            if let Packing::Gzip(gunzip) = &mut self.packing {
                match gunzip.take() {
                    Ok(Some(piece)) => return Poll::Ready(self.hand_out(piece).map(Some)),
                    Ok(None) => {}
                    Err(_) => return Poll::Ready(Err(self.not_gzip())),
                }
            }
            if self.state == State::Draining {
                return Poll::Ready(self.checked().map(|()| None));
            }
            let piece = match self.state {
                State::Ended => None,
                _ => ready!(Pin::new(&mut self.from).poll_next(context)),
            };
            let piece = match piece {
                Some(Ok(piece)) => match &mut self.seal {
                    Some(seal) => seal.open(&piece).map_err(|broken| self.broken(broken)),
                    None => Ok(piece),
                },
                Some(Err(error)) => Err(error),
                None => match self.seal.take() {
                    Some(seal) => {
                        self.state = State::Ended;
                        seal.finish().map_err(|broken| self.broken(broken))
                    }
                    None => {
                        self.state = State::Draining;
                        match self.end() {
                            Some(piece) => return Poll::Ready(self.hand_out(piece).map(Some)),
                            None => continue,
                        }
                    }
                },
            };
            match piece {
                Ok(piece) if piece.is_empty() => {}
                Ok(piece) => {
                    if let Some(piece) = self.unpack(piece) {
                        return Poll::Ready(self.hand_out(piece).map(Some));
                    }
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    /// Puts a piece into the packing, or gives it back where there is none.
    fn unpack(&mut self, piece: Bytes) -> Option<Bytes> {
        match &mut self.packing {
            Packing::Plain => Some(piece),
            Packing::Gzip(gunzip) => {
                gunzip.give(piece);
                None
            }
            Packing::Unknown(begin) => {
                begin.extend_from_slice(&piece);
                if begin.len() < MAGIC.len() {
                    return None;
                }
                let begin = begin.split().freeze();
                if begin.starts_with(&MAGIC) {
                    let mut gunzip = Box::new(Gunzip::new());
                    gunzip.give(begin);
                    self.packing = Packing::Gzip(gunzip);
                    None
                } else {
                    self.packing = Packing::Plain;
                    Some(begin)
                }
            }
        }
    }

    /// Tells the packing that the body ended.
    fn end(&mut self) -> Option<Bytes> {
        match &mut self.packing {
            Packing::Plain => None,
            Packing::Gzip(gunzip) => {
                gunzip.end();
                None
            }
            Packing::Unknown(begin) => {
                let begin = begin.split().freeze();
                self.packing = Packing::Plain;
                (!begin.is_empty()).then_some(begin)
            }
        }
    }

    fn hand_out(&mut self, piece: Bytes) -> Result<Bytes, Error> {
        self.length += piece.len() as u64;
        if self.length > self.limit {
            let text = format!(
                "the content has more than the limit of {} bytes",
                self.limit
            );
            return Err(self.error(DownloadFailure::TooLarge, text).into());
        }
        if let Some((running, _)) = &mut self.hash {
            running.update(&piece);
        }
        Ok(piece)
    }

    fn checked(&mut self) -> Result<(), Error> {
        let Some((running, expected)) = &self.hash else {
            return Ok(());
        };
        let actual = running.clone().finish();
        if actual == *expected {
            return Ok(());
        }
        let text = format!(
            "the content has the hash {actual}, not the one that was told: {} bytes are to be thrown away",
            self.length
        );
        Err(self.error(DownloadFailure::Hash, text).into())
    }

    fn broken(&self, BrokenSeal: BrokenSeal) -> Error {
        let text = format!(
            "the content breaks off, was changed on its way, or was encrypted with another key: {} bytes are to be thrown away",
            self.length
        );
        self.error(DownloadFailure::Seal, text).into()
    }

    fn not_gzip(&self) -> Error {
        let text = "the content begins as gzip does, and is damaged or breaks off";
        self.error(DownloadFailure::Gzip, text).into()
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if matches!(self.state, State::Whole | State::Failed) {
            return Poll::Ready(None);
        }
        let step = ready!(self.step(context));
        match &step {
            Ok(Some(_)) => {}
            Ok(None) => self.state = State::Whole,
            Err(_) => self.state = State::Failed,
        }
        Poll::Ready(step.transpose())
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("length", &self.length)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
