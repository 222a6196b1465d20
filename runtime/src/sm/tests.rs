//! The results of other implementations: the vectors (`WECHATPAY_VECTORS`, else the project's copy), and those of openssl and of
//! Python's `cryptography` in `tests/sm`.

use crate::credentials::{Algorithm, Apiv3Key, PrivateKey, PublicKey};
use crate::encrypt::{Resource, ResourceError, Unencryptable};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn vector(path: &str) -> PathBuf {
    match std::env::var_os("WECHATPAY_VECTORS") {
        Some(directory) => Path::new(&directory).join(path),
        None => project("tests/vectors").join(path),
    }
}

fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

fn witness() -> Value {
    json(&project("tests/sm/witness.json"))
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap_or_else(|| panic!("`{name}`"))
}

fn cases<'a>(whole: &'a Value, name: &str) -> &'a Vec<Value> {
    let cases = whole[name].as_array().expect(name);
    assert!(!cases.is_empty());
    cases
}

fn private(name: &str) -> PrivateKey {
    PrivateKey::from_file(vector(&format!("keys/{name}.key.pem"))).expect(name)
}

fn public(name: &str) -> PublicKey {
    PublicKey::from_file(vector(&format!("keys/{name}.pub.pem"))).expect(name)
}

fn bytes(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).expect("base64")
}

fn apiv3_key() -> Apiv3Key {
    Apiv3Key::new(text(&json(&vector("keys/keys.json")), "apiv3_key")).expect("a key")
}

fn resource(case: &Value) -> Resource<'_> {
    Resource {
        algorithm: text(case, "algorithm"),
        nonce: text(case, "nonce"),
        associated_data: text(case, "associated_data"),
        ciphertext: text(case, "ciphertext"),
    }
}

#[test]
fn the_vectors_verify_and_open() {
    let vectors = json(&vector("sm.json"));
    assert_eq!(text(&vectors, "user_id"), super::USER_ID);
    let scheme = Algorithm::Sm2.scheme(crate::Identity::Merchant);
    assert_eq!(scheme, Some(text(&vectors, "scheme")));

    let case = &vectors["sign"];
    let message = text(case, "message").as_bytes();
    let key = public(text(case, "key"));
    assert!(key.verifies(message, &bytes(text(case, "signature_der_base64"))));
    let own = private(text(case, "key")).sign(message).expect("signed");
    assert!(key.verifies(message, &bytes(&own)));

    let case = &vectors["encrypt"];
    let key = private(text(case, "key"));
    let plain = text(case, "plaintext");
    let opened = key.decrypt(text(case, "ciphertext_der_base64"));
    assert_eq!(opened.as_deref(), Ok(plain));
    let sealed = public(text(case, "key")).encrypt(plain).expect("sealed");
    assert_eq!(key.decrypt(&sealed).as_deref(), Ok(plain));

    let case = &vectors["resource"];
    let opened = resource(case).open(&apiv3_key());
    assert_eq!(opened.as_deref(), Ok(text(case, "plaintext").as_bytes()));
}

#[test]
fn what_openssl_signed_verifies_and_nothing_else_does() {
    let witness = witness();
    for case in cases(&witness, "signatures") {
        let (name, message) = (text(case, "key"), text(case, "message").as_bytes());
        let signature = bytes(text(case, "signature"));
        let key = public(&format!("sm2-{name}"));
        assert!(key.verifies(message, &signature));
        assert!(!key.verifies(&[message, b"x"].concat(), &signature));
        let other = match name {
            "merchant" => "sm2-platform",
            _ => "sm2-merchant",
        };
        assert!(!public(other).verifies(message, &signature));
        for at in 0..signature.len() {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            assert!(!key.verifies(message, &changed), "{at}");
        }
        assert!(!key.verifies(message, &[signature.as_slice(), &[0]].concat()));
    }
    let case = &witness["another_user_id"];
    let signature = bytes(text(case, "signature"));
    let key = public("sm2-platform");
    assert!(!key.verifies(text(case, "message").as_bytes(), &signature));
}

