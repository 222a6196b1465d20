//! Keys are made, written, read back, and refused where they do not belong together.

use std::fs;
use wechatpay_sandbox::{Error, KeyMaterial, SandboxKeys};

fn keys() -> SandboxKeys {
    SandboxKeys::shared().expect("keys")
}

fn refused(change: impl FnOnce(&mut KeyMaterial)) -> String {
    let mut material = keys().material().clone();
    change(&mut material);
    let error = SandboxKeys::from_material(material).expect_err("keys that do not belong together");
    error.to_string()
}

#[test]
fn keys_survive_a_directory() {
    let directory = tempfile::tempdir().expect("a directory");
    let keys = keys();
    let place = directory.path().join("keys");
    keys.write_to(&place).expect("written");
    keys.write_to(&place).expect("written again");
    let read = SandboxKeys::read_from(&place).expect("read");
    assert!(read.material() == keys.material());
    assert!(read.client_material().expect("material") == keys.client_material().expect("material"));
    let serial = keys.platform_certificates()[0].serial_no();
    let client_files = [
        "apiclient_key.pem".to_owned(),
        "apiclient_cert.pem".to_owned(),
        "pub_key.pem".to_owned(),
        format!("wechatpay_{serial}.pem"),
        "sandbox.json".to_owned(),
    ];
    for name in client_files {
        assert!(place.join(&name).is_file(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn files_with_secrets_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().expect("a directory");
    let loose = directory.path().join("apiclient_key.pem");
    fs::write(&loose, "old").expect("written");
    fs::set_permissions(&loose, fs::Permissions::from_mode(0o644)).expect("permissions");
    keys().write_to(directory.path()).expect("written");
    let mut secrets = 0;
    for entry in fs::read_dir(directory.path()).expect("a directory") {
        let path = entry.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a text");
        if text.contains("PRIVATE KEY") || text.contains(keys().apiv3_key()) {
            let mode = fs::metadata(&path).expect("metadata").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
            secrets += 1;
        }
    }
    assert_eq!(secrets, 5);
}

#[test]
fn a_missing_file_is_named() {
    let directory = tempfile::tempdir().expect("a directory");
    keys().write_to(directory.path()).expect("written");
    fs::remove_file(directory.path().join("apiclient_cert.pem")).expect("removed");
    let error = SandboxKeys::read_from(directory.path()).expect_err("a file is missing");
    assert!(matches!(&error, Error::File { .. }));
    assert!(error.to_string().contains("apiclient_cert.pem"), "{error}");
}

#[test]
fn keys_must_belong_together() {
    let other = keys().material().public_key_private_key.clone();
    let message = refused(|material| material.merchant_private_key = other);
    assert!(message.contains("the merchant's certificate"), "{message}");
    let message = refused(|material| material.merchant_private_key = "nonsense".into());
    assert!(message.contains("the merchant's private key"), "{message}");
    let message = refused(|material| material.merchant_certificate = "nonsense".into());
    assert!(message.contains("X.509 certificate as PEM"), "{message}");
    let message = refused(|material| material.apiv3_key.push('x'));
    assert!(message.contains("33 bytes; expected 32"), "{message}");
    let message = refused(|material| material.platform_certificates.clear());
    assert!(message.contains("platform certificates"), "{message}");
}

#[test]
fn generated_keys_are_plausible_and_new() {
    let (one, two) = (keys(), SandboxKeys::generate().expect("keys"));
    assert!(one.material() != two.material());
    let serial = one.merchant().serial_no();
    assert_eq!(serial.len(), 40);
    assert!(
        serial
            .bytes()
            .all(|byte| b"0123456789ABCDEF".contains(&byte))
    );
    assert!(one.platform_public_key().id().starts_with("PUB_KEY_ID_"));
    let certificate = &one.platform_certificates()[0];
    assert!(certificate.not_before() < certificate.not_after());
}

#[test]
fn debug_shows_no_key() {
    let keys = keys();
    let material = keys.client_material().expect("material");
    let shown = format!("{keys:?} {:?} {material:?}", keys.material());
    assert!(shown.contains(&material.mchid));
    assert!(
        !shown.contains("PRIVATE KEY") && !shown.contains(keys.apiv3_key()),
        "{shown}"
    );
}
