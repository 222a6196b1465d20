//! Tells what a key file holds, for an error that helps.

use super::Found;
use super::armor::Block;
use x509_cert::der::asn1::{AnyRef, ObjectIdentifier};
use x509_cert::der::{Reader, SliceReader, Tag, Tagged};

/// `rsaEncryption` of PKCS#1.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
/// The curve of SM2, by GM/T 0006.
const SM2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301");

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

/// By the tags of the outermost sequence's parts, without reading them: a program that has no certificate carries no parser of them.
fn structure(der: &[u8]) -> Found {
    let outer = parts(der);
    let Some(outer) = outer.first().filter(|outer| outer.tag() == Tag::Sequence) else {
        return Found::Unrecognized;
    };
    let parts = parts(outer.value());
    let tags: Vec<Tag> = parts.iter().map(Tagged::tag).collect();
    match tags.as_slice() {
        [Tag::Sequence, Tag::Sequence, Tag::BitString] => match is_certified(parts.first()) {
            true => Found::Certificate,
            false => Found::Unrecognized,
        },
        [Tag::Integer, Tag::Sequence, Tag::OctetString, ..] => match named_by(parts.get(1)) {
            Named::Rsa => Found::PrivateKey,
            Named::Sm2 => Found::Sm2PrivateKey,
            Named::Other => Found::EllipticPrivateKey,
        },
        // SEC1: the curve stands beside the key.
        [Tag::Integer, Tag::OctetString, ..] => match named_by(parts.get(2)) {
            Named::Sm2 => Found::Sm2PrivateKey,
            _ => Found::EllipticPrivateKey,
        },
        [Tag::Sequence, Tag::BitString] => match named_by(parts.first()) {
            Named::Rsa => Found::PublicKey,
            Named::Sm2 => Found::Sm2PublicKey,
            Named::Other => Found::EllipticPublicKey,
        },
        [Tag::Sequence, Tag::OctetString] => Found::EncryptedPrivateKey,
        [Tag::Integer, Tag::Integer] => Found::PublicKey,
        [Tag::Integer, Tag::Integer, ..] => Found::PrivateKey,
        [Tag::Integer, Tag::Sequence, ..] => Found::Pkcs12,
        _ => Found::Unrecognized,
    }
}

/// The values that stand one after the other, up to the first that cannot be read.
fn parts(content: &[u8]) -> Vec<AnyRef<'_>> {
    let mut parts = Vec::new();
    if let Ok(mut content) = SliceReader::new(content) {
        while let Ok(part) = content.decode() {
            parts.push(part);
        }
    }
    parts
}

/// Whether what is signed is that of a certificate, and not of a request for one or of a list of revoked ones: a serial number, then
/// algorithm, issuer, validity, subject and key.
fn is_certified(signed: Option<&AnyRef<'_>>) -> bool {
    let parts = signed.map_or_else(Vec::new, |signed| parts(signed.value()));
    let tags: Vec<Tag> = parts.iter().map(Tagged::tag).collect();
    let after_version = match tags.as_slice() {
        [Tag::ContextSpecific { .. }, rest @ ..] => rest,
        all => all,
    };
    let expected = [
        Tag::Integer,
        Tag::Sequence,
        Tag::Sequence,
        Tag::Sequence,
        Tag::Sequence,
        Tag::Sequence,
    ];
    after_version.starts_with(&expected)
}

/// What an algorithm's identifier, or a curve beside a key, names.
enum Named {
    Rsa,
    Sm2,
    Other,
}

fn named_by(identifier: Option<&AnyRef<'_>>) -> Named {
    let oids = identifier.map_or_else(Vec::new, |identifier| parts(identifier.value()));
    let mut oids = oids.iter().filter_map(|part| part.decode_as().ok());
    match oids.find(|oid: &ObjectIdentifier| *oid == RSA || *oid == SM2) {
        Some(oid) if oid == RSA => Named::Rsa,
        Some(_) => Named::Sm2,
        None => Named::Other,
    }
}
