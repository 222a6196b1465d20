//! Texts that were cut off within a character, as JSON may escape it.

/// The document with U+FFFD in the place of each half of a character: `\ud83d` without the `\ude00` that belongs to it. JSON allows them,
/// and serde_json reads none. `None`: there are no halves.
#[cold]
#[inline(never)]
pub(super) fn mended(document: &[u8]) -> Option<Vec<u8>> {
    let mut mended = None;
    let mut at = 0;
    while at < document.len() {
        at += match (half(document, at), half(document, at + LENGTH)) {
            (Some(Half::First), Some(Half::Second)) => 2 * LENGTH,
            (Some(_), _) => {
                let copy = mended.get_or_insert_with(|| document.to_vec());
                copy[at + 2..at + LENGTH].copy_from_slice(b"fffd");
                LENGTH
            }
            // A backslash takes what follows it along, which may be another.
            (None, _) if document[at] == b'\\' => 2,
            (None, _) => 1,
        };
    }
    mended
}

/// How long an escaped half is: `\ud83d`.
const LENGTH: usize = 6;

enum Half {
    First,
    Second,
}

/// The half of a character that is escaped at a place.
#[inline(never)]
fn half(document: &[u8], at: usize) -> Option<Half> {
    match document.get(at..at + LENGTH)? {
        [b'\\', b'u', b'd' | b'D', third, ..] => match third {
            b'8' | b'9' | b'a' | b'b' | b'A' | b'B' => Some(Half::First),
            b'c'..=b'f' | b'C'..=b'F' => Some(Half::Second),
            _ => None,
        },
        _ => None,
    }
}
