//! Digests of files, in lower-case hexadecimal.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use sm3::Sm3;

/// The digest of some bytes; `None` for an algorithm that the sandbox does not have.
pub fn digest(algorithm: &str, content: &[u8]) -> Option<String> {
    match algorithm {
        "sha256" => Some(hexadecimal::<Sha256>(content)),
        "sm3" => Some(hexadecimal::<Sm3>(content)),
        "sha1" => Some(hexadecimal::<Sha1>(content)),
        "md5" => Some(hexadecimal::<Md5>(content)),
        _ => None,
    }
}

fn hexadecimal<D: Digest>(content: &[u8]) -> String {
    let digest = D::digest(content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standards() {
        for (algorithm, expected) in [
            (
                "sha256",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                "sm3",
                "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            ),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
        ] {
            assert_eq!(digest(algorithm, b"abc").as_deref(), Some(expected));
        }
        assert_eq!(digest("sha512", b"abc"), None);
    }
}
