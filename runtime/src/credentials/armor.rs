//! From the forms in which keys are handed around to DER: PEM, base64 without its frame, base64 of a PEM file, DER itself.

use super::{Found, KeyError};
use crate::cut::cut;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;
use zeroize::Zeroizing;

/// What was inside the armor.
pub(super) struct Block {
    /// The PEM label, where there was one: `PRIVATE KEY`.
    pub(super) label: Option<String>,
    /// The content; wiped when dropped.
    pub(super) der: Zeroizing<Vec<u8>>,
}

/// The first byte of every DER sequence.
const SEQUENCE: u8 = 0x30;

/// Reads a file whole; its bytes are wiped when dropped.
pub(super) fn read_file(
    path: &Path,
    expected: &'static str,
) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Zeroizing::new(bytes)),
        Err(error) => Err(KeyError::unreadable(expected, error)),
    }
}

/// Takes the armor off.
pub(super) fn open(input: &[u8], expected: &'static str) -> Result<Block, KeyError> {
    if input.first() == Some(&SEQUENCE) {
        let der = Zeroizing::new(input.to_vec());
        return Ok(Block { label: None, der });
    }
    let fails = |found| KeyError::new(expected, found);
    let text = core::str::from_utf8(input).map_err(|_| fails(Found::Unrecognized))?;
    let text = with_line_breaks(text);
    match cut(without_parameters(&text), "-----BEGIN ") {
        Some((_, rest)) => framed(rest).ok_or_else(|| fails(Found::Damaged)),
        None => unframed(&text, expected).ok_or_else(|| {
            let path = text.len() < 1024 && looks_like_path(text.trim());
            fails(if path {
                Found::Path
            } else {
                Found::Unrecognized
            })
        }),
    }
}

/// Environment variables and JSON files often hold `\n` as two characters.
fn with_line_breaks(text: &str) -> Zeroizing<String> {
    // With room for all of it from the beginning: a text that grows leaves copies behind that nobody wipes.
    let mut whole = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = cut(rest, "\\") {
        whole.push_str(before);
        rest = match after.as_bytes().first() {
            Some(b'n') => {
                whole.push('\n');
                &after[1..]
            }
            Some(b'r') => &after[1..],
            _ => {
                whole.push('\\');
                after
            }
        };
    }
    whole.push_str(rest);
    whole
}

/// Programs write the parameters of a curve (`EC PARAMETERS`, `SM2 PARAMETERS`) before the key, which names the curve itself.
fn without_parameters(text: &str) -> &str {
    match cut(text, " PARAMETERS-----") {
        Some((before, rest)) if before.matches("-----").count() == 1 => {
            cut(rest, " PARAMETERS-----").map_or(text, |(_, rest)| rest)
        }
        _ => text,
    }
}

/// What follows `-----BEGIN `.
fn framed(rest: &str) -> Option<Block> {
    let (label, rest) = cut(rest, "-----")?;
    let (body, _) = cut(rest, "-----END ")?;
    let mut label = label.trim().to_owned();
    if cut(body, "Proc-Type:").is_some() && cut(body, "ENCRYPTED").is_some() {
        label.insert_str(0, "ENCRYPTED ");
        let der = Zeroizing::new(Vec::new());
        return Some(Block {
            label: Some(label),
            der,
        });
    }
    let der = bare(body)?;
    Some(Block {
        label: Some(label),
        der,
    })
}

/// Base64 without a frame: of DER, or of a whole PEM file, as secrets are often stored.
fn unframed(text: &str, expected: &'static str) -> Option<Block> {
    let der = bare(text)?;
    if der.starts_with(b"-----BEGIN ") {
        return open(&der, expected).ok();
    }
    let sequence = der.first() == Some(&SEQUENCE);
    sequence.then_some(Block { label: None, der })
}

fn bare(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut compact = Zeroizing::new(String::with_capacity(text.len()));
    compact.extend(text.chars().filter(|c| !c.is_whitespace()));
    STANDARD.decode(compact.as_bytes()).ok().map(Zeroizing::new)
}

fn looks_like_path(text: &str) -> bool {
    let extension = Path::new(text).extension().and_then(|it| it.to_str());
    let known = ["pem", "key", "crt", "cer", "der", "p12", "pfx", "txt"];
    extension.is_some_and(|it| known.contains(&it.to_ascii_lowercase().as_str()))
}
