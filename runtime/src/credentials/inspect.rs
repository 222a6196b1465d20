//! Tells what a key file holds, for an error that helps.

use super::Found;
use super::armor::Block;
use x509_cert::der::asn1::ObjectIdentifier;

/// `rsaEncryption` of PKCS#1.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// The curve of SM2, by GM/T 0006.
const SM2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301");

/// Tags, as DER writes them.
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// Before a certificate's serial number.
const VERSION: u8 = 0xA0;

/// What a block holds, by its label, else by its structure.
pub(super) fn inspect(block: &Block) -> Found {
    match block.label.as_deref() {
        Some("CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE") => Found::Certificate,
        Some(label) if label.starts_with("ENCRYPTED ") => Found::EncryptedPrivateKey,
        Some("RSA PRIVATE KEY") => Found::PrivateKey,
        Some("RSA PUBLIC KEY") => Found::PublicKey,
        label => match (structure(&block.der), label) {
            (Found::Unrecognized, Some(label)) if label.starts_with("EC ") => {
                Found::EllipticPrivateKey
            }
            (found, _) => found,
        },
    }
}

/// Whose key a certificate holds, by its SubjectPublicKeyInfo.
pub(super) fn key_of_certificate(spki: &[u8]) -> Found {
    structure(spki)
}

/// How many bits the modulus of a public key for RSA has, which is given as PKCS#1: the first of its two numbers.
pub(super) fn modulus_bits(der: &[u8]) -> usize {
    let outer = parts(der);
    let numbers = outer
        .first()
        .map_or_else(Vec::new, |key| parts(key.content));
    let modulus = numbers.first().map_or(&[][..], |number| number.content);
    match modulus {
        [0, rest @ ..] => bits(rest),
        whole => bits(whole),
    }
}

fn bits(number: &[u8]) -> usize {
    let unused = number.first().map_or(0, |first| first.leading_zeros());
    number.len() * 8 - unused as usize
}

/// By the tags of the outermost sequence's parts, without reading them: a program that has no certificate carries no parser of them.
fn structure(der: &[u8]) -> Found {
    let outer = parts(der);
    let Some(outer) = outer.first().filter(|outer| outer.tag == SEQUENCE) else {
        return Found::Unrecognized;
    };
    let parts = parts(outer.content);
    let tags: Vec<u8> = parts.iter().map(|part| part.tag).collect();
    match tags.as_slice() {
        [SEQUENCE, SEQUENCE, BIT_STRING] => match is_certified(parts.first()) {
            true => Found::Certificate,
            false => Found::Unrecognized,
        },
        [INTEGER, SEQUENCE, OCTET_STRING, ..] => match named_by(parts.get(1)) {
            Named::Rsa => Found::PrivateKey,
            Named::Sm2 => Found::Sm2PrivateKey,
            Named::Other => Found::EllipticPrivateKey,
        },
        // SEC1: the curve stands beside the key.
        [INTEGER, OCTET_STRING, ..] => match named_by(parts.get(2)) {
            Named::Sm2 => Found::Sm2PrivateKey,
            _ => Found::EllipticPrivateKey,
        },
        [SEQUENCE, BIT_STRING] => match named_by(parts.first()) {
            Named::Rsa => Found::PublicKey,
            Named::Sm2 => Found::Sm2PublicKey,
            Named::Other => Found::EllipticPublicKey,
        },
        [SEQUENCE, OCTET_STRING] => Found::EncryptedPrivateKey,
        [INTEGER, INTEGER] => Found::PublicKey,
        [INTEGER, INTEGER, ..] => Found::PrivateKey,
        [INTEGER, SEQUENCE, ..] => Found::Pkcs12,
        _ => Found::Unrecognized,
    }
}

/// A value as DER writes it: the byte of its tag, and its content.
struct Part<'a> {
    tag: u8,
    content: &'a [u8],
}

/// The values that stand one after the other, up to the first that cannot be read. The crate `der` would judge them too, which is much code.
fn parts(mut content: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some((part, rest)) = part(content) {
        parts.push(part);
        content = rest;
    }
    parts
}

/// The first value, and what follows it. No key has a tag of several bytes, nor a length of more than four.
fn part(bytes: &[u8]) -> Option<(Part<'_>, &[u8])> {
    let [tag, first, rest @ ..] = bytes else {
        return None;
    };
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (length, rest) = rest.split_at_checked(usize::from(first & 0x0F))?;
            let add = |length: usize, byte: &u8| (length << 8) | usize::from(*byte);
            (length.iter().fold(0, add), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((Part { tag: *tag, content }, rest))
}

/// Whether what is signed is that of a certificate, and not of a request for one or of a list of revoked ones: a serial number, then
/// algorithm, issuer, validity, subject and key.
fn is_certified(signed: Option<&Part<'_>>) -> bool {
    let parts = signed.map_or_else(Vec::new, |signed| parts(signed.content));
    let tags: Vec<u8> = parts.iter().map(|part| part.tag).collect();
    let after_version = match tags.as_slice() {
        [VERSION, rest @ ..] => rest,
        all => all,
    };
    after_version.starts_with(&[INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE])
}

/// What an algorithm's identifier, or a curve beside a key, names.
enum Named {
    Rsa,
    Sm2,
    Other,
}

fn named_by(identifier: Option<&Part<'_>>) -> Named {
    let named = identifier.map_or_else(Vec::new, |identifier| parts(identifier.content));
    for part in named.iter().filter(|part| part.tag == OBJECT_IDENTIFIER) {
        if part.content == RSA.as_bytes() {
            return Named::Rsa;
        }
        if part.content == SM2.as_bytes() {
            return Named::Sm2;
        }
    }
    Named::Other
}
