//! The file of an upload that is read while it is sent: its digest beforehand, and the proof that it stayed the same.

use crate::check::{Rule, Violation};
use crate::digest::RunningDigest;
use crate::error::{CallName, Error, Report};
use crate::operation::DigestAlgorithm;
use crate::transport::{Bound, Failure, bounded};
use crate::value::{Opened, Source};
use bytes::Bytes;
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use std::io;
use std::sync::{Arc, Mutex};

/// What is known of a source after it was read once.
pub(crate) struct Measured {
    pub(crate) source: Arc<dyn Source>,
    pub(crate) algorithm: DigestAlgorithm,
    pub(crate) digest: String,
    pub(crate) length: u64,
}

/// Why a source cannot be sent.
#[derive(Debug)]
pub(crate) enum Unsendable {
    Unreadable(io::Error),
    Changed,
}

/// Where the stream of a body leaves word why it broke off, since a transport may lose it.
pub(crate) type Word = Arc<Mutex<Option<Unsendable>>>;

impl Measured {
    /// Reads a source for its digest.
    #[inline]
    pub(crate) async fn of(
        source: Arc<dyn Source>,
        algorithm: DigestAlgorithm,
    ) -> Result<Self, Unsendable> {
        let mut opened = source.open().await?;
        let mut running = RunningDigest::new(algorithm);
        let mut length = 0;
        while let Some(piece) = poll_fn(|context| opened.pieces.as_mut().poll_next(context)).await {
            let piece = piece?;
            running.update(&piece);
            length += piece.len() as u64;
        }
        if opened.length.is_some_and(|told| told != length) {
            return Err(Unsendable::Changed);
        }
        Ok(Self {
            source,
            algorithm,
            digest: running.finish(),
            length,
        })
    }

    /// Opens the source again, to send it.
    #[inline]
    pub(crate) async fn open(&self) -> Result<SentFile, Unsendable> {
        let opened = self.source.open().await?;
        if opened.length.is_some_and(|told| told != self.length) {
            return Err(Unsendable::Changed);
        }
        Ok(SentFile {
            opened,
            running: Some(RunningDigest::new(self.algorithm)),
            digest: self.digest.clone(),
            left: self.length,
            held: None,
            word: Word::default(),
        })
    }
}

/// A source on its way. The last piece is held back until the digest is known to be the one that was told, so that no whole upload
/// leaves of a source that changed.
pub(crate) struct SentFile {
    opened: Opened,
    running: Option<RunningDigest>,
    digest: String,
    left: u64,
    held: Option<Bytes>,
    word: Word,
}

impl SentFile {
    /// Where it leaves word why it broke off.
    #[inline]
    pub(crate) fn word(&self) -> Word {
        Arc::clone(&self.word)
    }

    #[inline]
    fn step(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Unsendable>> {
        loop {
            let Some(running) = &mut self.running else {
                return Poll::Ready(Ok(None));
            };
            match ready!(self.opened.pieces.as_mut().poll_next(context)) {
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(Ok(piece)) => {
                    running.update(&piece);
                    let left = self.left.checked_sub(piece.len() as u64);
                    self.left = left.ok_or(Unsendable::Changed)?;
                    if let Some(before) = self.held.replace(piece) {
                        return Poll::Ready(Ok(Some(before)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Err(error.into())),
                None => {
                    let same = self.running.take().map(RunningDigest::finish);
                    if self.left > 0 || same.as_ref() != Some(&self.digest) {
                        return Poll::Ready(Err(Unsendable::Changed));
                    }
                    return Poll::Ready(Ok(self.held.take()));
                }
            }
        }
    }
}

impl Stream for SentFile {
    type Item = Result<Bytes, Failure>;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let step = ready!(self.step(context));
        Poll::Ready(match step {
            Ok(piece) => piece.map(Ok),
            Err(unsendable) => {
                self.running = None;
                self.held = None;
                let failure = Failure::interrupted(unsendable.told());
                let mut word = match self.word.lock() {
                    Ok(word) => word,
                    Err(poisoned) => poisoned.into_inner(),
                };
                *word = Some(unsendable);
                Some(Err(failure))
            }
        })
    }
}

/// What is read of a source, which is given up when the time is over.
#[inline]
pub(crate) async fn in_time<T>(
    bound: Bound<'_>,
    reading: impl Future<Output = Result<T, Unsendable>>,
) -> Result<T, Unsendable> {
    let read = bounded(bound, reading).await;
    read.unwrap_or_else(|| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}

impl Unsendable {
    /// The file of an upload cannot be read, or is not what it was. Where its upload had begun it never ended, so that nothing was carried out.
    #[inline]
    pub(super) fn told_of(self, field: &'static str, name: &CallName) -> Error {
        let (rule, source) = match self {
            Self::Unreadable(error) => (Rule::Unreadable, Some(error)),
            Self::Changed => (Rule::Changed, None),
        };
        let report = Report::validation(vec![Violation::new(field, rule)]).call(name);
        match source {
            Some(error) => report.source(error).into(),
            None => report.into(),
        }
    }

    #[inline]
    fn told(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "the file could not be read to its end",
            Self::Changed => "the file changed after its digest was made",
        }
    }
}

impl From<io::Error> for Unsendable {
    #[inline]
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}
