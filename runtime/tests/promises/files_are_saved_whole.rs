//! What is saved is the whole content, under the name that was asked for, or nothing.

use crate::support::bills::{FLOWS, failure, leads_to, serving, sha1};
use crate::support::client;
use crate::support::keys::Keys;
use std::task::{Context, Waker};
use std::time::Duration;
use wechatpay_runtime::DownloadFailure;
use wechatpay_runtime::bill::Bill;

#[tokio::test]
async fn what_was_looked_at_is_never_missing_from_what_is_saved() {
    let server = serving(FLOWS.into());
    let client = client(&Keys::load(), &server.url);
    let link = leads_to(&sha1(FLOWS.as_bytes()));
    let begun = async || {
        let mut download = client.download(&link).await.expect("a download");
        let piece = download.next_piece().await.expect("a piece");
        assert!(piece.is_some_and(|piece| piece.len() < FLOWS.len()));
        download
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bill.csv");
    let saved = begun().await.save(&path).await.map(drop);
    let written = begun().await.write_to(&mut Vec::new()).await.map(drop);
    let whole = begun().await.bytes(1 << 20).await.map(drop);
    let collected = Bill::of(begun().await).collect().await.map(drop);
    for refused in [saved, written, whole, collected] {
        let error = refused.expect_err("a part");
        assert_eq!(failure(&error), DownloadFailure::Begun);
        assert!(error.to_string().contains("next_piece"), "{error}");
    }
    assert!(!path.exists());

    let mut bill = client.bill(&link).await.expect("a bill");
    assert!(bill.next_row().await.expect("read").is_some());
    let rest = bill.collect().await.expect("whole");
    assert!(rest.rows.is_empty() && rest.totals.len() == 1);
}

#[tokio::test]
async fn a_saving_that_is_dropped_leaves_nothing_behind() {
    let server = serving(FLOWS.into());
    let client = client(&Keys::load(), &server.url);
    let folder = tempfile::tempdir().expect("a folder");
    let left = || std::fs::read_dir(folder.path()).expect("a folder").count();
    for _ in 0..5 {
        let download = client.download(&leads_to(&sha1(FLOWS.as_bytes()))).await;
        let mut saving = Box::pin(download.expect("a download").save(folder.path().join("x")));
        let begun = saving
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        assert!(begun.is_pending());
    }
    // What was begun on another thread is given time to end there.
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..80 {
        if left() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    assert_eq!(left(), 0);
}

#[tokio::test]
async fn a_file_is_saved_by_any_name_that_it_may_have() {
    let server = serving(FLOWS.into());
    let client = client(&Keys::load(), &server.url);
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["账".repeat(80), "x".repeat(255)] {
        let path = folder.path().join(name);
        let download = client.download(&leads_to(&sha1(FLOWS.as_bytes()))).await;
        let length = download.expect("a download").save(&path).await;
        assert_eq!(length.expect("saved"), FLOWS.len() as u64);
        assert_eq!(std::fs::read(&path).expect("a file"), FLOWS.as_bytes());
    }
}
