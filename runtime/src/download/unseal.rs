//! Opens what is sealed by GCM while it arrives: the tag, which tells whether it is whole and unchanged, stands at its end.

#[cfg(feature = "sm")]
use ::sm4::Sm4;
use aes::Aes256;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use bytes::{Bytes, BytesMut};
use ctr::cipher::array::Array;
use ctr::cipher::consts::U16;
use ctr::cipher::{
    BlockCipherEncrypt, BlockSizeUser, InnerIvInit, KeyInit, StreamCipher, StreamCipherCoreWrapper,
};
use ctr::{CtrCore, flavors::Ctr32BE};
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

/// The length of a block, and of the tag at the end.
const BLOCK: usize = 16;

/// The length of the nonces that begin the counter as they are; others are hashed for it.
const PLAIN_NONCE: usize = 12;

/// Opens one sealed file.
pub(super) struct Unseal {
    stream: Box<dyn Stream>,
    hash: GHash,
    /// What is hashed together with the tag at last.
    mask: [u8; BLOCK],
    /// What was given and may be part of the tag, or of a block that is not whole.
    held: BytesMut,
    /// How many bytes of ciphertext were hashed.
    length: u64,
}

/// The content was changed, breaks off, or was sealed with another key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BrokenSeal;

/// A keystream of some cipher.
trait Stream: Send {
    fn apply(&mut self, bytes: &mut [u8]) -> Result<(), BrokenSeal>;
}

impl<C: StreamCipher + Send> Stream for C {
    fn apply(&mut self, bytes: &mut [u8]) -> Result<(), BrokenSeal> {
        // It ends after 64 GiB.
        self.try_apply_keystream(bytes).map_err(|_| BrokenSeal)
    }
}

impl Unseal {
    /// By AES with a key of 32 bytes; with the feature `sm` by SM4 with one of 16. `None` for any other key, and without a nonce.
    pub(super) fn new(key: &[u8], nonce: &[u8]) -> Option<Self> {
        if nonce.is_empty() {
            return None;
        }
        match key.len() {
            32 => Some(Self::by(Aes256::new_from_slice(key).ok()?, nonce)),
            #[cfg(feature = "sm")]
            16 => Some(Self::by(Sm4::new_from_slice(key).ok()?, nonce)),
            _ => None,
        }
    }

    fn by<C>(cipher: C, nonce: &[u8]) -> Self
    where
        C: BlockCipherEncrypt + BlockSizeUser<BlockSize = U16> + Send + 'static,
    {
        let mut zeros = Array::default();
        cipher.encrypt_block(&mut zeros);
        let hash = GHash::new(&zeros);
        let first = first_counter(&hash, nonce);
        let core = CtrCore::<C, Ctr32BE>::inner_iv_init(cipher, &first);
        let mut stream = StreamCipherCoreWrapper::from_core(core);
        let mut mask = [0; BLOCK];
        stream.apply_keystream(&mut mask);
        Self {
            stream: Box::new(stream),
            hash,
            mask,
            held: BytesMut::new(),
            length: 0,
        }
    }

    /// Opens the next piece, as far as it can be opened yet. Who changed it is told at the end alone.
    pub(super) fn open(&mut self, piece: &[u8]) -> Result<Bytes, BrokenSeal> {
        self.held.extend_from_slice(piece);
        let sure = self.held.len().saturating_sub(BLOCK);
        let mut blocks = self.held.split_to(sure - sure % BLOCK);
        self.decrypt(&mut blocks)?;
        Ok(blocks.freeze())
    }

    /// Opens the rest, where the tag is right.
    pub(super) fn finish(mut self) -> Result<Bytes, BrokenSeal> {
        let rest = self.held.len().checked_sub(BLOCK).ok_or(BrokenSeal)?;
        let mut rest = self.held.split_to(rest);
        self.decrypt(&mut rest)?;
        let mut tag = self.hash;
        tag.update(&[bits(self.length)]);
        let mut tag = tag.finalize();
        for (byte, mask) in tag.iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
        verify_slices_are_equal(&tag, &self.held).map_err(|_| BrokenSeal)?;
        Ok(rest.freeze())
    }

    /// Hashes and decrypts whole blocks, or what comes last.
    fn decrypt(&mut self, ciphertext: &mut [u8]) -> Result<(), BrokenSeal> {
        self.hash.update_padded(ciphertext);
        self.length += ciphertext.len() as u64;
        self.stream.apply(ciphertext)
    }
}

/// The counter that the tag is masked with; those of the content follow.
fn first_counter(hash: &GHash, nonce: &[u8]) -> Array<u8, U16> {
    let mut counter = Array::default();
    if nonce.len() == PLAIN_NONCE {
        let (begin, end) = counter.split_at_mut(PLAIN_NONCE);
        begin.copy_from_slice(nonce);
        end.copy_from_slice(&1_u32.to_be_bytes());
        return counter;
    }
    let mut hash = hash.clone();
    hash.update_padded(nonce);
    hash.update(&[bits(nonce.len() as u64)]);
    hash.finalize()
}

