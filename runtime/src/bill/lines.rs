//! Lines of CSV out of bytes that come in pieces.

use super::row::MARK;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The longest line that is taken, in bytes. Lines of bills have less than a thousand; without a bound, a stray quotation mark
/// would gather the rest of the file.
pub(super) const LONGEST: usize = 1024 * 1024;

/// The most cells that are taken of one line.
const MOST_CELLS: usize = 4096;

/// The byte order mark, which a bill may begin with.
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Reads lines.
pub(super) struct Lines {
    quoting: Reader,
    /// Reads lines that begin with a mark. Their values are not quoted: a quotation mark after a comma is part of a value, and would else
    /// take what follows, line feeds too, for the value's.
    marking: Reader,
    /// Which of them reads the line at hand, where it has begun.
    marked: Option<bool>,
    /// Whether nothing is quoted, whatever a line begins with.
    unquoted: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// How far `text` and `ends` are filled by the line that is being read.
    filled: (usize, usize),
    /// Whether the line was handed out, and the next one begins anew.
    whole: bool,
    /// How much of a byte order mark was seen, at the beginning of the file.
    opening: Option<usize>,
}

/// A line: its cells, without the marks between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'l> {
    text: &'l [u8],
    ends: &'l [usize],
}

/// A line is longer than is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Lines {
    /// Waits for input.
    pub(super) fn new() -> Self {
        let mut lines = Self {
            quoting: Reader::new(),
            marking: ReaderBuilder::new().quoting(false).build(),
            marked: None,
            unquoted: false,
            text: vec![0; 4096],
            ends: vec![0; 64],
            filled: (0, 0),
            whole: false,
            opening: Some(0),
        };
        // A reader takes off a byte order mark only where it comes in one piece, so it is not left to it: after its first byte
        // it looks for none. An empty line is no line.
        for reader in [&mut lines.quoting, &mut lines.marking] {
            reader.read_record(b"\n", &mut lines.text, &mut lines.ends);
        }
        lines
    }

    /// Takes bytes off the front of a piece, up to the end of the next line. `None`: the piece is used up.
    ///
    /// # Errors
    /// A line is longer than is taken.
    pub(super) fn next(&mut self, piece: &mut &[u8]) -> Result<Option<Line<'_>>, TooLong> {
        if let Some(seen) = self.opening {
            let rest = &BYTE_ORDER_MARK[seen..];
            let more = rest
                .iter()
                .zip(*piece)
                .take_while(|(one, other)| one == other);
            let seen = seen + more.count();
            *piece = &piece[seen - (BYTE_ORDER_MARK.len() - rest.len())..];
            if piece.is_empty() && seen < BYTE_ORDER_MARK.len() {
                self.opening = Some(seen);
                return Ok(None);
            }
            self.opened(seen);
        }
        self.read(piece, false)
    }

    /// Reads the lines to come without quoting, if that which was read last began with a mark: it was a row, and a line of another kind that
    /// begins with a quotation mark may be what is left of one.
    pub(super) fn go_on_alike(&mut self) {
        self.unquoted = self.marked == Some(true);
    }

    /// The last line, where no line feed ended it. To be called when there is no more input.
    ///
    /// # Errors
    /// The line is longer than is taken.
    pub(super) fn last(&mut self) -> Result<Option<Line<'_>>, TooLong> {
        if let Some(seen) = self.opening {
            self.opened(seen);
        }
        self.read(&mut &[][..], true)
    }

    /// What begins like a byte order mark, and is none, is text.
    fn opened(&mut self, seen: usize) {
        self.opening = None;
        if seen < BYTE_ORDER_MARK.len() {
            self.put(&BYTE_ORDER_MARK[..seen]);
        }
    }

    /// Puts bytes in that end no line and fit.
    fn put(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            let (text, ends) = (&mut self.text, &mut self.ends);
            let (_, _, written, ended) = self.quoting.read_record(bytes, text, ends);
            self.filled = (written, ended);
            self.marked = Some(false);
        }
    }

    fn read(&mut self, piece: &mut &[u8], ended: bool) -> Result<Option<Line<'_>>, TooLong> {
        if core::mem::take(&mut self.whole) {
            self.filled = (0, 0);
            self.marked = None;
        }
        if self.marked.is_none() {
            let blank = |byte: &&u8| matches!(**byte, b'\r' | b'\n');
            *piece = &piece[piece.iter().take_while(blank).count()..];
            self.marked = piece.first().map(|first| self.unquoted || *first == MARK);
        }
        let reader = match self.marked {
            Some(true) => &mut self.marking,
            _ => &mut self.quoting,
        };
        loop {
            // To the reader, an empty piece is the end of the file.
            if piece.is_empty() && !ended {
                return Ok(None);
            }
            let (text, ends) = self.filled;
            let (result, taken, written, ended) =
                reader.read_record(piece, &mut self.text[text..], &mut self.ends[ends..]);
            *piece = &piece[taken..];
            self.filled = (text + written, ends + ended);
            match result {
                ReadRecordResult::Record => {
                    self.whole = true;
                    return Ok(Some(Line {
                        text: &self.text[..self.filled.0],
                        ends: &self.ends[..self.filled.1],
                    }));
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => return Ok(None),
                ReadRecordResult::OutputFull => grow(&mut self.text, LONGEST)?,
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, MOST_CELLS)?,
            }
        }
    }
}

fn grow<T: Clone + Default>(room: &mut Vec<T>, most: usize) -> Result<(), TooLong> {
    if room.len() >= most {
        return Err(TooLong);
    }
    room.resize((room.len() * 2).min(most), T::default());
    Ok(())
}

impl<'l> Line<'l> {
    /// The cells.
    pub(super) fn cells(self) -> impl Iterator<Item = &'l [u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let cell = &self.text[start..*end];
            start = *end;
            cell
        })
    }

    /// How many cells there are.
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// How many bytes the cells have.
    pub(super) fn bytes(self) -> usize {
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_an_error() {
        let mut lines = Lines::new();
        let row = vec![b'x'; LONGEST + 1];
        assert_eq!(lines.next(&mut &row[..]).err(), Some(TooLong));
        let mut lines = Lines::new();
        let row = vec![b','; MOST_CELLS + 1];
        assert_eq!(lines.next(&mut &row[..]).err(), Some(TooLong));
    }

    #[test]
    fn the_last_line_needs_no_line_feed() {
        let mut lines = Lines::new();
        let mut piece = &b"a,b\r\n\r\nc,"[..];
        let cells = |line: Line<'_>| line.cells().map(<[u8]>::to_vec).collect::<Vec<_>>();
        let first = lines.next(&mut piece).expect("short").map(cells);
        assert_eq!(first, Some(vec![b"a".to_vec(), b"b".to_vec()]));
        assert!(lines.next(&mut piece).expect("short").is_none());
        let last = lines.last().expect("short").map(cells);
        assert_eq!(last, Some(vec![b"c".to_vec(), Vec::new()]));
        assert!(lines.last().expect("short").is_none());
    }
}
