//! The parts of a bill: the head, the rows, the head of the totals, the totals.

use super::lines::{Line, Lines, TooLong};
use super::row::{self, Columns, Row};
use core::fmt;

/// How many lines of totals are kept. Bills have one.
const MOST_TOTALS: usize = 64;

/// The first columns of the totals that are known.
const FIRST_TOTALS: [&str; 2] = ["总交易单数", "资金流水总笔数"];

/// Reads a bill that comes in pieces.
pub(super) struct Table {
    lines: Lines,
    sections: Sections,
}

/// How far a bill was read.
#[derive(Default)]
struct Sections {
    number: u64,
    columns: Option<Columns>,
    totals_columns: Option<Columns>,
    /// Whether a row had marks before its values, so that a line without them is no row.
    marked: bool,
    totals: Vec<Row>,
}

/// What is no bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Malformed {
    TooLong,
    TooManyTotals,
    /// The end of a row, which no head of totals looks like: what came before it is not whole either.
    BrokenRow,
}

impl Table {
    /// Waits for input.
    pub(super) fn new() -> Self {
        Self {
            lines: Lines::new(),
            sections: Sections::default(),
        }
    }

    /// Takes bytes off the front of a piece, up to the end of the next row. `None`: the piece is used up.
    ///
    /// # Errors
    /// What is no bill.
    pub(super) fn next(&mut self, piece: &mut &[u8]) -> Result<Option<Row>, Malformed> {
        while let Some(line) = self.lines.next(piece)? {
            if let Some(row) = self.sections.take(line)? {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// The last row, where no line feed ended it.
    ///
    /// # Errors
    /// What is no bill.
    pub(super) fn last(&mut self) -> Result<Option<Row>, Malformed> {
        match self.lines.last()? {
            Some(line) => self.sections.take(line),
            None => Ok(None),
        }
    }

    /// The totals that were read.
    pub(super) fn totals(&self) -> &[Row] {
        &self.sections.totals
    }

    /// The names of the columns; none before the head was read.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        let columns = self.sections.columns.iter();
        columns.flat_map(|columns| columns.iter().map(|name| &**name))
    }
}

impl Sections {
    /// Puts a line where it belongs; a row is given back.
    fn take(&mut self, line: Line<'_>) -> Result<Option<Row>, Malformed> {
        self.number += 1;
        let Some(columns) = &self.columns else {
            self.columns = Some(row::columns(line));
            return Ok(None);
        };
        if let Some(columns) = &self.totals_columns {
            if self.totals.len() == MOST_TOTALS {
                return Err(Malformed::TooManyTotals);
            }
            self.totals.push(row::row(line, columns, self.number));
            return Ok(None);
        }
        let marked = row::is_marked(line);
        if begins_totals(line, marked, self.marked) {
            if row::has_marks(line) && !marked {
                return Err(Malformed::BrokenRow);
            }
            self.totals_columns = Some(row::columns(line));
            return Ok(None);
        }
        self.marked |= marked;
        Ok(Some(row::row(line, columns, self.number)))
    }
}

/// Whether a line is the head of the totals: it has a known name, or no mark although the rows have one, or, where there was
/// no row at all, a name such as totals have.
fn begins_totals(line: Line<'_>, marked: bool, rows_marked: bool) -> bool {
    let first = line.cells().next().map(row::unmarked).unwrap_or_default();
    let Ok(first) = core::str::from_utf8(first) else {
        return !marked && rows_marked;
    };
    let first = first.trim();
    let named = first.starts_with('总') || first.contains("总笔数") || first.starts_with("合计");
    FIRST_TOTALS.contains(&first) || (!marked && (rows_marked || named))
}

impl From<TooLong> for Malformed {
    fn from(_: TooLong) -> Self {
        Self::TooLong
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => {
                "this is no bill: a line has more than a million bytes, or thousands of cells"
            }
            Self::TooManyTotals => "this is no bill: there are dozens of lines of totals",
            Self::BrokenRow => "this is no bill that can be read: a value has a line break in it",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::download::tests::cut;
    use bytes::Bytes;
    use proptest::prelude::*;

    const TRADES: &str = "\u{feff}交易时间,公众账号ID,商户号,商品名称,订单金额\r\n`2018-06-08 10:34:56,`wx1,`1900000109,`a,b \"c\",`1.00\r\n`2018-06-08 10:34:57,`wx1,`1900000109,`,`0.01\r\n总交易单数,订单总金额\r\n`2,`1.01\r\n";

    fn read(pieces: impl IntoIterator<Item = Bytes>) -> Result<(Vec<Row>, Vec<Row>), Malformed> {
        let mut table = Table::new();
        let mut rows = Vec::new();
        for piece in pieces {
            let mut piece = &piece[..];
            while let Some(row) = table.next(&mut piece)? {
                rows.push(row);
            }
            assert!(piece.is_empty());
        }
        rows.extend(table.last()?);
        Ok((rows, table.totals().to_vec()))
    }

    fn whole(text: &str) -> (Vec<Row>, Vec<Row>) {
        read([Bytes::copy_from_slice(text.as_bytes())]).expect("a bill")
    }

    #[test]
    fn rows_and_totals_are_told_apart() {
        let (rows, totals) = whole(TRADES);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].get("交易时间"), Some("2018-06-08 10:34:56"));
        assert_eq!(rows[0].get("商品名称"), Some("a,b \"c\""));
        assert_eq!(rows[0].fen("订单金额"), Ok(Some(100)));
        assert_eq!(rows[1].get("商品名称"), Some(""));
        assert_eq!(rows[1].line(), 3);
        assert_eq!(rows[1].get("费率"), None);
        assert_eq!(totals.len(), 1);
        assert_eq!(totals[0].get("总交易单数"), Some("2"));
        assert_eq!(totals[0].fen("订单总金额"), Ok(Some(101)));
    }

    #[test]
    fn a_day_without_trades_has_totals() {
        let (rows, totals) = whole("记账时间,收支金额(元)\n资金流水总笔数,收入笔数\n`0,`0\n");
        assert!(rows.is_empty());
        assert_eq!(totals[0].get("资金流水总笔数"), Some("0"));
    }

    #[test]
    fn marks_in_heads_and_quotation_marks_change_nothing() {
        let (rows, totals) = whole(
            "`记账时间,`备注\n\"`2026-07-31 11:00:00\",\"`comma, note\"\n`资金流水总笔数,`收入笔数\n`1,`1\n",
        );
        assert_eq!(rows[0].get("备注"), Some("comma, note"));
        assert_eq!(totals[0].get("收入笔数"), Some("1"));
    }

    #[test]
    fn quotation_marks_of_a_value_quote_nothing() {
        let text = "a,b,c\n`{\"u\":1,\"v\":2},`1,`x\n`12,\",`2,`y\n`z,`3,`\"\n";
        let (rows, _) = whole(text);
        let cells: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(|(_, text)| text).collect())
            .collect();
        assert_eq!(
            cells,
            [
                ["{\"u\":1,\"v\":2}", "1", "x"],
                ["12,\"", "2", "y"],
                ["z", "3", "\""]
            ]
        );
        let (rows, _) = whole("a,b\n\"x, y\",1\n");
        assert_eq!(rows[0].get("a"), Some("x, y"), "without marks they do");
    }

