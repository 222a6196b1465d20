//! The dates of HTTP's headers, in the one form in which they are written today.

/// A month's name begins each three bytes.
const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

/// The days from the first of March of the year 0 to the first of January 1970.
const BEFORE_1970: u64 = 719_468;

/// The Unix seconds of `Sun, 06 Nov 1994 08:49:37 GMT`. The name of the day is not looked at; the two obsolete forms of RFC 9110 are not read,
/// for reading them would be most of the code.
#[rustfmt::skip]
pub(crate) fn unix_seconds(text: &str) -> Option<u64> {
    let [
        _, _, _, b',', b' ', d1, d2, b' ', m1, m2, m3, b' ', y1, y2, y3, y4, b' ',
        h1, h2, b':', n1, n2, b':', s1, s2, b' ', b'G', b'M', b'T',
    ] = *text.as_bytes() else {
        return None;
    };
    let (year, day) = (number(&[y1, y2, y3, y4])?, number(&[d1, d2])?);
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?);
    let month = MONTHS.chunks_exact(3).position(|name| name == [m1, m2, m3])?;
    let is_possible = year >= 1970 && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    is_possible.then(|| ((days(year, month as u64, day) * 24 + hour) * 60 + minute) * 60 + second)
}

#[inline(never)]
fn number(digits: &[u8]) -> Option<u64> {
    let mut number = 0;
    for digit in digits {
        let value = digit.wrapping_sub(b'0');
        if value > 9 {
            return None;
        }
        number = number * 10 + u64::from(value);
    }
    Some(number)
}

/// The days since 1970. The year is taken to begin in March, so that the day of leap years is its last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = match month {
        0 | 1 => (year - 1, month + 10),
        _ => (year, month - 2),
    };
    let years = 365 * year + year / 4 - year / 100 + year / 400;
    years + (153 * month + 2) / 5 + day - 1 - BEFORE_1970
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn every_day_is_read_as_it_is_written_elsewhere() {
        for day in 0..200_000 {
            let seconds = day * 86_400 + (day * 7_919) % 86_400;
            let text = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds));
            assert_eq!(unix_seconds(&text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for wrong in [
            "",
            "Sun, 06 Nov 1994",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 0: Nov 1994 08:49:37 GMT",
            "Sun, 06 ovD 1994 08:49:37 GMT",
            "Thu, 01 Jan 0000 00:00:00 GMT",
            "Wed, 31 Dec 1969 23:59:59 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ] {
            assert_eq!(unix_seconds(wrong), None, "{wrong}");
        }
    }
}
