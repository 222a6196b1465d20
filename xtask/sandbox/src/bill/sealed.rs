//! Bills that are encrypted with a key of their own: the same one for all, since a link must tell all of a bill.

use crate::Error;
use crate::seal::encrypt_field;
use aes_gcm::aead::consts::U16;
use aes_gcm::aead::{AeadInOut as _, KeyInit as _};
use aes_gcm::{AesGcm, aes::Aes256};
use bytes::Bytes;
use rsa::PublicKey;
use serde_json::{Map, Value};

/// A key as the text that WeChat Pay encrypts for the merchant.
const KEY: &[u8; 32] = b"a-key-of-the-sandbox-for-bills-1";

/// A nonce as the description's example has it: longer than the twelve bytes that sealed resources have.
const NONCE: &[u8; 16] = b"a8607ef79034c49c";

/// Puts key and nonce into the member of an answer that leads to an encrypted bill.
pub(super) fn tell(member: &mut Map<String, Value>, asker: &PublicKey) -> Result<(), Error> {
    let key = encrypt_field(asker, &String::from_utf8_lossy(KEY))?;
    member.insert("encrypt_key".into(), key.into());
    let nonce = String::from_utf8_lossy(NONCE).into_owned();
    member.insert("nonce".into(), nonce.into());
    Ok(())
}

/// Encrypts a file. The tag stands at its end.
pub(super) fn seal(pieces: impl Iterator<Item = Bytes>) -> Bytes {
    let mut file: Vec<u8> = pieces.flatten().collect();
    let sealed =
        AesGcm::<Aes256, U16>::new(KEY.into()).encrypt_in_place(NONCE.into(), b"", &mut file);
    // Only 64 GiB are too long, which no memory holds.
    sealed.map(|()| file.into()).unwrap_or_default()
}
