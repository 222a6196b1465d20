//! Serial numbers of certificates, and ids of public keys.

/// Whether two texts name the same key: without case, and without the zeros that some programs leave out at the beginning.
pub(crate) fn is_same_serial(one: &str, other: &str) -> bool {
    digits(one).eq_ignore_ascii_case(digits(other))
}

/// What follows the zeros: by bytes, which is a tenth of the code that characters are.
#[inline(never)]
fn digits(text: &str) -> &[u8] {
    let mut digits = text.as_bytes();
    while let [b'0', rest @ ..] = digits {
        digits = rest;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_leading_zeros_do_not_count() {
        assert!(is_same_serial("0a1B", "A1b"));
        assert!(!is_same_serial("A1B0", "A1B"));
    }
}
