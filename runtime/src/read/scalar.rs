//! Texts, numbers, truth values: what stands for what.

use super::{Filled, Reading};
use crate::drift::DriftKind;
use crate::excerpt::told;
use crate::value::{Form, OpenEnum, ReadSealed, Slot, Value};
use serde_json::Number;
use std::borrow::Cow;

/// Above this, a number with a fraction does not tell one whole number from the next.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Below this, powers of ten are not exact, and serde_json may miss a number's last digit.
const SMALLEST: f64 = 1e-9;

/// Below this, a number keeps a fraction down to a thousandth: one without any was sent without any. Above it, `….4` may have
/// been rounded away, and an amount would be another one.
const FRACTIONS_SEEN: f64 = 8_796_093_022_208.0;

/// What a slot takes, in words.
pub(super) fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Nothing => "nothing",
        Slot::Text(_) => "a text",
        Slot::Integer(_) => "a whole number",
        Slot::Number(..) => "a number",
        Slot::Boolean(_) => "true or false",
        Slot::Enum(value) => match value.form() {
            Form::Text => "a text",
            Form::Integer => "a whole number",
            Form::Boolean => "true or false",
        },
        Slot::Sensitive(..) => "an encrypted text",
        Slot::Object(_) => "an object",
        Slot::List(_) => "a list",
        Slot::Map(_) => "an object",
        Slot::JsonText(_) => "a text that holds JSON",
        Slot::UrlEncoded(..) => "a text of pairs",
        Slot::OneOf(_) => "an object",
        Slot::File(..) | Slot::Bytes(_) => "a file",
        Slot::Json(..) => "JSON",
    }
}

/// Records that what came does not fit.
#[cold]
#[inline(never)]
pub(super) fn wrong(slot: &Slot<'_>, found: &'static str, reading: &mut Reading<'_>) -> Filled {
    let expected = expected(slot);
    reading.differs(DriftKind::Type { expected, found });
    Filled::Wrong
}

/// Records that what came stands for what is described.
#[cold]
#[inline(never)]
pub(super) fn lenient(expected: &'static str, found: &'static str, reading: &mut Reading<'_>) {
    reading.differs(DriftKind::Lenient { expected, found });
}

pub(super) fn text(slot: Slot<'_>, text: Cow<'_, str>, reading: &mut Reading<'_>) -> Filled {
    let expected = expected(&slot);
    match slot {
        Slot::Text(value) => {
            *value = text.into_owned();
            return Filled::Put;
        }
        Slot::Sensitive(value, read) => return decrypted(value, &text, read, reading),
        Slot::Enum(value) => {
            if value.form() != Form::Text {
                lenient(expected, "a text", reading);
            }
            return member_of(value, &text, reading);
        }
        Slot::JsonText(value) => return json_text(value, &text, reading),
        Slot::UrlEncoded(value, read) => return (read.0)(value, &text, reading),
        Slot::Integer(value) => {
            if let Some(number) = digits(&text) {
                *value = number;
                lenient(expected, "a text of digits", reading);
                return Filled::Put;
            }
        }
        Slot::Number(value, read) => {
            if let Some(number) = (read.0)(&text) {
                *value = number;
                lenient(expected, "a text of digits", reading);
                return Filled::Put;
            }
        }
        Slot::Boolean(value) => {
            if let Ok(truth) = text.parse() {
                *value = truth;
                lenient(expected, "a text", reading);
                return Filled::Put;
            }
        }
        _ => {}
    }
    let found = "a text";
    reading.differs(DriftKind::Type { expected, found });
    Filled::Wrong
}

pub(super) fn boolean(slot: Slot<'_>, truth: bool, reading: &mut Reading<'_>) -> Filled {
    let found = "true or false";
    match slot {
        Slot::Boolean(value) => {
            *value = truth;
            Filled::Put
        }
        Slot::Text(value) => {
            *value = told(&truth);
            lenient("a text", found, reading);
            Filled::Put
        }
        Slot::Enum(value) => {
            if value.form() != Form::Boolean {
                lenient(expected(&Slot::Enum(value)), found, reading);
            }
            member_of(value, if truth { "true" } else { "false" }, reading)
        }
        slot => wrong(&slot, found, reading),
    }
}

