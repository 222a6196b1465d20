//! A connection that can be broken from within an exchange.

use socket2::SockRef;
use std::io::{self, ErrorKind};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A connection. HTTP reads and writes it through [`LineIo`]; a fault writes it by itself, then ends it.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) number: u64,
    stream: TcpStream,
    ended: AtomicBool,
}

/// A connection as HTTP sees it.
#[derive(Clone, Debug)]
pub(crate) struct LineIo(pub(crate) Arc<Line>);

impl Line {
    pub(crate) fn new(number: u64, stream: TcpStream) -> Self {
        Self {
            number,
            stream,
            ended: AtomicBool::new(false),
        }
    }

    /// Writes past HTTP.
    pub(crate) async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.writable().await?;
            match self.stream.try_write(bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Ends the connection; HTTP writes nothing more to it.
    pub(crate) fn close(&self) {
        self.ended.store(true, Ordering::Release);
        // It may have been ended by the client already.
        let _ = SockRef::from(&self.stream).shutdown(Shutdown::Write);
    }

    /// Ends the connection by a reset, which is sent when nobody holds it any more.
    pub(crate) fn reset(&self) {
        let _ = self.stream.set_zero_linger();
        self.ended.store(true, Ordering::Release);
    }

    /// Ends the connection and wakes whoever waits for its bytes, as a machine that goes down would.
    pub(crate) fn cut(&self) {
        self.reset();
        let _ = SockRef::from(&self.stream).shutdown(Shutdown::Both);
    }

    fn check(&self) -> io::Result<()> {
        match self.ended.load(Ordering::Acquire) {
            true => Err(ErrorKind::ConnectionAborted.into()),
            false => Ok(()),
        }
    }
}

impl AsyncRead for LineIo {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let line = &*self.0;
        loop {
            line.check()?;
            ready!(line.stream.poll_read_ready(context))?;
            match line.stream.try_read(buffer.initialize_unfilled()) {
                Ok(read) => {
                    buffer.advance(read);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for LineIo {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let line = &*self.0;
        loop {
            line.check()?;
            ready!(line.stream.poll_write_ready(context))?;
            match line.stream.try_write(bytes) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                written => return Poll::Ready(written),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.0.ended.load(Ordering::Acquire) {
            self.0.close();
        }
        Poll::Ready(Ok(()))
    }
}
