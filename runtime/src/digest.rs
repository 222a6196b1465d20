//! Digests of what comes in pieces: of a file that is uploaded, and of one that is downloaded.

use crate::operation::DigestAlgorithm;
use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use md5::Md5;
use sm3::{Digest as _, Sm3};

/// A digest that is being made.
#[derive(Clone)]
pub(crate) enum RunningDigest {
    Library(Context),
    Sm3(Sm3),
    Md5(Md5),
}

impl RunningDigest {
    /// Begins, with nothing digested yet.
    #[inline]
    pub(crate) fn new(algorithm: DigestAlgorithm) -> Self {
        match algorithm {
            DigestAlgorithm::Sha256 => Self::Library(Context::new(&SHA256)),
            DigestAlgorithm::Sha1 => Self::Library(Context::new(&SHA1_FOR_LEGACY_USE_ONLY)),
            DigestAlgorithm::Sm3 => Self::Sm3(Sm3::new()),
            DigestAlgorithm::Md5 => Self::Md5(Md5::new()),
        }
    }

    /// Takes the next bytes.
    #[inline]
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Library(context) => context.update(bytes),
            Self::Sm3(sm3) => sm3.update(bytes),
            Self::Md5(md5) => md5.update(bytes),
        }
    }

    /// The digest of all that was taken, in lower-case hexadecimal.
    #[inline]
    pub(crate) fn finish(self) -> String {
        match self {
            Self::Library(context) => hexadecimal(context.finish().as_ref()),
            Self::Sm3(sm3) => hexadecimal(&sm3.finalize()),
            Self::Md5(md5) => hexadecimal(&md5.finalize()),
        }
    }
}

/// The digest of bytes that are at hand, in lower-case hexadecimal.
#[inline]
pub(crate) fn digest(algorithm: DigestAlgorithm, bytes: &[u8]) -> String {
    let mut running = RunningDigest::new(algorithm);
    running.update(bytes);
    running.finish()
}

#[inline]
fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
    let pairs = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)]);
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [DigestAlgorithm; 4] = [
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Sm3,
        DigestAlgorithm::Sha1,
        DigestAlgorithm::Md5,
    ];

    /// The digests of `abc`, as the standards print them.
    #[test]
    fn digests_are_those_of_the_standards() {
        let expected = [
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "900150983cd24fb0d6963f7d28e17f72",
        ];
        for (algorithm, expected) in ALL.into_iter().zip(expected) {
            assert_eq!(digest(algorithm, b"abc"), expected);
        }
    }

    proptest! {
        #[test]
        fn pieces_give_the_digest_of_the_whole(pieces in proptest::collection::vec(any::<Vec<u8>>(), 0..8)) {
            for algorithm in ALL {
                let mut running = RunningDigest::new(algorithm);
                for piece in &pieces {
                    running.update(piece);
                }
                prop_assert_eq!(running.finish(), digest(algorithm, &pieces.concat()));
            }
        }
    }
}
