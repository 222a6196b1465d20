//! Private keys that are encrypted with a passphrase: PKCS#8 by PBES2.

use super::Found;
use pkcs8::der::{ErrorKind, Tag};
use pkcs8::pkcs5::pbes2::Kdf;
use pkcs8::{EncryptedPrivateKeyInfoRef, Error, pkcs5};
use zeroize::Zeroizing;

/// How often a passphrase is hashed at most: some seconds of work.
const MOST_ITERATIONS: u32 = 10_000_000;

/// The memory that scrypt may take, in bytes.
const MOST_MEMORY: u64 = 1 << 30;

/// How often scrypt may fill its memory.
const MOST_PARALLEL: u16 = 16;

/// Decrypts a key: PKCS#8 without encryption.
pub(super) fn open(der: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, Found> {
    // What is encrypted by PEM's own old way (`Proc-Type: 4,ENCRYPTED`) comes without a content.
    if der.is_empty() {
        return Err(Found::UnsupportedEncryption);
    }
    let sealed = EncryptedPrivateKeyInfoRef::try_from(der).map_err(unreadable)?;
    let parameters = sealed.encryption_algorithm.pbes2();
    if !parameters.is_some_and(|parameters| is_feasible(&parameters.kdf)) {
        return Err(Found::UnsupportedEncryption);
    }
    match sealed.decrypt(passphrase) {
        Ok(plain) => Ok(Zeroizing::new(plain.as_bytes().to_vec())),
        Err(Error::EncryptedPrivateKey(
            pkcs5::Error::UnsupportedAlgorithm { .. }
            | pkcs5::Error::AlgorithmParametersInvalid { .. }
            | pkcs5::Error::NoPbes1CryptSupport,
        )) => Err(Found::UnsupportedEncryption),
        Err(_) => Err(Found::WrongPassphrase),
    }
}

fn unreadable(error: Error) -> Found {
    match error {
        Error::Asn1(error) => match error.kind() {
            // The second is what the old algorithms (PBES1) are told by.
            ErrorKind::OidUnknown { .. }
            | ErrorKind::Value {
                tag: Tag::ObjectIdentifier,
            } => Found::UnsupportedEncryption,
            _ => Found::Damaged,
        },
        _ => Found::Damaged,
    }
}

/// Whether the work that the file asks for is such that a sane program may have asked for it.
fn is_feasible(kdf: &Kdf) -> bool {
    match kdf {
        Kdf::Pbkdf2(parameters) => parameters.iteration_count <= MOST_ITERATIONS,
        Kdf::Scrypt(parameters) => {
            let block = 128 * u64::from(parameters.block_size);
            let memory = parameters.cost_parameter.checked_mul(block);
            memory.is_some_and(|bytes| bytes <= MOST_MEMORY)
                && parameters.parallelization <= MOST_PARALLEL
        }
        _ => false,
    }
}
