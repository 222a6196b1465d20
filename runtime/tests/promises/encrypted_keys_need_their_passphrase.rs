//! Private keys that are encrypted with a passphrase are read with it, and a wrong one is told apart from a damaged file.

use crate::support::keys::{Keys, own};
use wechatpay_runtime::credentials::Found;
use wechatpay_runtime::{Certificate, KeyError, PrivateKey};

/// Whether it is the vectors' merchant key.
fn is_the_merchants(keys: &Keys, key: Result<PrivateKey, KeyError>) {
    let certificate = Certificate::from_pem(&keys.file("merchant.crt.pem")).expect("one");
    let sealed = certificate
        .public_key()
        .encrypt("same key")
        .expect("sealed");
    assert_eq!(
        key.expect("a key").decrypt(&sealed).as_deref(),
        Ok("same key")
    );
}

fn refused(key: Result<PrivateKey, KeyError>, found: &Found) {
    let error = key.expect_err("refused");
    assert_eq!(error.found(), found, "{error}");
}

#[test]
fn the_vectors_key_in_every_armor() {
    let keys = Keys::load();
    let pem = keys.file("merchant.encrypted.key.pem");
    let passphrase = keys.encrypted_key_passphrase.as_str();
    let bare: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for form in [
        pem.clone(),
        pem.replace('\n', "\r\n"),
        pem.replace('\n', "\\n"),
        bare,
    ] {
        is_the_merchants(&keys, PrivateKey::from_encrypted_pem(&form, passphrase));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("key.pem");
    std::fs::write(&path, pem).expect("a file");
    is_the_merchants(&keys, PrivateKey::from_encrypted_file(&path, passphrase));
}

#[test]
fn what_openssl_writes() {
    let keys = Keys::load();
    for name in [
        "scrypt.key.pem",
        "triple-des-sha1.key.pem",
        "aes128.key.der",
    ] {
        let bytes = own(name);
        is_the_merchants(&keys, PrivateKey::from_encrypted_bytes(&bytes, "correct"));
        for wrong in ["", "Correct", "correct "] {
            let key = PrivateKey::from_encrypted_bytes(&bytes, wrong);
            refused(key, &Found::WrongPassphrase);
        }
    }
    for name in ["pbes1.key.pem", "aria.key.pem", "traditional.key.pem"] {
        let key = PrivateKey::from_encrypted_bytes(&own(name), "correct");
        refused(key, &Found::UnsupportedEncryption);
    }
}

#[test]
fn a_key_that_is_not_encrypted_needs_no_passphrase() {
    let keys = Keys::load();
    let pem = keys.file("merchant.pkcs1.key.pem");
    is_the_merchants(&keys, PrivateKey::from_encrypted_pem(&pem, "any"));
}

#[test]
fn a_wrong_passphrase_is_not_a_damaged_file() {
    let keys = Keys::load();
    let pem = keys.file("merchant.encrypted.key.pem");
    let wrong = PrivateKey::from_encrypted_pem(&pem, "not the passphrase");
    let error = wrong.expect_err("refused");
    assert_eq!(error.found(), &Found::WrongPassphrase);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("not the passphrase"), "{shown}");
    let passphrase = keys.encrypted_key_passphrase.as_str();
    let cut_pem = &pem[..pem.len() / 2];
    refused(
        PrivateKey::from_encrypted_pem(cut_pem, passphrase),
        &Found::Damaged,
    );
    let der = own("aes128.key.der");
    let cut_der = &der[..der.len() - 100];
    refused(
        PrivateKey::from_encrypted_bytes(cut_der, "correct"),
        &Found::Damaged,
    );
}

#[test]
fn a_file_that_asks_for_too_much_work_is_refused() {
    let mut der = own("aes128.key.der");
    // 2,048 rounds of PBKDF2 become two milliards; five lengths around the number grow by its two bytes.
    assert_eq!(der[44..48], [0x02, 0x02, 0x08, 0x00]);
    der.splice(44..48, [0x02, 0x04, 0x7F, 0xFF, 0xFF, 0xFF]);
    for length in [3, 5, 18, 20, 33] {
        der[length] += 2;
    }
    let key = PrivateKey::from_encrypted_bytes(&der, "correct");
    refused(key, &Found::UnsupportedEncryption);
}
