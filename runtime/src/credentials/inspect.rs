//! Tells what a key file holds, for an error that helps.

use super::Found;
use super::armor::Block;
use x509_parser::asn1_rs::{Any, FromDer, Oid, Sequence, Tag};
use x509_parser::certificate::X509Certificate;

/// What a block holds, by its label, else by its structure.
pub(super) fn inspect(block: &Block) -> Found {
    match block.label.as_deref() {
        Some("CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE") => Found::Certificate,
        Some(label) if label.starts_with("ENCRYPTED ") => Found::EncryptedPrivateKey,
        Some(label) if label.starts_with("EC ") => Found::EllipticPrivateKey,
        Some("RSA PRIVATE KEY") => Found::PrivateKey,
        Some("RSA PUBLIC KEY") => Found::PublicKey,
        _ => structure(&block.der),
    }
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
        [Tag::Integer, Tag::Sequence, Tag::OctetString, ..] => match is_rsa(parts.get(1)) {
            true => Found::PrivateKey,
            false => Found::EllipticPrivateKey,
        },
        [Tag::Integer, Tag::OctetString, ..] => Found::EllipticPrivateKey,
        [Tag::Sequence, Tag::BitString] => match is_rsa(parts.first()) {
            true => Found::PublicKey,
            false => Found::EllipticPublicKey,
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

/// Whether an algorithm's identifier is that of RSA.
fn is_rsa(identifier: Option<&Any<'_>>) -> bool {
    let Some(identifier) = identifier else {
        return false;
    };
    match Oid::from_der(identifier.data) {
        Ok((_, oid)) => oid == x509_parser::oid_registry::OID_PKCS1_RSAENCRYPTION,
        Err(_) => false,
    }
}
