//! Dates and times: the text that travels is kept as it is, and parsed when asked for.

use super::{Slot, Value, View};
use core::fmt;
use time::format_description::well_known::Rfc3339;
use time::{Month, OffsetDateTime, Time, UtcOffset};

/// The offset of all of WeChat Pay's times that name none: Beijing's.
pub(crate) const BEIJING: UtcOffset = match UtcOffset::from_hms(8, 0, 0) {
    Ok(offset) => offset,
    Err(_) => UtcOffset::UTC,
};

/// A text that is not the date or time that it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateError {
    expected: &'static str,
}

impl fmt::Display for DateError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the text is no {}", self.expected)
    }
}

impl core::error::Error for DateError {}

/// A type that keeps a date's text. Its `parse` is written beside it.
macro_rules! date_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// No text.
            pub(crate) const fn new() -> Self {
                Self(String::new())
            }

            /// The text as it travels.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl Value for $name {
            #[inline]
            fn empty() -> Self {
                Self::new()
            }
            #[inline]
            fn view(&self) -> View<'_> {
                View::Text(&self.0)
            }
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Text(&mut self.0)
            }
        }
    };
}

date_text! {
    /// A moment as RFC 3339 writes it: `2018-06-08T10:34:56+08:00`.
    DateTime
}

date_text! {
    /// A day: `2019-01-31`.
    Date
}

date_text! {
    /// A moment in Beijing time without separators: `20091225091010`.
    CompactDateTime
}

impl DateTime {
    /// The moment.
    ///
    /// # Errors
    /// Where the text is not RFC 3339.
    #[inline]
    pub fn parse(&self) -> Result<OffsetDateTime, DateError> {
        OffsetDateTime::parse(&self.0, &Rfc3339).map_err(|_| DateError {
            expected: "time as RFC 3339 writes it, such as 2018-06-08T10:34:56+08:00",
        })
    }
}

impl From<OffsetDateTime> for DateTime {
    /// Whole seconds, with the moment's own offset in hours and minutes.
    #[inline]
    fn from(moment: OffsetDateTime) -> Self {
        let (date, time) = (moment.date(), moment.time());
        let (hours, minutes, _) = moment.offset().as_hms();
        let sign = if moment.offset().is_negative() {
            '-'
        } else {
            '+'
        };
        Self(format!(
            "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            Date::from(date),
            time.hour(),
            time.minute(),
            time.second(),
            hours.unsigned_abs(),
            minutes.unsigned_abs()
        ))
    }
}

impl Date {
    /// The day.
    ///
    /// # Errors
    /// Where the text is no day as `yyyy-MM-dd`.
    #[inline]
    pub fn parse(&self) -> Result<time::Date, DateError> {
        parse_day(&self.0).ok_or(DateError {
            expected: "day as yyyy-MM-dd, such as 2019-01-31",
        })
    }
}

impl From<time::Date> for Date {
    #[inline]
    fn from(day: time::Date) -> Self {
        Self(format!(
            "{:04}-{:02}-{:02}",
            day.year(),
            u8::from(day.month()),
            day.day()
        ))
    }
}

impl CompactDateTime {
    /// The moment, in Beijing time.
    ///
    /// # Errors
    /// Where the text is no time as `yyyyMMddHHmmss`.
    #[inline]
    pub fn parse(&self) -> Result<OffsetDateTime, DateError> {
        parse_compact(&self.0).ok_or(DateError {
            expected: "time as yyyyMMddHHmmss, such as 20091225091010",
        })
    }
}

impl From<OffsetDateTime> for CompactDateTime {
    /// The moment as the clocks of Beijing show it, in whole seconds.
    #[inline]
    fn from(moment: OffsetDateTime) -> Self {
        let local = moment.checked_to_offset(BEIJING).unwrap_or(moment);
        let (date, time) = (local.date(), local.time());
        Self(format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute(),
            time.second()
        ))
    }
}

/// A day as `yyyy-MM-dd`.
#[inline]
pub(crate) fn parse_day(text: &str) -> Option<time::Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let month = Month::try_from(u8::try_from(digits(month)?).ok()?).ok()?;
    let day = u8::try_from(digits(day)?).ok()?;
    time::Date::from_calendar_date(i32::try_from(digits(year)?).ok()?, month, day).ok()
}

#[inline]
fn parse_compact(text: &str) -> Option<OffsetDateTime> {
    if text.len() != 14 || !text.is_ascii() {
        return None;
    }
    let day = parse_day(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]))?;
    let part = |from: usize| u8::try_from(digits(&text[from..from + 2])?).ok();
    let time = Time::from_hms(part(8)?, part(10)?, part(12)?).ok()?;
    Some(day.with_time(time).assume_offset(BEIJING))
}

/// The number that a text of decimal digits alone stands for.
#[inline]
fn digits(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compact_times_are_beijing_times() {
        let moment = CompactDateTime::from("20091225091010")
            .parse()
            .expect("a time");
        assert_eq!(DateTime::from(moment).as_str(), "2009-12-25T09:10:10+08:00");
        assert_eq!(CompactDateTime::from(moment).as_str(), "20091225091010");
        let utc = moment.to_offset(UtcOffset::UTC);
        assert_eq!(CompactDateTime::from(utc).as_str(), "20091225091010");
    }

    #[test]
    fn times_round_trip() {
        let text = "2018-06-08T10:34:56+08:00";
        let moment = DateTime::from(text).parse().expect("a time");
        assert_eq!(DateTime::from(moment).as_str(), text);
        let day = Date::from("2019-01-31").parse().expect("a day");
        assert_eq!(Date::from(day).as_str(), "2019-01-31");
    }

    #[test]
    fn what_is_no_date_is_an_error_that_says_what_was_expected() {
        for text in [
            "",
            "2019-1-31",
            "2019-02-30",
            "2019-01-31-",
            "+019-01-31",
            "二〇一九",
        ] {
            let error = Date::from(text).parse().expect_err(text);
            assert!(error.to_string().contains("yyyy-MM-dd"), "{error}");
        }
        for text in [
            "",
            "2009122509101",
            "20091325091010",
            "2009122509101x",
            "二〇〇九一",
        ] {
            assert!(CompactDateTime::from(text).parse().is_err(), "{text}");
        }
        assert!(DateTime::from("2018-06-08 10:34").parse().is_err());
    }
}
