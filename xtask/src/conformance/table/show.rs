//! The table as text and as Markdown.

use super::{Row, Table, Tally};
use crate::cli::TableFormat;
use crate::conformance::witness::Kind;
use std::fmt::Write as _;

/// What stands before the tables, where they are a document of their own.
pub(in crate::conformance) fn preface(format: TableFormat) -> &'static str {
    match format {
        TableFormat::Text => "",
        TableFormat::Markdown => {
            "# The conformance run\n\nWritten by `cargo xtask conformance --format markdown`: how many operations of each product passed, by what was tried \
             ([what the run is](architecture.md#the-conformance-run)).\n\n"
        }
    }
}

impl Table {
    /// The table, with the operations that were not called.
    pub(in crate::conformance) fn shown(&self, format: TableFormat) -> String {
        let mut header = vec!["product".to_owned(), "described".into(), "called".into()];
        header.extend(Kind::ALL.map(|kind| kind.name().to_owned()));
        let mut lines = vec![header];
        lines.extend(self.rows.iter().map(|(product, row)| line(product, row)));
        lines.push(line("all", &self.sum()));
        let table = match format {
            TableFormat::Text => aligned(&lines),
            TableFormat::Markdown => markdown(&lines),
        };
        let mut text = format!("{}\n\n{table}", self.title(format));
        for (why, operations) in &self.uncalled {
            let _ = write!(text, "\nNot called ({}): {why}.\n", operations.len());
            if format == TableFormat::Markdown {
                text.push('\n');
            }
            for operation in operations {
                let _ = match format {
                    TableFormat::Text => writeln!(text, "  {operation}"),
                    TableFormat::Markdown => writeln!(text, "- `{operation}`"),
                };
            }
        }
        text
    }

    fn title(&self, format: TableFormat) -> String {
        let title = format!("Judged by the {}", self.witness);
        match format {
            TableFormat::Text => title,
            TableFormat::Markdown => format!("## {title}"),
        }
    }

    fn sum(&self) -> Row {
        let mut sum = Row::default();
        for row in self.rows.values() {
            sum.described += row.described;
            sum.called.extend(row.called.iter().cloned());
            for (kind, tally) in &row.kinds {
                let all = sum.kinds.entry(*kind).or_default();
                all.tried.extend(tally.tried.iter().cloned());
                all.failed.extend(tally.failed.iter().cloned());
            }
        }
        sum
    }
}

fn line(product: &str, row: &Row) -> Vec<String> {
    let mut cells = vec![
        product.to_owned(),
        row.described.to_string(),
        row.called.len().to_string(),
    ];
    cells.extend(Kind::ALL.map(|kind| cell(row.kinds.get(&kind))));
    cells
}

/// How many operations passed, out of how many unless that is all of them.
fn cell(tally: Option<&Tally>) -> String {
    let Some(tally) = tally else {
        return "–".into();
    };
    let (tried, failed) = (tally.tried.len(), tally.failed.len());
    match failed {
        0 => tried.to_string(),
        _ => format!("{} of {tried}", tried - failed),
    }
}

fn aligned(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let width = width(column);
            let _ = match column {
                0 => write!(text, "{cell:<width$}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        text.push('\n');
    }
    text
}

fn markdown(lines: &[Vec<String>]) -> String {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(text, "| {} |", line.join(" | "));
        if index == 0 {
            let _ = writeln!(text, "| --- |{}", " ---: |".repeat(line.len() - 1));
        }
    }
    text
}
