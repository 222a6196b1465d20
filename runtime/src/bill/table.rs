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
    /// Whether the first row had marks before its values, so that a line without them is no row, and that a row which does not fit the head
    /// is broken. `None`: there was no row yet.
    marked: Option<bool>,
    totals: Vec<Row>,
    /// How many lines of totals may come.
    most_totals: usize,
}

/// What is no bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Malformed {
    TooLong,
    TooManyTotals,
    /// A row, or what is left of one, that does not fit the head: its values would be taken for those of other columns.
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
            let first = self.sections.marked.is_none();
            if let Some(row) = self.sections.take(line)? {
                if first {
                    self.lines.go_on_alike();
                }
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
        let row = match self.lines.last()? {
            Some(line) => self.sections.take(line)?,
            None => None,
        };
        if row.is_none() {
            self.sections.end()?;
        }
        Ok(row)
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
        let marked = row::is_marked(line);
        let rows_marked = self.marked == Some(true);
        if let Some(columns) = &self.totals_columns {
            if self.totals.len() == self.most_totals {
                return Err(match self.most_totals {
                    MOST_TOTALS => Malformed::TooManyTotals,
                    _ => Malformed::BrokenRow,
                });
            }
            let totals = row::row(line, columns, self.number);
            if rows_marked && (!marked || !fits(&totals, columns)) {
                return Err(Malformed::BrokenRow);
            }
            self.totals.push(totals);
            return Ok(None);
        }
        let name = name_of_totals(line);
        if name == Name::Known || (!marked && (rows_marked || name == Name::Likely)) {
            if row::has_marks(line) && !marked {
                return Err(Malformed::BrokenRow);
            }
            // What is left of a row that was broken in two may stand here too. Then more than one line follows, or none.
            self.most_totals = match name {
                Name::Other => 1,
                Name::Known | Name::Likely => MOST_TOTALS,
            };
            self.totals_columns = Some(row::columns(line));
            return Ok(None);
        }
        let rows_marked = *self.marked.get_or_insert(marked);
        let row = row::row(line, columns, self.number);
        if rows_marked && !fits(&row, columns) {
            return Err(Malformed::BrokenRow);
        }
        Ok(Some(row))
    }

    /// Takes note that no line follows.
    fn end(&self) -> Result<(), Malformed> {
        match (&self.totals_columns, &self.totals[..]) {
            (Some(_), []) if self.most_totals == 1 => Err(Malformed::BrokenRow),
            _ => Ok(()),
        }
    }
}

/// Whether a row has a value for each column. A head that ends with a comma has none for what follows it.
fn fits(row: &Row, columns: &Columns) -> bool {
    let named = columns.iter().rposition(|name| !name.is_empty());
    (named.map_or(0, |last| last + 1)..=columns.len()).contains(&row.len())
}

/// What the first name of a line says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// It is that of totals.
    Known,
    /// It is one such as totals have.
    Likely,
    Other,
}

fn name_of_totals(line: Line<'_>) -> Name {
    let first = line.cells().next().map(row::unmarked).unwrap_or_default();
    let first = core::str::from_utf8(first).unwrap_or_default().trim();
    if FIRST_TOTALS.contains(&first) {
        Name::Known
    } else if first.starts_with('总') || first.contains("总笔数") || first.starts_with("合计")
    {
        Name::Likely
    } else {
        Name::Other
    }
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
            Self::BrokenRow => {
                "this is no bill that can be read: a row does not fit the head, since a value has a line break in it, or a comma and a backquote"
            }
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
    fn a_row_of_another_number_of_values_than_the_head_is_an_error() {
        for broken in [
            // A value with a comma and a mark in it would shift those after it.
            "a,b,c\n`1,`x,`y,`z\n",
            "a,b,c\n`1,`x,more,`y,`z\n",
            // A line break before a mark.
            "a,b,c\n`1,`x\n`y,`3\n",
            // A line break in the last column.
            "a,b\n`1,`x\ny\n`2,`z\n总交易单数\n`2\n",
            "a,b\n`1,`x\ny,w\n`2,`z\n总交易单数\n`2\n",
            "a,b\n`1,`x\ny,w\n`2,`z\n`3,`z\n",
            "a,b\n`1,`x\ny\n总交易单数\n`2\n",
            "a,b\n`1,`x\n`2,`z\ny",
            "a,b\n`1,`x\n总,w\n`2,`z\n总交易单数,总金额\n`2,`3\n",
            "a,b\n`1,`x\n`总交易单数,w\n`2,`z\n总交易单数,总金额\n`2,`3\n",
            // A line break before a quotation mark, which would take the lines after it for one value.
            "a,b\n`1,`x\n\"y,`2\n`3,`z\n总交易单数\n`2\n",
            "a,b\n`1,`x\n\"y\n`3,`z\n总交易单数\n`2\n",
            "a,b\n`1,`x\n\"`y\n`3,`z\n`4,\",z\n总交易单数\n`2\n",
        ] {
            let read = read([Bytes::copy_from_slice(broken.as_bytes())]);
            assert_eq!(read, Err(Malformed::BrokenRow), "{broken}");
        }
    }

    #[test]
    fn a_head_that_ends_with_a_comma_has_no_column_more() {
        let (rows, totals) = whole("a,b,\n`1,`x\n`2,`y\n总交易单数,\n`2\n");
        assert_eq!((rows.len(), totals.len()), (2, 1));
        assert_eq!(rows[1].get("b"), Some("y"));
    }

    #[test]
    fn totals_of_another_name_are_totals_where_one_line_follows() {
        let (rows, totals) = whole("a,b\n`1,`x\n笔数,金额\n`1,`2\n");
        assert_eq!((rows.len(), totals.len()), (1, 1));
        assert_eq!(totals[0].get("金额"), Some("2"));
        let (rows, totals) = whole("a,b\n`1,`x\n总笔数,总金额\n`1,`2\n`3,`4");
        assert_eq!((rows.len(), totals.len()), (1, 2));
    }

    #[test]
    fn a_file_without_marks_is_all_rows() {
        let (rows, totals) = whole("date,amount\n2024-01-01,5\n2024-01-02,6");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].get("amount"), Some("6"));
        assert!(totals.is_empty());
        let (rows, _) = whole("a,b\n1\n2,x,y\n`3,\"z\n4\",5\n6\n");
        assert_eq!(rows.len(), 5, "nor is any bound to the head");
        let (rows, _) = whole("a,b\n1,\"x\ny\"\n2,z\n");
        assert_eq!(rows[0].get("b"), Some("x\ny"));
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
