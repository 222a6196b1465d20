//! Tells what a key file holds, for an error that helps.

use super::Found;
use super::armor::Block;
use x509_parser::asn1_rs::{Any, FromDer, Oid, Sequence, Tag, oid};
use x509_parser::certificate::X509Certificate;

/// `rsaEncryption` of PKCS#1.
const RSA: Oid<'_> = oid!(1.2.840.113549.1.1.1);
/// The curve of SM2, by GM/T 0006.
const SM2: Oid<'_> = oid!(1.2.156.10197.1.301);

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

fn structure(der: &[u8]) -> Found {
    if X509Certificate::from_der(der).is_ok() {
        return Found::Certificate;
    }
    let Ok((_, outer)) = Sequence::from_der(der) else {
        return Found::Unrecognized;
    };
    let parts = parts(&outer.content);
    let tags: Vec<Tag> = parts.iter().map(|part| part.tag()).collect();
    match tags.as_slice() {
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

fn parts(mut content: &[u8]) -> Vec<Any<'_>> {
    let mut parts = Vec::new();
    while let Ok((rest, part)) = Any::from_der(content) {
        parts.push(part);
        content = rest;
    }
    parts
}

/// What an algorithm's identifier, or a curve beside a key, names.
enum Named {
    Rsa,
    Sm2,
    Other,
}

fn named_by(identifier: Option<&Any<'_>>) -> Named {
    let oids = identifier.map_or_else(Vec::new, |identifier| parts(identifier.data));
    let mut oids = oids.iter().filter_map(|part| part.as_oid().ok());
    match oids.find(|oid| *oid == RSA || *oid == SM2) {
        Some(oid) if oid == RSA => Named::Rsa,
        Some(_) => Named::Sm2,
        None => Named::Other,
    }
}
