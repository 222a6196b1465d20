//! A file that is not in memory is read for its digest and again for each attempt; it leaves whole only if it stayed the same.

use crate::support::client;
use crate::support::example::{UploadRequest, upload};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use bytes::Bytes;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use wechatpay_runtime::value::{Opened, Opening, Source};
use wechatpay_runtime::{Error, ErrorKind, File, Outcome, Rule};

/// Gives other bytes each time, as told.
struct Sequence {
    contents: Vec<Vec<u8>>,
    tells_length: bool,
    opened: Arc<AtomicUsize>,
}

impl Source for Sequence {
    fn open(&self) -> Opening<'_> {
        let turn = self.opened.fetch_add(1, Ordering::Relaxed);
        let content = &self.contents[turn.min(self.contents.len() - 1)];
        let pieces: Vec<_> = content
            .chunks(1000)
            .map(Bytes::copy_from_slice)
            .map(Ok)
            .collect();
        let opened = Opened::new(futures_util::stream::iter(pieces));
        let opened = match self.tells_length {
            true => opened.with_length(content.len() as u64),
            false => opened,
        };
        Box::pin(async move { Ok(opened) })
    }
}

pub(crate) fn request(file: File) -> UploadRequest {
    UploadRequest { file }
}

fn sequence(contents: &[Vec<u8>], tells_length: bool) -> (UploadRequest, Arc<AtomicUsize>) {
    let opened = Arc::new(AtomicUsize::new(0));
    let source = Sequence {
        contents: contents.to_vec(),
        tells_length,
        opened: Arc::clone(&opened),
    };
    (request(File::from_source("shop.mp4", source)), opened)
}

pub(crate) fn answering(keys: &Keys) -> Server {
    Server::answering(keys.signed_reply(200, r#"{"state":"PAID","total":1}"#))
}

pub(crate) fn the_rule(error: &Error) -> Rule {
    assert_eq!(error.kind(), &ErrorKind::Validation);
    assert_eq!(error.outcome(), Outcome::NotSent);
    let violation = &error.violations()[0];
    assert_eq!(violation.place, "file");
    violation.rule.clone()
}

#[tokio::test]
async fn a_file_on_a_disk_arrives_as_one_in_memory_does() {
    let keys = Keys::load();
    let content: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shop.mp4");
    std::fs::write(&path, &content).expect("a file");
    let mut received = Vec::new();
    for file in [
        File::from_path(&path),
        File::new("shop.mp4", content.clone()),
    ] {
        let server = answering(&keys);
        let client = client(&keys, &server.url);
        upload(&client, &request(file)).await.expect("uploaded");
        let request = server.only();
        let content_type = request.header("content-type").expect("a form");
        let (_, boundary) = content_type.split_once("boundary=").expect("a boundary");
        // All but the boundary is the same: what is signed, the digest, the bytes.
        let (mut kept, mut rest) = (Vec::new(), &request.body[..]);
        while let Some(at) = rest
            .windows(boundary.len())
            .take(2000)
            .position(|part| part == boundary.as_bytes())
        {
            kept.extend_from_slice(&rest[..at]);
            rest = &rest[at + boundary.len()..];
        }
        let meta = String::from_utf8_lossy(&kept).into_owned();
        assert!(
            meta.contains(r#"{"filename":"shop.mp4","sha256":""#),
            "{meta}"
        );
        assert!(rest.windows(content.len()).any(|part| part == content));
        received.push((kept, request.body.len()));
    }
    assert_eq!(received[0], received[1]);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named_before_anything_is_sent() {
    let keys = Keys::load();
    let server = answering(&keys);
    let client = client(&keys, &server.url);
    let folder = tempfile::tempdir().expect("a folder");
    for path in [folder.path().join("none.mp4"), folder.path().to_owned()] {
        let request = request(File::from_path(path));
        let error = upload(&client, &request).await.expect_err("unreadable");
        assert_eq!(the_rule(&error), Rule::Unreadable);
        assert!(std::error::Error::source(&error).is_some());
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_file_that_changed_is_never_sent_whole() {
    let keys = Keys::load();
    let server = answering(&keys);
    let client = client(&keys, &server.url);
    let before = vec![1; 100_000];
    let mut same_length = before.clone();
    same_length[99_999] = 2;
    let (longer, shorter) = (vec![1; 100_001], vec![1; 99_999]);
    for after in [same_length, longer, shorter, Vec::new()] {
        for tells_length in [true, false] {
            let (request, _) = sequence(&[before.clone(), after.clone()], tells_length);
            let error = upload(&client, &request).await.expect_err("changed");
            assert_eq!(the_rule(&error), Rule::Changed);
        }
    }
    assert!(server.received().is_empty(), "a whole upload arrived");
}

#[tokio::test]
async fn each_attempt_opens_it_again() {
    let keys = Keys::load();
    let count = AtomicUsize::new(0);
    let good = keys.signed_reply(200, r#"{"state":"PAID","total":1}"#);
    let server = Server::start(move |_, stream| {
        let answer = match count.fetch_add(1, Ordering::Relaxed) {
            0 => reply(500, "", b"{\"code\":\"SYSTEM_ERROR\"}"),
            _ => good.clone(),
        };
        stream.write_all(&answer).is_ok()
    });
    let client = client(&keys, &server.url);
    let content = vec![7; 50_000];
    let (request, opened) = sequence(std::slice::from_ref(&content), true);
    upload(&client, &request).await.expect("uploaded");
    assert_eq!(opened.load(Ordering::Relaxed), 3);
    let received = server.received();
    assert_eq!(received.len(), 2);
    for request in received {
        assert!(
            request
                .body
                .windows(content.len())
                .any(|part| part == content)
        );
    }
}

#[tokio::test]
async fn an_empty_source_is_an_empty_file() {
    let keys = Keys::load();
    let server = answering(&keys);
    let client = client(&keys, &server.url);
    let (request, _) = sequence(&[Vec::new()], true);
    upload(&client, &request).await.expect("uploaded");
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert!(server.only().text().contains(empty));
}
