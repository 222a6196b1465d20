//! Bytes that do not come through.

use crate::line::Line;
use crate::play::Exchange;
use http::StatusCode;
use std::future::pending;
use std::io;
use std::time::Duration;

/// What becomes of the bytes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// Accepted, then closed at once. Where it is the fault of one operation, or the connection was there already, it is closed
    /// as soon as the head of the request came.
    Closed,
    /// Reset when the head of the request came, whatever came of its body.
    ResetOnHead,
    /// Reset when the whole request came, before any byte of the answer.
    ResetUnanswered,
    /// Reset in the middle of the answer's body.
    ResetWithinAnswer,
    /// Reset when the whole answer was sent, and a moment was left to read it.
    ResetAnswered,
    /// Closed in the middle of the answer's body, or of its head where it has none.
    HalfBody,
    /// `Content-Length` promises more than is sent.
    LengthTooLong,
    /// `Content-Length` ends the answer in the middle of its body; the rest is sent all the same.
    LengthTooShort,
    /// The answer is sent byte by byte.
    Slow {
        /// How long each byte is waited for.
        pause: Duration,
    },
    /// Nothing is answered until the client leaves.
    Silent,
}

impl LineFault {
    /// Whether it strikes before the body of the request is read.
    pub(crate) fn strikes_on_head(self) -> bool {
        matches!(self, Self::Closed | Self::ResetOnHead)
    }

    /// Breaks the connection before the request's body is read.
    pub(crate) fn strike(self, line: &Line) {
        match self {
            Self::Closed => line.close(),
            _ => line.reset(),
        }
    }

    /// Answers in its own way, and ends the connection.
    pub(crate) async fn answer(self, line: &Line, exchange: &Exchange) {
        // An error means that the client left before it had all, which ends the answer as well.
        let _ = self.try_answer(line, exchange).await;
        match self {
            Self::ResetOnHead
            | Self::ResetUnanswered
            | Self::ResetWithinAnswer
            | Self::ResetAnswered => line.reset(),
            _ => line.close(),
        }
    }

    async fn try_answer(self, line: &Line, exchange: &Exchange) -> io::Result<()> {
        let body = exchange.body.as_slice();
        let half = body.len() / 2;
        let whole = |length| [head(exchange, length).as_slice(), body].concat();
        match self {
            Self::Closed | Self::ResetOnHead | Self::ResetUnanswered => Ok(()),
            Self::ResetWithinAnswer | Self::HalfBody => {
                let all = whole(body.len());
                let sent = match half {
                    0 => all.len() / 2,
                    half => all.len() - half,
                };
                line.write_all(&all[..sent]).await
            }
            Self::ResetAnswered => {
                line.write_all(&whole(body.len())).await?;
                tokio::time::sleep(Duration::from_millis(50)).await;
                Ok(())
            }
            Self::LengthTooLong => line.write_all(&whole(body.len() + 16)).await,
            Self::LengthTooShort => line.write_all(&whole(half)).await,
            Self::Slow { pause } => {
                for byte in whole(body.len()).chunks(1) {
                    line.write_all(byte).await?;
                    tokio::time::sleep(pause).await;
                }
                Ok(())
            }
            Self::Silent => pending().await,
        }
    }
}

/// The head of an answer in HTTP/1.1, which says what length its body has.
fn head(exchange: &Exchange, length: usize) -> Vec<u8> {
    let status = exchange.verdict.status();
    let reason = StatusCode::from_u16(status).ok();
    let reason = reason.and_then(|status| status.canonical_reason());
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason.unwrap_or_default());
    for (name, value) in &exchange.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // A 204 has no body, and so no length.
    if status != 204 || length > 0 {
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}