    #[test]
    fn a_row_that_is_broken_in_two_is_an_error() {
        for broken in ["a,b\n`1,`x\n`2\n3,`y\n`4,`z\n", "a,b\n`1,`x\r\n2,`y"] {
            let read = read([Bytes::copy_from_slice(broken.as_bytes())]);
            assert_eq!(read, Err(Malformed::BrokenRow), "{broken}");
        }
    }

    #[test]
    fn a_file_without_marks_is_all_rows() {
        let (rows, totals) = whole("date,amount\n2024-01-01,5\n2024-01-02,6");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].get("amount"), Some("6"));
        assert!(totals.is_empty());
    }

    #[test]
    fn a_name_cut_within_a_character_spoils_no_other_cell() {
        let bytes = b"a,b,c\n`\xe8\xae,`\xa2x,`y\n";
        let (rows, _) = read([Bytes::from_static(bytes)]).expect("a bill");
        let cells: Vec<_> = rows[0].iter().collect();
        assert_eq!(cells, [("a", "\u{fffd}"), ("b", "\u{fffd}x"), ("c", "y")]);
    }

    #[test]
    fn debug_shows_no_cell() {
        let (rows, _) = whole(TRADES);
        assert!(!format!("{:?}", rows[0]).contains("1900000109"));
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_rows(cuts in proptest::collection::vec(0_usize..300, 0..20)) {
            prop_assert_eq!(read(cut(TRADES.as_bytes(), &cuts)), Ok(whole(TRADES)));
        }

        #[test]
        fn any_bytes_give_the_same_however_they_are_cut(
            bytes in proptest::collection::vec(proptest::sample::select(&b"`,\"\r\n\xe6\x80\xbb a1\xef\xbb\xbf"[..]), 0..300),
            cuts in proptest::collection::vec(0_usize..300, 0..20),
        ) {
            prop_assert_eq!(read(cut(&bytes, &cuts)), read([Bytes::from(bytes)]));
        }

        #[test]
        fn nothing_panics(bytes in any::<Vec<u8>>(), cuts in proptest::collection::vec(0_usize..64, 0..12)) {
            if let Ok((rows, _)) = read(cut(&bytes, &cuts)) {
                for row in rows {
                    prop_assert_eq!(row.iter().count(), row.len());
                }
            }
        }

        #[test]
        fn values_come_back(values in proptest::collection::vec("[^`\r\n]{0,12}", 1..8)) {
            let head: Vec<String> = (0..values.len()).map(|index| format!("c{index}")).collect();
            let row: Vec<String> = values.iter().map(|value| format!("`{value}")).collect();
            let (rows, _) = whole(&format!("{}\n{}\n", head.join(","), row.join(",")));
            for (name, value) in head.iter().zip(&values) {
                prop_assert_eq!(rows[0].get(name), Some(&**value));
            }
        }
    }
}
