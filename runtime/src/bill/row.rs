//! One row of a bill: its cells by the names of their columns.

use super::cell::{self, CellError};
use super::lines::Line;
use core::fmt;
use std::sync::Arc;
use time::OffsetDateTime;

/// The mark before each value, which keeps spreadsheets from rounding long numbers.
pub(super) const MARK: u8 = b'`';

/// The columns' names.
pub(super) type Columns = Arc<[Box<str>]>;

/// One row of a bill: texts by the names of their columns, as the bill's own head has them.
///
/// The backquote before each value is taken off. Whatever columns there are, they are here; a typed record ([`TradeRow`],
/// [`FundFlowRow`]) is this row with names for the columns that are known. Bytes that are not UTF-8 (a name that was cut off in
/// the middle of a character) are shown as U+FFFD.
///
/// [`TradeRow`]: super::TradeRow
/// [`FundFlowRow`]: super::FundFlowRow
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    columns: Columns,
    text: String,
    ends: Vec<u32>,
    line: u64,
}

impl Row {
    /// The text of a column; `None` where the bill has no such column, or the row ends before it.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.at(self.position(column)?)
    }

    /// The text of the first of these columns that the bill has: for columns that changed their name.
    pub(super) fn first_of(&self, columns: &[&str]) -> Option<&str> {
        let position = columns.iter().find_map(|name| self.position(name))?;
        self.at(position)
    }

    /// An amount of money, which a bill writes in yuan (`12.34`), in whole fen (1234). `None` where there is no such column, or
    /// nothing in it.
    ///
    /// # Errors
    /// What stands there is no amount, or not one of whole fen.
    pub fn fen(&self, column: &str) -> Result<Option<i64>, CellError> {
        self.parsed(&[column], "an amount in yuan of whole fen", cell::fen)
    }

    /// A moment (`2018-06-08 10:34:56`, by the clocks of Beijing). `None` where there is no such column, or nothing in it.
    ///
    /// # Errors
    /// What stands there is no moment.
    pub fn time(&self, column: &str) -> Result<Option<OffsetDateTime>, CellError> {
        self.parsed(&[column], cell::TIME, cell::time)
    }

    /// The text at an index, counted from 0.
    pub fn at(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index {
            0 => 0,
            _ => *self.ends.get(index - 1)? as usize,
        };
        self.text.get(start..end)
    }

    /// Each column's name and text, in the bill's order. Cells that no column names have the empty name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        (0..self.len()).filter_map(|index| {
            let name = self.columns.get(index).map_or("", |name| &**name);
            Some((name, self.at(index)?))
        })
    }

    /// How many cells the row has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the row has no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The names of the columns, as the bill's head has them.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|name| &**name)
    }

    /// Which line of the bill it is. The head is line 1; empty lines are not counted.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Parses what stands in the first of these columns that the bill has.
    pub(super) fn parsed<T>(
        &self,
        columns: &[&str],
        expected: &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, CellError> {
        match self.first_of(columns).map(str::trim) {
            None | Some("") => Ok(None),
            Some(text) => match parse(text) {
                Some(value) => Ok(Some(value)),
                None => Err(CellError::new(columns, self, expected)),
            },
        }
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| **name == *column)
    }
}

/// Whether a line has marks before its values.
pub(super) fn is_marked(line: Line<'_>) -> bool {
    line.cells()
        .next()
        .is_some_and(|cell| cell.first() == Some(&MARK))
}

/// Whether a line has a mark before any of its values.
pub(super) fn has_marks(line: Line<'_>) -> bool {
    line.cells().any(|cell| cell.first() == Some(&MARK))
}

/// A cell's bytes without the mark.
pub(super) fn unmarked(cell: &[u8]) -> &[u8] {
    cell.strip_prefix(&[MARK]).unwrap_or(cell)
}

/// The columns' names out of a head.
pub(super) fn columns(line: Line<'_>) -> Columns {
    let names = line.cells().map(|cell| {
        let name = String::from_utf8_lossy(unmarked(cell));
        Box::from(name.trim())
    });
    names.collect()
}

/// A row out of a line.
///
/// A value may hold a comma, which bills do not quote. Then the line has more cells than the head, and those without the mark
/// are the rest of the value before them.
pub(super) fn row(line: Line<'_>, columns: &Columns, number: u64) -> Row {
    let join = is_marked(line) && line.len() > columns.len();
    let mut text: Vec<u8> = Vec::with_capacity(line.bytes());
    let mut ends: Vec<u32> = Vec::with_capacity(columns.len().max(1));
    for cell in line.cells() {
        if join && cell.first() != Some(&MARK) && ends.pop().is_some() {
            text.push(b',');
            text.extend_from_slice(cell);
        } else {
            text.extend_from_slice(unmarked(cell));
        }
        ends.push(length(&text));
    }
    let (text, ends) = match String::from_utf8(text) {
        Ok(text) if ends.iter().all(|end| text.is_char_boundary(*end as usize)) => (text, ends),
        Ok(text) => readable(text.as_bytes(), &ends),
        Err(error) => readable(error.as_bytes(), &ends),
    };
    Row {
        columns: Arc::clone(columns),
        text,
        ends,
        line: number,
    }
}

/// Cells that are not all UTF-8, made so one by one, that no character reaches over the end of a cell.
fn readable(bytes: &[u8], ends: &[u32]) -> (String, Vec<u32>) {
    let (mut text, mut start) = (String::with_capacity(bytes.len() + 8), 0);
    let ends = ends.iter().map(|end| {
        let end = *end as usize;
        text.push_str(&String::from_utf8_lossy(&bytes[start..end]));
        start = end;
        length(text.as_bytes())
    });
    let ends = ends.collect();
    (text, ends)
}

/// Lines are bounded, so that their lengths fit.
fn length(text: &[u8]) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

impl fmt::Debug for Row {
    /// A row says who paid whom: only its place and the names of its columns are shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("line", &self.line)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}