#[test]
fn what_openssl_encrypted_opens_unless_it_was_changed() {
    let witness = witness();
    for case in cases(&witness, "ciphertexts") {
        let key = private(&format!("sm2-{}", text(case, "key")));
        let sealed = text(case, "ciphertext");
        let plain = text(case, "plaintext");
        assert_eq!(key.decrypt(sealed).as_deref(), Ok(plain));
        if plain.len() > 64 {
            continue;
        }
        let sealed = bytes(sealed);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(key.decrypt(&STANDARD.encode(changed)).is_err(), "{at}");
        }
    }
}

#[test]
fn what_cryptography_sealed_opens_unless_it_was_changed() {
    let witness = witness();
    let key = apiv3_key();
    let other = Apiv3Key::new(&"x".repeat(32)).expect("a key");
    for case in cases(&witness, "resources") {
        let resource = resource(case);
        let plain = text(case, "plaintext").as_bytes();
        assert_eq!(resource.open(&key).as_deref(), Ok(plain));
        let refused = Err(ResourceError::DecryptFailed);
        assert_eq!(resource.open(&other), refused);
        let aad = Resource {
            associated_data: "other",
            ..resource
        };
        assert_eq!(aad.open(&key), refused);
        let aes = Resource {
            algorithm: "AEAD_AES_256_GCM",
            ..resource
        };
        assert_eq!(aes.open(&key), refused);
        for (nonce, ciphertext, malformed) in [
            ("short", resource.ciphertext, "nonce"),
            ("thirteen byte", resource.ciphertext, "nonce"),
            (resource.nonce, "no base64", "ciphertext"),
            (resource.nonce, "AAAA", "ciphertext"),
        ] {
            let changed = Resource {
                nonce,
                ciphertext,
                ..resource
            };
            let refused = Err(ResourceError::Malformed(malformed));
            assert_eq!(changed.open(&key), refused);
        }
    }
}

#[test]
fn a_text_that_cannot_be_encrypted_is_refused() {
    let key = public("sm2-platform");
    let most = key.longest_plaintext();
    let long = "x".repeat(most + 1);
    let actual = most + 1;
    let refused = Unencryptable::TooLong { most, actual };
    assert_eq!(key.encrypt(&long), Err(refused));
    assert_eq!(key.encrypt(""), Err(Unencryptable::Failed));
}

#[test]
fn two_signatures_and_two_ciphertexts_of_one_text_differ() {
    let (private, public) = (private("sm2-platform"), public("sm2-platform"));
    assert_ne!(private.sign(b"a"), private.sign(b"a"));
    assert_ne!(public.encrypt("a"), public.encrypt("a"));
}

/// The fixtures show that others' results are taken here; this shows that ours are taken there.
#[test]
#[ignore = "needs the openssl command with SM2; run it after a change of the crates"]
fn openssl_verifies_and_opens_what_is_made_here() {
    let directory = tempfile::tempdir().expect("a directory");
    let (message, made) = (
        directory.path().join("message"),
        directory.path().join("made"),
    );
    let openssl = |arguments: &[&str]| {
        let mut command = Command::new("openssl");
        command
            .arg("pkeyutl")
            .args(arguments)
            .output()
            .expect("openssl")
    };
    let path = |path: &Path| path.to_str().expect("a text").to_owned();
    let (public_file, private_file) = (
        path(&vector("keys/sm2-platform.pub.pem")),
        path(&vector("keys/sm2-platform.key.pem")),
    );
    for text in ["a", "张三", &"x".repeat(1000)] {
        std::fs::write(&message, text).expect("written");
        let signature = private("sm2-platform")
            .sign(text.as_bytes())
            .expect("signed");
        std::fs::write(&made, bytes(&signature)).expect("written");
        let user = format!("distid:{}", super::USER_ID);
        let verified = openssl(&[
            "-verify",
            "-pubin",
            "-inkey",
            &public_file,
            "-rawin",
            "-digest",
            "sm3",
            "-pkeyopt",
            &user,
            "-sigfile",
            &path(&made),
            "-in",
            &path(&message),
        ]);
        assert!(verified.status.success(), "{verified:?}");
        let sealed = public("sm2-platform").encrypt(text).expect("sealed");
        std::fs::write(&made, bytes(&sealed)).expect("written");
        let opened = openssl(&["-decrypt", "-inkey", &private_file, "-in", &path(&made)]);
        assert_eq!(opened.stdout, text.as_bytes(), "{opened:?}");
    }
}