/// The block that ends what is hashed: how long it is, in bits. Nothing is sealed besides, so that its first half is zero.
fn bits(bytes: u64) -> Array<u8, U16> {
    Array((u128::from(bytes) << 3).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::download::tests::cut;
    use aes_gcm::AesGcm;
    use aes_gcm::aead::consts::{U12, U32};
    use aes_gcm::aead::{Aead, Nonce};
    use proptest::prelude::*;

    const KEY: &[u8] = b"0123456789abcdef0123456789ABCDEF";

    fn sealed(nonce: &[u8], content: &[u8]) -> Vec<u8> {
        fn by<A: Aead + KeyInit>(nonce: &[u8], content: &[u8]) -> Vec<u8> {
            let cipher = A::new_from_slice(KEY).expect("a key");
            let nonce = Nonce::<A>::try_from(nonce).expect("a nonce");
            cipher.encrypt(&nonce, content).expect("sealed")
        }
        match nonce.len() {
            12 => by::<AesGcm<Aes256, U12>>(nonce, content),
            16 => by::<AesGcm<Aes256, U16>>(nonce, content),
            _ => by::<AesGcm<Aes256, U32>>(nonce, content),
        }
    }

    fn opened(
        key: &[u8],
        nonce: &[u8],
        pieces: impl IntoIterator<Item = Bytes>,
    ) -> Result<Vec<u8>, BrokenSeal> {
        let mut unseal = Unseal::new(key, nonce).expect("a key");
        let mut all = Vec::new();
        for piece in pieces {
            all.extend_from_slice(&unseal.open(&piece)?);
        }
        all.extend_from_slice(&unseal.finish()?);
        Ok(all)
    }

    fn hex(text: &str) -> Bytes {
        let digits: Vec<_> = text.bytes().map(char::from).collect();
        let byte = |pair: &[char]| u8::from_str_radix(&String::from_iter(pair), 16);
        digits
            .chunks(2)
            .map(|pair| byte(pair).expect("hex"))
            .collect()
    }

    const CONTENT: &str = "`2019-06-11 10:34:56,`12.30,`收入\n";

    /// Sealed by Python's `cryptography`, which calls OpenSSL.
    #[test]
    fn what_others_sealed_is_opened() {
        for (nonce, sealed) in [
            (
                "a8607ef79034",
                "4161c70bdb137b75d89d70969dd9e8acdf680c557f584da3da48dbd28f553a8b7150a7aada77e9763b5646bb517c581e47dec1bf",
            ),
            (
                "a8607ef79034c49c",
                "3be69e7b90aa1a6b899b4c14d72cea8922795565d457772881b1f8b727fad4bb5decaf3513ee1a96dd8a39447f61303632024038",
            ),
            (
                "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
                "9cd3b6b3295e331c9b24c700db188795b92c8b34a20d05df8b1c6b3d34f5fafcf2456b9702a88a7aea200a01755d7e8811a2736b",
            ),
        ] {
            let opened = opened(KEY, nonce.as_bytes(), [hex(sealed)]);
            assert_eq!(opened.expect("whole"), CONTENT.as_bytes(), "{nonce}");
        }
    }

    #[cfg(feature = "sm")]
    #[test]
    fn what_others_sealed_by_sm4_is_opened() {
        for (nonce, sealed) in [
            (
                "a8607ef79034",
                "358a41ee3e6c8eab438847caac622c52088c8350de96304584573bd267b4172cb844099091d6447caa42a957d938ae267453a14e",
            ),
            (
                "a8607ef79034c49c",
                "2f3cf210f1f9af327ab49ddab3558a377f2f4d16f2d8d872e44f55cbba0949b26fa86155efa620ca0c777cc970a15a41a16a5fe7",
            ),
        ] {
            let opened = opened(&KEY[..16], nonce.as_bytes(), [hex(sealed)]);
            assert_eq!(opened.expect("whole"), CONTENT.as_bytes(), "{nonce}");
        }
    }
    #[test]
    fn keys_of_other_lengths_are_none() {
        for length in [0, 15, 24, 31, 33] {
            assert!(Unseal::new(&vec![7; length], b"0123456789ab").is_none());
        }
        assert_eq!(Unseal::new(&[7; 16], b"x").is_some(), cfg!(feature = "sm"));
        assert!(Unseal::new(KEY, b"").is_none());
    }

    proptest! {
        #[test]
        fn any_cut_gives_the_same_bytes(
            content in proptest::collection::vec(any::<u8>(), 0..300),
            nonce in prop_oneof!["[a-z0-9]{12}", "[a-z0-9]{16}", "[a-z0-9]{32}"],
            cuts in proptest::collection::vec(0_usize..64, 0..12),
        ) {
            let sealed = sealed(nonce.as_bytes(), &content);
            let opened = opened(KEY, nonce.as_bytes(), cut(&sealed, &cuts));
            prop_assert_eq!(opened.expect("whole"), content);
        }

        #[test]
        fn what_is_changed_or_breaks_off_is_an_error(
            content in proptest::collection::vec(any::<u8>(), 0..100),
            at in any::<proptest::sample::Index>(),
            change in 1_u8..,
        ) {
            let nonce = b"a8607ef79034c49c";
            let mut sealed = sealed(nonce, &content);
            let at = at.index(sealed.len());
            let short = Bytes::copy_from_slice(&sealed[..at]);
            prop_assert!(opened(KEY, nonce, [short]).is_err());
            let whole = Bytes::copy_from_slice(&sealed);
            prop_assert!(opened(KEY, b"a8607ef79034c49d", [whole]).is_err());
            sealed[at] ^= change;
            prop_assert!(opened(KEY, nonce, [sealed.into()]).is_err());
        }
    }
}
