//! How far the clock here is from the server's.

use core::fmt;

/// How far the clock here is from WeChat Pay's, as a reply told it. It is never applied: set this machine's clock.
///
/// Its text is a sentence for a person: `the clock here is 7 minutes behind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClockSkew {
    here: u64,
    server: u64,
}

impl ClockSkew {
    /// From two clocks' Unix seconds.
    pub(crate) fn between(here: u64, server: u64) -> Self {
        Self { here, server }
    }

    /// From the header `Date` of a reply.
    pub(crate) fn of_date(here: u64, date: &str) -> Option<Self> {
        Some(Self::between(here, crate::http_date::unix_seconds(date)?))
    }

    /// By how many seconds the clock here is ahead; negative where it is behind.
    pub fn ahead_by_seconds(&self) -> i64 {
        let seconds = i128::from(self.here) - i128::from(self.server);
        i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX })
    }

    /// What the clock here showed, in Unix seconds.
    pub fn here(&self) -> u64 {
        self.here
    }

    /// What the server's clock showed, in Unix seconds.
    pub fn server(&self) -> u64 {
        self.server
    }

    /// Whether requests are refused for it.
    pub(crate) fn is_too_much(&self) -> bool {
        self.here.abs_diff(self.server) > crate::verify::MOST_SKEW
    }
}

impl fmt::Display for ClockSkew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = told(self.here.abs_diff(self.server));
        let plural = if count == 1 { "" } else { "s" };
        let side = if self.here < self.server {
            "behind"
        } else {
            "ahead"
        };
        write!(f, "the clock here is {count} {unit}{plural} {side}")
    }
}

/// A span in the unit in which a person says it, rounded.
fn told(seconds: u64) -> (u64, &'static str) {
    let rounded = |unit: u64| seconds.saturating_add(unit / 2) / unit;
    match seconds {
        0..=119 => (seconds, "second"),
        120..=7_199 => (rounded(60), "minute"),
        7_200..=172_799 => (rounded(3_600), "hour"),
        _ => (rounded(86_400), "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_as_a_person_says_it() {
        let cases = [
            (1_000, 1_420, -420, "the clock here is 7 minutes behind"),
            (1_061, 1_000, 61, "the clock here is 61 seconds ahead"),
            (1_001, 1_000, 1, "the clock here is 1 second ahead"),
            (0, 28_800, -28_800, "the clock here is 8 hours behind"),
            (864_000, 0, 864_000, "the clock here is 10 days ahead"),
        ];
        for (here, server, ahead, text) in cases {
            let skew = ClockSkew::between(here, server);
            assert_eq!(
                (skew.ahead_by_seconds(), skew.to_string().as_str()),
                (ahead, text)
            );
        }
        assert_eq!(ClockSkew::between(u64::MAX, 0).ahead_by_seconds(), i64::MAX);
    }

    #[test]
    fn a_date_is_read_or_there_is_none() {
        let skew = ClockSkew::of_date(784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(skew, Some(ClockSkew::between(784_111_777, 784_111_777)));
        for wrong in [
            "",
            "yesterday",
            "Sun, 06 Nov 1994",
            "Thu, 01 Jan 1960 00:00:00 GMT",
        ] {
            assert_eq!(ClockSkew::of_date(1, wrong), None, "{wrong}");
        }
    }
}
