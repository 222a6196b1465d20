//! The formats that are known, and whether a text has one.

use super::Problems;
use super::survey::Survey;
use crate::diagnostic::Diagnostic;
use crate::model::SchemaKind;

/// What a text may stand for.
const TEXTS: [&str; 12] = [
    "rfc3339",
    "date",
    "yyyyMMddHHmmss",
    "mm/yy",
    "numeric",
    "base64",
    "url",
    "media_id",
    "media_url",
    "rfc2397",
    "json_object",
    "json_array",
];

/// The widths of numbers.
const NUMBERS: [&str; 6] = ["int32", "int64", "uint32", "uint64", "float", "double"];

pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for value in &survey.values {
        let (format, known): (_, &[&str]) = match &value.schema.kind {
            SchemaKind::Text(rules) => (&rules.format, &TEXTS),
            SchemaKind::Integer(rules) | SchemaKind::Number(rules) => (&rules.format, &NUMBERS),
            _ => continue,
        };
        let Some(format) = format.as_deref().filter(|format| !known.contains(format)) else {
            continue;
        };
        let span = survey.place(value.at.file, &format!("{}#format", value.pointer));
        let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        problems.push(
            Diagnostic::error("unknown-format", span, format!("unknown format `{format}`"))
                .near_miss(format, known.iter().copied())
                .help(format!(
                    "the formats here are {}; another rule for a text is a `pattern`",
                    list.join(", ")
                )),
        );
    }
}

/// What is wrong with a text of a format, if anything is.
pub(super) fn violation(format: &str, text: &str) -> Option<&'static str> {
    let (good, message) = match format {
        "rfc3339" => (
            is_rfc3339(text),
            "it is no time by RFC 3339, such as 2015-05-20T13:29:35+08:00",
        ),
        "date" => (is_date(text), "it is no date, such as 2025-01-31"),
        "yyyyMMddHHmmss" => (
            is_compact(text),
            "it is no time of 14 digits, such as 20091225091210",
        ),
        "numeric" => (
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
            "it does not consist of digits",
        ),
        _ => return None,
    };
    (!good).then_some(message)
}

fn is_rfc3339(text: &str) -> bool {
    let Some((date, rest)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let (clock, zone) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => rest.split_at(at),
        None => return false,
    };
    let (seconds, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let good_zone = matches!(zone, "Z" | "z")
        || zone
            .get(1..)
            .is_some_and(|offset| is_clock(&format!("{offset}:00")));
    let good_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(date) && is_clock(seconds) && good_fraction && good_zone
}

fn is_date(text: &str) -> bool {
    match numbers(text, '-', &[4, 2, 2]).as_deref() {
        Some([year, month, day]) => *day >= 1 && *day <= days_in(*year, *month),
        _ => false,
    }
}

/// `13:29:35`; a leap second counts.
fn is_clock(text: &str) -> bool {
    match numbers(text, ':', &[2, 2, 2]).as_deref() {
        Some([hour, minute, second]) => *hour < 24 && *minute < 60 && *second <= 60,
        _ => false,
    }
}

fn is_compact(text: &str) -> bool {
    let parts = [
        text.get(..4),
        text.get(4..6),
        text.get(6..8),
        text.get(8..10),
        text.get(10..12),
        text.get(12..),
    ];
    match parts {
        [
            Some(year),
            Some(month),
            Some(day),
            Some(hour),
            Some(minute),
            Some(second),
        ] => {
            is_date(&format!("{year}-{month}-{day}"))
                && is_clock(&format!("{hour}:{minute}:{second}"))
        }
        _ => false,
    }
}

fn numbers(text: &str, separator: char, widths: &[usize]) -> Option<Vec<u32>> {
    let parts: Vec<&str> = text.split(separator).collect();
    let fits = parts.len() == widths.len()
        && parts.iter().zip(widths).all(|(part, width)| {
            part.len() == *width && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    fits.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::violation;

    #[test]
    fn times_are_told_from_what_is_none() {
        let good = [
            ("rfc3339", "2015-05-20T13:29:35+08:00"),
            ("rfc3339", "2015-05-20T13:29:35.120Z"),
            ("date", "2024-02-29"),
            ("yyyyMMddHHmmss", "20091225091210"),
            ("numeric", "0012"),
            ("base64", "anything"),
        ];
        for (format, text) in good {
            assert_eq!(violation(format, text), None, "{text}");
        }
        let bad = [
            ("rfc3339", "2015-05-20 13:29:35"),
            ("rfc3339", "2015-05-20T13:29+08:00"),
            ("rfc3339", "2015-13-20T13:29:35+08:00"),
            ("date", "2023-02-29"),
            ("date", "20230228"),
            ("yyyyMMddHHmmss", "20091225"),
            ("yyyyMMddHHmmss", "二〇二四0102030405"),
            ("numeric", ""),
        ];
        for (format, text) in bad {
            assert!(violation(format, text).is_some(), "{text}");
        }
    }
}
