//! Serial numbers of certificates, and ids of public keys.

/// Whether two texts name the same key: without case, and without the zeros that some programs leave out at the beginning.
pub(crate) fn is_same_serial(one: &str, other: &str) -> bool {
    let one = one.trim_start_matches('0');
    one.eq_ignore_ascii_case(other.trim_start_matches('0'))
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
