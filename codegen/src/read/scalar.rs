//! The types of plain scalars: YAML 1.2's core schema, without what people misread.

use super::node::Value;

/// A plain scalar that means something else to one reader than to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubtful {
    /// `0123`: a number to YAML, a text to most people.
    LeadingZero,
    /// A whole number of more than 63 bits.
    TooLarge,
    /// `.nan`, `.inf`.
    NotFinite,
}

/// The value of a scalar without quotes.
pub(crate) fn resolve(text: &str) -> Result<Value, Doubtful> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Boolean(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Boolean(false)),
        ".nan" | ".NaN" | ".NAN" => return Err(Doubtful::NotFinite),
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Err(Doubtful::NotFinite);
    }
    if let Some(value) = based(text) {
        return value;
    }
    if all_digits(unsigned) {
        return decimal(text, unsigned);
    }
    if is_float(unsigned) {
        return float(text, unsigned);
    }
    Ok(Value::Text(text.to_owned()))
}

/// `0o17`, `0x1F`: without a sign.
fn based(text: &str) -> Option<Result<Value, Doubtful>> {
    let (digits, radix) = match (text.strip_prefix("0o"), text.strip_prefix("0x")) {
        (Some(digits), _) => (digits, 8),
        (_, Some(digits)) => (digits, 16),
        _ => return None,
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let value = i64::from_str_radix(digits, radix);
    Some(value.map(Value::Integer).map_err(|_| Doubtful::TooLarge))
}

fn decimal(text: &str, unsigned: &str) -> Result<Value, Doubtful> {
    if unsigned.len() > 1 && unsigned.starts_with('0') {
        return Err(Doubtful::LeadingZero);
    }
    text.parse()
        .map(Value::Integer)
        .map_err(|_| Doubtful::TooLarge)
}

fn float(text: &str, unsigned: &str) -> Result<Value, Doubtful> {
    let mut digits = unsigned.chars();
    let zero_first = digits.next() == Some('0');
    if zero_first && digits.next().is_some_and(|c| c.is_ascii_digit()) {
        return Err(Doubtful::LeadingZero);
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Value::Number(value)),
        _ => Err(Doubtful::NotFinite),
    }
}

/// `1.5`, `1.`, `.5`, `1e3`: at least one digit, then perhaps an exponent.
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => {
            let (mantissa, rest) = unsigned.split_at(at);
            (mantissa, rest.get(1..))
        }
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits_only = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    let good_exponent =
        exponent.is_none_or(|text| all_digits(text.strip_prefix(['+', '-']).unwrap_or(text)));
    digits_only(whole)
        && digits_only(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && good_exponent
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Result<Value, Doubtful> {
        Ok(Value::Text(text.to_owned()))
    }

    #[test]
    fn words_of_yaml_1_1_are_texts() {
        for word in [
            "yes",
            "no",
            "on",
            "off",
            "y",
            "n",
            "2024-06-18",
            "1_000",
            "12:30",
            "0b11",
        ] {
            assert_eq!(resolve(word), text(word));
        }
    }

    #[test]
    fn numbers_have_their_type() {
        assert_eq!(resolve("-12"), Ok(Value::Integer(-12)));
        assert_eq!(resolve("+5"), Ok(Value::Integer(5)));
        assert_eq!(resolve("0x1F"), Ok(Value::Integer(31)));
        assert_eq!(resolve("0o17"), Ok(Value::Integer(15)));
        assert_eq!(resolve("1e3"), Ok(Value::Number(1000.0)));
        assert_eq!(resolve(".5"), Ok(Value::Number(0.5)));
        assert_eq!(resolve("1."), Ok(Value::Number(1.0)));
    }

    #[test]
    fn what_only_looks_like_a_number_is_a_text() {
        for word in [".", "-", "e3", "1e", "1.2.3", "0x", "0o8", "1a"] {
            assert_eq!(resolve(word), text(word));
        }
    }

    #[test]
    fn what_people_misread_is_refused() {
        assert_eq!(resolve("0123"), Err(Doubtful::LeadingZero));
        assert_eq!(resolve("-00.5"), Err(Doubtful::LeadingZero));
        assert_eq!(resolve("9223372036854775808"), Err(Doubtful::TooLarge));
        assert_eq!(resolve("-.inf"), Err(Doubtful::NotFinite));
        assert_eq!(resolve("1e999"), Err(Doubtful::NotFinite));
    }
}