static MERCHANT: LazyLock<PrivateKey> = LazyLock::new(|| private("sm2-merchant"));
static MERCHANT_PUBLIC: LazyLock<PublicKey> = LazyLock::new(|| public("sm2-merchant"));
static PLATFORM: LazyLock<PublicKey> = LazyLock::new(|| public("sm2-platform"));

/// Bytes, and DER with bytes in it, which come further.
fn any_der() -> impl Strategy<Value = Vec<u8>> {
    let part = (
        prop_oneof![Just(2_u8), Just(4), Just(3), Just(0x30), any::<u8>()],
        proptest::collection::vec(any::<u8>(), 0..40),
    );
    let parts = proptest::collection::vec(part, 0..5).prop_map(|parts| {
        let mut content = Vec::new();
        for (tag, value) in parts {
            content.push(tag);
            content.push(u8::try_from(value.len()).unwrap_or_default());
            content.extend(value);
        }
        let mut der = match u8::try_from(content.len()) {
            Ok(length) if length < 128 => vec![0x30, length],
            Ok(length) => vec![0x30, 0x81, length],
            Err(_) => vec![0x30, 0x82, 0, 0],
        };
        der.extend(content);
        der
    });
    prop_oneof![parts, proptest::collection::vec(any::<u8>(), 0..200)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_refused_without_a_panic(der in any_der()) {
        prop_assert!(!PLATFORM.verifies(b"a", &der));
        prop_assert!(MERCHANT.decrypt(&STANDARD.encode(&der)).is_err());
        prop_assert!(super::Sm2PrivateKey::from_der(&der).is_none());
        prop_assert!(super::Sm2PublicKey::from_der(&der).is_none());
        drop(PrivateKey::from_bytes(&der));
        drop(PublicKey::from_bytes(&der));
        drop(crate::Certificate::from_bytes(&der));
    }

    #[test]
    fn damaged_keys_and_certificates_never_panic(at in 0_usize..500, byte: u8, length in 0_usize..500) {
        for file in ["merchant.key.der", "merchant.crt.der", "merchant.pub.der"] {
            let mut der = std::fs::read(project("tests/sm").join(file)).expect("a file");
            let at = at % der.len();
            der[at] = byte;
            drop(PrivateKey::from_bytes(&der));
            drop(PublicKey::from_bytes(&der));
            drop(crate::Certificate::from_bytes(&der));
            der.truncate(length);
            drop(PrivateKey::from_bytes(&der));
            drop(PublicKey::from_bytes(&der));
            drop(crate::Certificate::from_bytes(&der));
        }
    }
}

// Each case multiplies points several times, which takes milliseconds.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_that_is_sealed_opens(text in ".{1,300}") {
        let sealed = MERCHANT_PUBLIC.encrypt(&text).expect("sealed");
        prop_assert_eq!(MERCHANT.decrypt(&sealed), Ok(text));
    }

    #[test]
    fn any_text_that_is_signed_verifies(text in proptest::collection::vec(any::<u8>(), 0..300)) {
        let signature = MERCHANT.sign(&text).expect("signed");
        prop_assert!(MERCHANT_PUBLIC.verifies(&text, &bytes(&signature)));
        prop_assert!(!PLATFORM.verifies(&text, &bytes(&signature)));
    }
}
