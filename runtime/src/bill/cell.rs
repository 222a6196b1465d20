//! What stands in a cell: money, counts, moments.

use super::row::Row;
use crate::error::{Error, ErrorKind, Outcome, Report};
use core::fmt;
use time::{OffsetDateTime, Time};

/// How a moment is told where one was expected.
pub(super) const TIME: &str = "a moment such as 2018-06-08 10:34:56";

/// What stands in a cell is not what its column holds.
///
/// It tells the place, not the text: a bill is nobody's business but the merchant's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    column: String,
    line: u64,
    expected: &'static str,
}

impl CellError {
    pub(super) fn new(columns: &[&str], row: &Row, expected: &'static str) -> Self {
        let own = |name: &&&str| row.columns().any(|column| column == **name);
        let name = columns.iter().find(own).or(columns.first());
        Self {
            column: name.map_or_else(String::new, |name| (*name).to_owned()),
            line: row.line(),
            expected,
        }
    }

    /// The name of the column.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// Which line of the bill it is. The head is line 1.
    pub fn line(&self) -> u64 {
        self.line
    }
}

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            column,
            line,
            expected,
        } = self;
        write!(
            f,
            "line {line} of the bill, column `{column}`: expected {expected}"
        )
    }
}

impl core::error::Error for CellError {}

impl From<CellError> for Error {
    /// So that `?` works on the accessors of rows. The bill was answered.
    fn from(error: CellError) -> Self {
        let text = error.to_string();
        Report::new(ErrorKind::Decoding, Outcome::Answered, text)
            .source(error)
            .into()
    }
}

/// Yuan with two decimals as whole fen. More decimals must be zeros.
pub(super) fn fen(text: &str) -> Option<i64> {
    scaled(text, 2)
}

/// Yuan with five decimals, which fees have, as thousandths of a fen.
pub(super) fn millifen(text: &str) -> Option<i64> {
    scaled(text, 5)
}

/// A count; some bills write `45.0`.
pub(super) fn count(text: &str) -> Option<u64> {
    u64::try_from(scaled(text, 0)?).ok()
}

/// A decimal number times a power of ten, exactly, or nothing.
fn scaled(text: &str, decimals: usize) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) {
        return None;
    }
    let (kept, rest) = fraction.split_at(decimals.min(fraction.len()));
    if rest.bytes().any(|digit| digit != b'0') {
        return None;
    }
    let zeros = core::iter::repeat_n(b'0', decimals - kept.len());
    let digits = whole.bytes().chain(kept.bytes()).chain(zeros);
    let sign = if negative { -1 } else { 1 };
    digits.into_iter().try_fold(0_i64, |value, digit| {
        value
            .checked_mul(10)?
            .checked_add(sign * i64::from(digit - b'0'))
    })
}

/// `2018-06-08 10:34:56`, by the clocks of Beijing.
pub(super) fn time(text: &str) -> Option<OffsetDateTime> {
    let (day, clock) = text.split_once(' ')?;
    let day = crate::value::parse_day(day)?;
    let mut parts = clock.splitn(3, ':');
    let mut part = || {
        let text = parts.next().filter(|text| text.len() == 2)?;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u8>().ok())?
    };
    let time = Time::from_hms(part()?, part()?, part()?).ok()?;
    Some(day.with_time(time).assume_offset(crate::value::BEIJING))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_exact() {
        for (text, expected) in [
            ("0.01", Some(1)),
            ("0", Some(0)),
            ("-3.00", Some(-300)),
            ("12.3", Some(1230)),
            ("+1.5", Some(150)),
            ("0.29000", Some(29)),
            ("92233720368547758.07", Some(i64::MAX)),
            ("-92233720368547758.08", Some(i64::MIN)),
            ("92233720368547758.08", None),
            ("0.001", None),
            ("1e3", None),
            ("1,000.00", None),
            (".5", None),
            ("", None),
            ("-", None),
            ("--1", None),
            ("１.00", None),
        ] {
            assert_eq!(fen(text), expected, "{text}");
        }
        assert_eq!(millifen("-0.00300"), Some(-300));
        assert_eq!(count("45.0"), Some(45));
        assert_eq!(count("-1"), None);
        assert_eq!(count("1.5"), None);
    }

    #[test]
    fn moments_are_beijing_times() {
        let moment = time("2018-06-08 10:34:56").expect("a moment");
        assert_eq!(moment.unix_timestamp(), 1_528_425_296);
        for wrong in [
            "",
            "2018-06-08",
            "2018-06-08 24:00:00",
            "2018-06-08 1:00:00",
            "2018-06-08T10:34:56",
            "2018-06-08 10:34:5x",
        ] {
            assert!(time(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_amount_comes_back(fen_in in any::<i64>()) {
            let sign = if fen_in < 0 { "-" } else { "" };
            let size = fen_in.unsigned_abs();
            let text = format!("{sign}{}.{:02}", size / 100, size % 100);
            prop_assert_eq!(fen(&text), Some(fen_in));
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = (fen(&text), millifen(&text), count(&text), time(&text));
        }
    }
}
