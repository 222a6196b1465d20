//! Bills: tables of rows, read while they arrive.

mod cell;
mod fund_flow;
mod lines;
mod record;
mod row;
mod table;
mod trade;

use crate::download::{Download, DownloadFailure};
use crate::error::Error;
use bytes::Bytes;
use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use table::{Malformed, Table};

pub use cell::CellError;
pub use fund_flow::{FundFlowRow, FundFlowTotals};
pub use record::Record;
pub use row::Row;
pub use trade::{TradeRow, TradeTotals};

/// A bill under way: a stream of its rows.
///
/// Rows are handed out while the bill arrives, and no more of it is kept than a piece. Its hash covers the whole bill, so it is
/// known only at the end: **until the stream ended without an error, the rows are not to be trusted.** [`Bill::collect`] gives rows
/// only then. [`Bill::totals`] are there only then too.
///
/// `R` is how the rows are typed: [`Row`] for any bill, [`TradeRow`] and [`FundFlowRow`] for the two whose columns are known.
#[must_use = "a bill is read when it is polled"]
pub struct Bill<R = Row> {
    download: Download,
    table: Table,
    piece: Bytes,
    state: State,
    record: PhantomData<fn() -> R>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing was read yet.
    New,
    Running,
    /// The bill ended, its hash was right; its last row may have no line feed.
    Last,
    Whole,
    Failed,
}

impl Bill {
    /// Reads a download as a bill. If some of its content was handed out before, the first row is an error: the bill would begin in its middle.
    pub fn of(download: Download) -> Self {
        Self {
            download,
            table: Table::new(),
            piece: Bytes::new(),
            state: State::New,
            record: PhantomData,
        }
    }

    /// Types the rows: `bill.records::<TradeRow>()`.
    pub fn records<R: Record>(self) -> Bill<R> {
        Bill {
            download: self.download,
            table: self.table,
            piece: self.piece,
            state: self.state,
            record: PhantomData,
        }
    }
}

impl<R: Record> Bill<R> {
    /// The next row; `None` at the end of the bill, when its hash was right.
    ///
    /// # Errors
    /// As [`Download::next_piece`]; what arrives is no table of rows. After an error there are only further ones.
    pub async fn next_row(&mut self) -> Result<Option<R>, Error> {
        if self.state == State::Failed {
            return Err(self.download.failed_before());
        }
        let next = core::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context));
        next.await.transpose()
    }

    /// All rows and the totals, once the whole bill is there and its hash is right: all rows but those that were handed out before, by
    /// [`Bill::next_row`] or the stream. They are held in memory: for large bills take them one by one.
    ///
    /// # Errors
    /// As [`Bill::next_row`].
    pub async fn collect(mut self) -> Result<WholeBill<R>, Error> {
        let mut rows = Vec::new();
        while let Some(row) = self.next_row().await? {
            rows.push(row);
        }
        let totals = self.table.totals().to_vec();
        Ok(WholeBill { rows, totals })
    }
}

impl<R> Bill<R> {
    /// The totals at the bill's end, one row in all bills that are known: `TradeTotals::from(row)` and `FundFlowTotals::from(row)`
    /// type it. `None` until the stream ended well.
    pub fn totals(&self) -> Option<&[Row]> {
        (self.state == State::Whole).then(|| self.table.totals())
    }

    /// The names of the columns, once the head was read: with the first row at the latest.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.table.columns()
    }

    /// What the bill is read from: its status, `Request-ID`, length.
    pub fn download(&self) -> &Download {
        &self.download
    }

    fn step(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Row>, Error>> {
        if self.state == State::New {
            self.download.is_whole_yet()?;
            self.state = State::Running;
        }
        loop {
            let mut rest = &self.piece[..];
            let found = match self.state {
                State::Running => self.table.next(&mut rest),
                _ => self.table.last(),
            };
            let rest = rest.len();
            let _read = self.piece.split_to(self.piece.len() - rest);
            match found {
                Ok(Some(row)) => return Poll::Ready(Ok(Some(row))),
                Err(malformed) => return Poll::Ready(Err(self.malformed(malformed))),
                Ok(None) if self.state != State::Running => return Poll::Ready(Ok(None)),
                Ok(None) => {}
            }
            match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => self.state = State::Last,
            }
        }
    }

    fn malformed(&self, malformed: Malformed) -> Error {
        let failure = DownloadFailure::NotABill;
        self.download.error(failure, malformed.to_string()).into()
    }
}

impl<R: Record> Stream for Bill<R> {
    type Item = Result<R, Error>;

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
        Poll::Ready(step.transpose().map(|row| row.map(R::from)))
    }
}

impl<R> fmt::Debug for Bill<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bill")
            .field("state", &self.state)
            .field("download", &self.download)
            .finish_non_exhaustive()
    }
}

/// A bill that arrived whole, with the right hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeBill<R = Row> {
    /// The rows, without those that were handed out before they were collected.
    pub rows: Vec<R>,
    /// The totals: one row in all bills that are known.
    pub totals: Vec<Row>,
}
