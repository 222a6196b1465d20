//! Reads an answer's body while it is not too long, whatever length was declared.

use super::{Failure, Incoming};
use crate::error::{Answer, TransportFailure};
use bytes::{Bytes, BytesMut};
use core::future::poll_fn;
use core::pin::Pin;
use futures_core::Stream;
use http::response::Parts;

/// What of an answer has arrived. It outlives the reading, so that nothing is lost when that breaks off.
#[derive(Default)]
pub(crate) struct Partial {
    pub(crate) answer: Option<Answer>,
    body: BytesMut,
}

impl Partial {
    /// The head has arrived.
    pub(crate) fn began(&mut self, head: Parts) {
        let (status, headers) = (head.status.as_u16(), head.headers);
        self.answer = Some(Answer::new(status, headers, Bytes::new()));
    }

    /// What has arrived, where at least the head did.
    pub(crate) fn into_answer(self) -> Option<Answer> {
        let mut answer = self.answer?;
        answer.body = self.body.freeze();
        Some(answer)
    }
}

/// Reads a body to its end.
///
/// # Errors
/// Where it broke off, or is longer than `most` bytes.
pub(crate) async fn receive(
    mut incoming: Incoming,
    partial: &mut Partial,
    most: usize,
) -> Result<(), Failure> {
    while let Some(chunk) = poll_fn(|context| Pin::new(&mut incoming).poll_next(context)).await {
        let chunk = chunk?;
        if chunk.len() > most - partial.body.len() {
            return Err(Failure::of(TransportFailure::TooLarge, None));
        }
        partial.body.extend_from_slice(&chunk);
    }
    Ok(())
}
