//! Texts that were cut off within a character, as JSON may escape it.

/// The document with U+FFFD in the place of each half of a character: `\ud83d` without the `\ude00` that belongs to it. JSON allows them,
/// and serde_json reads none. `None`: there are no halves.
#[cold]
#[inline(never)]
pub(super) fn mended(document: &[u8]) -> Option<Vec<u8>> {
    let mut mended = None;
    let mut at = 0;
    while at < document.len() {
        at += match (surrogate(document, at), surrogate(document, at + 6)) {
            (Some(..0xdc00), Some(0xdc00..)) => 12,
            (Some(_), _) => {
                let copy = mended.get_or_insert_with(|| document.to_vec());
                copy[at + 2..at + 6].copy_from_slice(b"fffd");
                6
            }
            // A backslash takes what follows it along, which may be another.
            (None, _) if document[at] == b'\\' => 2,
            (None, _) => 1,
        };
    }
    mended
}

/// The half of a character that is escaped at a place.
fn surrogate(document: &[u8], at: usize) -> Option<u16> {
    let digits = document.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let unit = u16::from_str_radix(core::str::from_utf8(digits).ok()?, 16).ok()?;
    matches!(unit, 0xd800..0xe000).then_some(unit)
}
