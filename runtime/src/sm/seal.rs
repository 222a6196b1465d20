//! Resources sealed by SM4-GCM (RFC 8998) with a key that comes of the APIv3 key.

use crate::credentials::Apiv3Key;
use crate::encrypt::ResourceError;
use aes_gcm::AesGcm;
use aes_gcm::aead::{AeadInOut, KeyInit, consts::U12};
use sm3::{Digest, Sm3};
use sm4::Sm4;
use zeroize::Zeroizing;

/// The crate is generic over the block cipher: GCM is the same for each of 16 bytes a block.
type Sm4Gcm = AesGcm<Sm4, U12>;

/// Opens what was sealed: the ciphertext with its tag of 16 bytes at the end.
pub(crate) fn open(
    key: &Apiv3Key,
    nonce: &[u8],
    associated_data: &[u8],
    mut content: Vec<u8>,
) -> Result<Vec<u8>, ResourceError> {
    let nonce = nonce
        .try_into()
        .map_err(|_| ResourceError::Malformed("nonce"))?;
    let opened = cipher(key)
        .ok_or(ResourceError::DecryptFailed)?
        .decrypt_in_place(nonce, associated_data, &mut content);
    match opened {
        Ok(()) => Ok(content),
        Err(_) => Err(ResourceError::DecryptFailed),
    }
}

/// The key is the first half of the SM3 hash over the APIv3 key.
fn cipher(key: &Apiv3Key) -> Option<Sm4Gcm> {
    let mut hash = Zeroizing::new([0; 32]);
    hash.copy_from_slice(&Sm3::digest(key.bytes()));
    Sm4Gcm::new_from_slice(hash.get(..16)?).ok()
}
