//! Certificates that were fetched are saved in a file, which serves the same merchant after a restart, and nobody else.

use crate::support::example::{order, post};
use crate::support::keys::Keys;
use crate::support::log::Log;
use crate::support::platform::{NEW, OLD, fetches, serving, without_keys};
use std::path::Path;
use std::time::Duration;
use wechatpay_runtime::{AutomaticCertificates, Client, ClientBuilder};

/// A builder of a client that saves what it fetches from a server.
fn saving(keys: &Keys, path: &Path, url: &str) -> ClientBuilder {
    let automatic = AutomaticCertificates::new().saved_in(path);
    without_keys(keys)
        .platform_certificates_automatic(automatic)
        .base_url(url)
}

/// Fetches and saves certificates, as a process does before it is started again.
async fn save(keys: &Keys, path: &Path) {
    let server = serving(&[OLD, NEW], NEW);
    let client = saving(keys, path, &server.url).build().expect("a client");
    post(&client, &order()).await.expect("a reply");
    // They are written beside the call.
    for _ in 0..10_000 {
        if path.exists() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("nothing was saved");
}

#[tokio::test]
async fn a_restart_with_a_file_fetches_nothing() {
    let keys = Keys::load();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificates.json");
    save(&keys, &path).await;
    let server = serving(&[OLD, NEW], NEW);
    let client: Client = saving(&keys, &path, &server.url).build().expect("a client");
    post(&client, &order()).await.expect("a reply");
    assert_eq!(server.only().method, "POST");
}

/// Two merchants may have the same APIv3 key, so that one could open what the other saved.
#[tokio::test]
async fn what_another_merchant_saved_is_not_taken() {
    let keys = Keys::load();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificates.json");
    save(&keys, &path).await;
    let server = serving(&[OLD, NEW], NEW);
    let log = Log::listen();
    let other = saving(&keys, &path, &server.url).mchid("1900000110");
    let other = other.build().expect("a client");
    assert!(log.text().contains("another merchant"), "{}", log.text());
    post(&other, &order()).await.expect("a reply");
    assert_eq!(fetches(&server).len(), 1);
}

#[tokio::test]
async fn a_damaged_file_is_ignored() {
    let keys = Keys::load();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificates.json");
    std::fs::write(&path, "{}").expect("written");
    let server = serving(&[OLD, NEW], NEW);
    let log = Log::listen();
    let client = saving(&keys, &path, &server.url).build();
    let client = client.expect("a client");
    post(&client, &order()).await.expect("a reply");
    assert!(log.text().contains("was ignored"), "{}", log.text());
    assert_eq!(fetches(&server).len(), 1);
}
