//! Certificates in a file.

use super::world::{Answer, NEW, OLD, World, settle};
use crate::credentials::{Apiv3Key, PlatformKeys};
use crate::operation::Host;
use crate::platform::AutomaticCertificates;
use core::time::Duration;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Waits for the thread that writes.
fn written(path: &Path) -> String {
    for _ in 0..10_000 {
        if let Ok(text) = std::fs::read_to_string(path) {
            return text;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("nothing was written");
}

fn saved_in(path: &Path) -> AutomaticCertificates {
    AutomaticCertificates::new().saved_in(path)
}

/// A folder with the file of a client that has fetched.
async fn saved() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificates.json");
    let world = World::new([Answer::List(&[OLD, NEW], NEW)]);
    world.store_of(saved_in(&path)).ready().await.expect("keys");
    written(&path);
    (folder, path)
}

#[tokio::test]
async fn a_restart_needs_no_fetch_until_it_is_time() {
    let (_folder, path) = saved().await;
    let world = World::new([Answer::Panic]);
    world.pass(60 * 60);
    let store = world.store_of(saved_in(&path));
    assert_eq!(store.snapshot().names().count(), 2);
    store.ready().await.expect("keys");
    settle().await;
    assert_eq!(world.fetches(), 0);
    assert_eq!(world.sleeping(), [Duration::from_secs(11 * 60 * 60)]);
    world.pass(11 * 60 * 60);
    store.ready().await.expect("keys");
    settle().await;
    assert_eq!(world.fetches(), 1);
}

#[tokio::test]
async fn the_file_replaces_the_old_one_whole_and_nothing_else_is_left() {
    let (folder, path) = saved().await;
    std::fs::write(&path, "something else").expect("written");
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let store = world.store_of(saved_in(&path));
    store.ready().await.expect("keys");
    for _ in 0..10_000 {
        if written(&path) != "something else" {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let again = World::new([Answer::Panic]).store_of(saved_in(&path));
    assert_eq!(again.snapshot().names().count(), 1);
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 1);
}

#[tokio::test]
async fn the_file_holds_seals_and_no_key() {
    let (_folder, path) = saved().await;
    let text = written(&path);
    let world = World::new([Answer::Panic]);
    assert!(text.contains(&world.serial(NEW)));
    assert!(!text.contains("BEGIN"));
    assert!(!text.contains(&world.keys.apiv3_key));
}

#[tokio::test]
async fn a_damaged_or_foreign_file_is_ignored() {
    let (_folder, path) = saved().await;
    let good = written(&path);
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let now = world.now();
    let bad = [
        String::new(),
        "{}".to_owned(),
        good[..good.len() / 2].to_owned(),
        good.replace("certificates, 2", "certificates, 9"),
        good.replace("\"default\"", "\"hong-kong\""),
        good.replace(&now.to_string(), &(now + 1).to_string()),
        good.replace("\"ciphertext\": \"", "\"ciphertext\": \"A"),
        good.replace("\"serial_no\": \"", "\"serial_no\": \"F"),
        " ".repeat(2 * 1024 * 1024),
    ];
    for text in bad {
        std::fs::write(&path, &text).expect("written");
        let store = world.store_of(saved_in(&path));
        assert!(store.snapshot().is_empty(), "{text:.200}");
    }
    std::fs::write(&path, [0xff, 0xfe]).expect("written");
    let store = world.store_of(saved_in(&path));
    assert!(store.snapshot().is_empty());
    store.ready().await.expect("fetched");
}

#[tokio::test]
async fn a_file_of_another_merchant_or_family_is_ignored() {
    let (_folder, path) = saved().await;
    let world = World::new([Answer::Panic]);
    let other = saved_in(&path).host(Host::HONG_KONG);
    assert!(world.store_of(other).snapshot().is_empty());

    let keyed = |key: &str, mchid: &str| {
        let key = Apiv3Key::new(key).expect("a key");
        let store = saved_in(&path).store(PlatformKeys::new(), key, mchid, world.outside());
        store.snapshot().names().count()
    };
    let (key, mchid) = (&world.keys.apiv3_key, &world.keys.mchid);
    assert_eq!(keyed(key, mchid), 2);
    assert_eq!(keyed(&"x".repeat(32), mchid), 0);
    assert_eq!(keyed(key, "1900000110"), 0, "the same key is no proof");
}

#[tokio::test]
async fn what_has_ended_is_not_taken_from_a_file() {
    let (_folder, path) = saved().await;
    let world = World::new([Answer::Panic]);
    let end = |name| u64::try_from(world.certificate(name).validity().1).expect("a time");
    world.set_now(end(OLD) + 1);
    let store = world.store_of(saved_in(&path));
    assert_eq!(
        store.snapshot().names().collect::<Vec<_>>(),
        [world.serial(NEW)]
    );
    world.set_now(end(NEW) + 1);
    assert!(world.store_of(saved_in(&path)).snapshot().is_empty());
}

#[tokio::test]
async fn a_folder_that_is_not_there_hinders_no_call() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("nowhere").join("certificates.json");
    let world = World::new([Answer::List(&[NEW], NEW)]);
    let store = world.store_of(saved_in(&path));
    store.ready().await.expect("keys");
}

#[tokio::test]
async fn the_vectors_pass_through_the_store() {
    let vector: serde_json::Value =
        serde_json::from_str(&crate::keys::read("v3-certificates.json")).expect("JSON");
    let world = World::new([Answer::Reply(vector.clone())]);
    world.set_now(vector["now"].as_u64().expect("now"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("certificates.json");
    let store = world.store_of(saved_in(&path));
    let expected: Vec<&str> = vector["expect_serials"]
        .as_array()
        .expect("serials")
        .iter()
        .map(|serial| serial.as_str().expect("a serial"))
        .collect();
    let keys = store.ready().await.expect("keys");
    assert_eq!(keys.names().collect::<Vec<_>>(), expected);
    written(&path);
    let again = World::new([Answer::Panic]).store_of(saved_in(&path));
    assert_eq!(again.snapshot().names().collect::<Vec<_>>(), expected);
}
