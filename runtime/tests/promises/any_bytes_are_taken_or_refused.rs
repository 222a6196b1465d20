//! Files of keys, certificates and stores come from people: whatever bytes they have, they are taken or refused, and nothing panics.

use crate::support::keys::{Keys, own};
use proptest::prelude::*;
use wechatpay_runtime::credentials::Pkcs12;
use wechatpay_runtime::{Certificate, PrivateKey, PublicKey};

/// Reads bytes as everything that they could be; whether any of it was taken.
fn read_as_everything(bytes: &[u8], passphrase: &str) -> bool {
    let store = Pkcs12::from_bytes(bytes).and_then(|store| store.open(passphrase));
    [
        PrivateKey::from_bytes(bytes).is_ok(),
        PrivateKey::from_encrypted_bytes(bytes, passphrase).is_ok(),
        PublicKey::from_bytes(bytes).is_ok(),
        Certificate::from_bytes(bytes).is_ok(),
        store.is_ok(),
    ]
    .contains(&true)
}

/// Every file of the vectors' keys and of the project's own.
fn files() -> Vec<Vec<u8>> {
    let keys = Keys::load();
    let folder = crate::support::keys::directory().join("keys");
    let names = std::fs::read_dir(folder).expect("a folder");
    let names = names.map(|entry| entry.expect("a file").file_name());
    let mut files: Vec<_> = names
        .map(|name| keys.bytes(name.to_str().expect("a name")))
        .collect();
    for name in ["scrypt.key.pem", "aes128.key.der", "chain.p12", "plain.p12"] {
        files.push(own(name));
    }
    files
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    let keys = Keys::load();
    for name in ["merchant.p12", "merchant.legacy.p12"] {
        let whole = keys.bytes(name);
        for length in 0..whole.len() {
            let cut = &whole[..length];
            assert!(!read_as_everything(cut, &keys.p12_passphrase), "{length}");
        }
    }
    let whole = own("aes128.key.der");
    for length in 0..whole.len() {
        assert!(!read_as_everything(&whole[..length], "correct"), "{length}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300), sequence: bool) {
        let mut bytes = bytes;
        if let (true, Some(first)) = (sequence, bytes.first_mut()) {
            *first = 0x30;
        }
        read_as_everything(&bytes, "1900000109");
    }

    #[test]
    fn files_with_changed_bytes(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        early: bool,
    ) {
        let files = files();
        let mut bytes = file.get(&files).clone();
        for (at, byte) in changes {
            // What tells how the rest is to be read stands at the beginning.
            let length = if early { bytes.len().min(120) } else { bytes.len() };
            bytes[at.index(length)] = byte;
        }
        read_as_everything(&bytes, "1929141777");
    }
}