pub(super) fn number(slot: Slot<'_>, number: Number, reading: &mut Reading<'_>) -> Filled {
    match (slot, number.as_i64()) {
        (Slot::Integer(value), Some(whole)) => {
            *value = whole;
            Filled::Put
        }
        (Slot::Integer(value), None) => match integral(&number) {
            Some(whole) => {
                *value = whole;
                lenient(
                    "a whole number",
                    "a number with a fraction of zero",
                    reading,
                );
                Filled::Put
            }
            None => wrong(&Slot::Integer(value), "another number", reading),
        },
        (Slot::Number(value, read), _) => match number.as_f64() {
            Some(float) => {
                *value = float;
                Filled::Put
            }
            None => wrong(&Slot::Number(value, read), "a number out of range", reading),
        },
        (Slot::Text(value), _) => match exact_text(&number) {
            Some(text) => {
                *value = text;
                lenient("a text", "a number", reading);
                Filled::Put
            }
            None => wrong(&Slot::Text(value), "a number", reading),
        },
        (Slot::Enum(value), _) => {
            if value.form() != Form::Integer {
                lenient(expected(&Slot::Enum(value)), "a number", reading);
            }
            member_of(value, &told(&number), reading)
        }
        (slot, _) => wrong(&slot, "a number", reading),
    }
}

fn member_of(value: &mut dyn OpenEnum, text: &str, reading: &mut Reading<'_>) -> Filled {
    if value.set(text) {
        return Filled::Put;
    }
    reading.differs(DriftKind::UnknownValue);
    let kept = value.text() == text;
    if kept { Filled::Put } else { Filled::Wrong }
}

fn decrypted(
    value: &mut String,
    text: &str,
    read: ReadSealed,
    reading: &mut Reading<'_>,
) -> Filled {
    if text.is_empty() {
        return Filled::Put;
    }
    match reading.decrypt(text, read) {
        Some(plain) => {
            *value = plain;
            Filled::Put
        }
        None => {
            reading.differs(DriftKind::Undecryptable);
            Filled::Wrong
        }
    }
}

fn json_text(value: &mut dyn Value, text: &str, reading: &mut Reading<'_>) -> Filled {
    if text.trim().is_empty() {
        return Filled::Null;
    }
    let before = (reading.location.clone(), reading.drift.len());
    match super::document(text.as_bytes(), value.slot(), reading) {
        Ok(filled) => filled,
        Err(_) => {
            reading.location = before.0;
            reading.drift.truncate(before.1);
            reading.differs(DriftKind::Type {
                expected: "a text that holds JSON",
                found: "a text that holds none",
            });
            Filled::Wrong
        }
    }
}

/// The whole number that a text of decimal digits stands for.
fn digits(text: &str) -> Option<i64> {
    starts_as_number(text).then(|| text.parse().ok())?
}

/// The number that a decimal text stands for; not `inf`, not `nan`.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    let number: f64 = starts_as_number(text).then(|| text.parse().ok())??;
    number.is_finite().then_some(number)
}

fn starts_as_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned.starts_with(|first: char| first.is_ascii_digit())
}

/// The whole number that a number without a fraction, `100.0`, stands for.
fn integral(number: &Number) -> Option<i64> {
    let float = number.as_f64()?;
    let exact = number.is_f64() && float.fract() == 0.0 && float.abs() < FRACTIONS_SEEN;
    exact.then_some(float as i64)
}

/// The digits that a number was sent with, where it still has all of them: of a fraction serde_json reads fifteen exactly.
fn exact_text(number: &Number) -> Option<String> {
    let text = told(number);
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else {
        return Some(text);
    };
    let mantissa = text.split('e').next().unwrap_or_default();
    let digits = mantissa.strip_suffix(".0").unwrap_or(mantissa).bytes();
    let digits = digits
        .filter(u8::is_ascii_digit)
        .skip_while(|digit| *digit == b'0');
    let usual = float == 0.0 || (SMALLEST..EXACT).contains(&float.abs());
    (usual && digits.count() <= 15).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_a_number_that_has_all_its_digits() {
        for (number, taken) in [
            ("18446744073709551615", true),
            ("100.0", true),
            ("0.1", true),
            ("-123456789012.345", true),
            ("0.0", true),
            ("0.30000000000000004", false),
            ("1e300", false),
            ("1e-300", false),
        ] {
            let number: Number = number.parse().expect("a number");
            assert_eq!(exact_text(&number).is_some(), taken, "{number}");
        }
    }
}
