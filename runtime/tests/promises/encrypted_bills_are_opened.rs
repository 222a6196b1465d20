//! A bill that is encrypted with a key of its own is decrypted while it arrives, and is Ok only where its seal and its hash are right.

use crate::support::bills::{FLOWS, failure, gzip, leads_to, serving, sha1};
use crate::support::example::BillReply;
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use crate::support::{builder, client};
use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U16;
use aes_gcm::aead::{Aead, KeyInit};
use bytes::Bytes;
use std::time::Duration;
use wechatpay_runtime::bill::FundFlowRow;
use wechatpay_runtime::emitted::Sensitive;
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};
use wechatpay_runtime::{DownloadFailure, Link, Outcome};

const KEY: &str = "0123456789abcdef0123456789ABCDEF";
const NONCE: &str = "a8607ef79034c49c";

fn sealed(content: &[u8]) -> Vec<u8> {
    let cipher = AesGcm::<aes::Aes256, U16>::new_from_slice(KEY.as_bytes()).expect("a key");
    let nonce = NONCE.as_bytes().try_into().expect("a nonce");
    cipher.encrypt(&nonce, content).expect("sealed")
}

fn told(key: Option<&str>, nonce: Option<&str>) -> BillReply {
    BillReply {
        encrypt_key: key.map(|key| Sensitive::from(key.to_owned())),
        nonce: nonce.map(str::to_owned),
        ..leads_to(&sha1(FLOWS.as_bytes()))
    }
}

#[tokio::test]
async fn an_encrypted_bill_comes_as_rows_packed_or_not() {
    for content in [FLOWS.as_bytes().to_vec(), gzip(FLOWS.as_bytes())] {
        let server = serving(sealed(&content));
        let client = client(&Keys::load(), &server.url);
        let bill = client.bill(&told(Some(KEY), Some(NONCE))).await;
        let bill = bill.expect("a bill").records::<FundFlowRow>();
        assert!(bill.download().checks_hash());
        let whole = bill.collect().await.expect("whole");
        assert_eq!(whole.rows.len(), 1);
        assert_eq!(whole.rows[0].amount().expect("money"), Some(1230));
        assert_eq!(whole.totals.len(), 1);
    }
}

/// Answers with a body that must not be asked for anything after its end.
struct Once(Vec<u8>);

impl Transport for Once {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        let pieces: Vec<_> = self.0.chunks(50).map(Bytes::copy_from_slice).collect();
        let body = futures_util::stream::unfold(pieces.into_iter(), async |mut pieces| {
            let piece = pieces.next()?;
            Some((Ok(piece), pieces))
        });
        Box::pin(async { Ok(http::Response::new(Incoming::new(Box::pin(body)))) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }
}

#[tokio::test]
async fn a_body_that_ended_is_not_asked_for_more() {
    for content in [FLOWS.as_bytes().to_vec(), gzip(FLOWS.as_bytes())] {
        let builder = builder(&Keys::load()).transport(Once(sealed(&content)));
        let client = builder.build().expect("a client");
        let bill = client.bill(&told(Some(KEY), Some(NONCE))).await;
        let whole = bill.expect("a bill").collect().await.expect("whole");
        assert_eq!(whole.rows.len(), 1);
    }
}

#[tokio::test]
async fn a_changed_bill_never_ends_well() {
    let good = sealed(FLOWS.as_bytes());
    for place in [0, good.len() / 2, good.len() - 1] {
        let mut changed = good.clone();
        changed[place] ^= 1;
        let server = serving(changed);
        let client = client(&Keys::load(), &server.url);
        // The seal is checked with and without a hash.
        let told = told(Some(KEY), Some(NONCE));
        let unhashed = client.download(&told).without_hash().await;
        let error = unhashed.expect("a download").bytes(1 << 20).await;
        let error = error.expect_err("changed");
        assert_eq!(failure(&error), DownloadFailure::Seal);
        assert!(
            client
                .bill(&told)
                .await
                .expect("a bill")
                .collect()
                .await
                .is_err()
        );
    }
    let server = serving(good[..good.len() - 1].to_vec());
    let client = client(&Keys::load(), &server.url);
    let bill = client.bill(&told(Some(KEY), Some(NONCE))).await;
    let error = bill.expect("a bill").collect().await.expect_err("cut");
    assert_eq!(failure(&error), DownloadFailure::Seal);
}

#[tokio::test]
async fn a_right_seal_does_not_stand_for_a_right_hash() {
    let server = serving(sealed(FLOWS.as_bytes()));
    let client = client(&Keys::load(), &server.url);
    let told = BillReply {
        hash_value: Some(sha1(b"another bill")),
        ..told(Some(KEY), Some(NONCE))
    };
    let error = client.bill(&told).await.expect("a bill").collect().await;
    assert_eq!(failure(&error.expect_err("another")), DownloadFailure::Hash);
}

#[tokio::test]
async fn what_cannot_be_decrypted_is_not_asked_for() {
    let server = Server::answering(reply(500, "", b""));
    let client = client(&Keys::load(), &server.url);
    for (key, nonce, word) in [
        (Some("key"), Some(NONCE), "3 bytes"),
        (None, Some(NONCE), "drift"),
        (Some(KEY), None, "nonce"),
    ] {
        let error = client.bill(&told(key, nonce)).await.expect_err("encrypted");
        assert_eq!(failure(&error), DownloadFailure::Encrypted);
        assert_eq!(error.outcome(), Outcome::NotSent);
        let told = error.to_string();
        assert!(told.contains(word) && !told.contains(KEY), "{told}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn it_can_be_had_as_it_comes() {
    let content = sealed(&gzip(FLOWS.as_bytes()));
    let server = serving(content.clone());
    let client = client(&Keys::load(), &server.url);
    let told = told(Some(KEY), Some(NONCE));
    let download = client.download(&told).as_it_comes().await;
    let download = download.expect("a download");
    assert!(!download.checks_hash());
    assert_eq!(download.bytes(1 << 20).await.expect("whole"), content);
}

#[test]
fn a_link_does_not_show_the_key() {
    let link = told(Some(KEY), Some(NONCE)).link().expect("a link");
    let shown = format!("{link:?}");
    assert!(!shown.contains(KEY) && !shown.contains(NONCE), "{shown}");
}
