//! Texts in messages: those from outside cut, and without control characters; lists.

use core::fmt::{self, Write};

/// The beginning of a text from outside, as it may stand in a message or a log: what is longer is cut, and what would break a
/// line or colour a terminal is escaped.
#[derive(Clone, Copy)]
pub(crate) struct Excerpt<'a> {
    text: &'a str,
    most: usize,
}

impl<'a> Excerpt<'a> {
    /// At most so many characters of a text.
    pub(crate) fn of(text: &'a str, most: usize) -> Self {
        Self { text, most }
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.text.chars();
        for character in characters.by_ref().take(self.most) {
            if is_unsafe(character) {
                write!(f, "{}", character.escape_default())?;
            } else {
                f.write_char(character)?;
            }
        }
        match characters.next() {
            Some(_) => f.write_char('…'),
            None => Ok(()),
        }
    }
}

/// What `to_string` gives. That is generic, and brings the machinery of writing into a text along wherever it is called.
#[inline(never)]
pub(crate) fn told(item: &dyn fmt::Display) -> String {
    format!("{item}")
}

/// A list in words.
pub(crate) fn listed(items: &mut dyn Iterator<Item = &dyn fmt::Display>, between: &str) -> String {
    let mut text = String::new();
    for (position, item) in items.enumerate() {
        if position > 0 {
            text.push_str(between);
        }
        text.push_str(&told(item));
    }
    text
}

/// Whether a character breaks lines, steers a terminal, or turns the order of what follows.
fn is_unsafe(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Debug for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters_and_control_characters_escaped() {
        assert_eq!(Excerpt::of("订单号", 3).to_string(), "订单号");
        assert_eq!(Excerpt::of("订单号", 2).to_string(), "订单…");
        assert_eq!(
            Excerpt::of("a\r\n\u{1b}[31m", 99).to_string(),
            "a\\r\\n\\u{1b}[31m"
        );
        assert_eq!(Excerpt::of("a\u{202e}b", 99).to_string(), "a\\u{202e}b");
    }
}
