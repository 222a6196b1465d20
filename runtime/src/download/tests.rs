//! Downloads out of pieces that are at hand.

use super::*;
use crate::bill::Bill;
use crate::digest::digest;
use crate::error::{CallName, Error, ErrorKind};
use crate::operation::{DigestAlgorithm, Repeatable};
use crate::transport::Failure;
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll};
use flate2::{Compression, write::GzEncoder};
use futures_core::Stream;
use proptest::prelude::*;
use std::collections::VecDeque;
use std::io::Write;

/// Bytes, packed.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// Bytes cut into pieces of these lengths and a rest.
pub(crate) fn cut(bytes: &[u8], lengths: &[usize]) -> Vec<Bytes> {
    let mut rest = bytes;
    let mut pieces = Vec::new();
    for length in lengths {
        let (piece, after) = rest.split_at((*length).min(rest.len()));
        pieces.push(Bytes::copy_from_slice(piece));
        rest = after;
    }
    pieces.push(Bytes::copy_from_slice(rest));
    pieces
}

struct Pieces(VecDeque<Bytes>);

impl Stream for Pieces {
    type Item = Result<Bytes, Failure>;
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

/// A download of pieces.
fn download(pieces: Vec<Bytes>) -> Download {
    let name = CallName {
        method: "GET",
        path: "/v3/billdownload/file".into(),
        operation: None,
        repeatable: Repeatable::Never,
        known: None,
    };
    Download::new(Arriving::at_hand(Pieces(pieces.into()), name))
}

fn sha1(bytes: &[u8]) -> Hash {
    Hash::new(DigestAlgorithm::Sha1, digest(DigestAlgorithm::Sha1, bytes))
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime").block_on(future)
}

fn kind(error: &Error) -> DownloadFailure {
    match error.kind() {
        ErrorKind::Download(failure) => *failure,
        other => panic!("{other:?}"),
    }
}

const BILL: &[u8] =
    "交易时间,订单金额\n`2018-06-08 10:34:56,`1.00\n`2018-06-08 10:34:57,`2.00".as_bytes();

#[test]
fn a_wrong_hash_is_an_error_at_the_end_after_the_rows() {
    let wrong = sha1(b"another bill");
    let mut bill = Bill::of(download(cut(BILL, &[40])).hash(wrong.clone()));
    wait(async {
        assert!(bill.next_row().await.expect("a row").is_some());
        let error = loop {
            match bill.next_row().await {
                Ok(row) => assert!(row.is_some(), "it ended well"),
                Err(error) => break error,
            }
        };
        assert_eq!(kind(&error), DownloadFailure::Hash);
        assert!(bill.totals().is_none());
        let again = bill.next_row().await.expect_err("no good end");
        assert_eq!(kind(&again), DownloadFailure::FailedBefore);
        let more = core::future::poll_fn(|context| Pin::new(&mut bill).poll_next(context));
        assert!(more.await.is_none(), "a stream ends after its error");
        let collected = Bill::of(download(cut(BILL, &[40])).hash(wrong)).collect();
        assert_eq!(
            kind(&collected.await.expect_err("wrong")),
            DownloadFailure::Hash
        );
    });
}

#[test]
fn nothing_downloaded_is_checked_as_well() {
    let empty = download(vec![]).hash(sha1(b""));
    assert_eq!(wait(empty.bytes(10)).expect("empty"), Bytes::new());
    let missing = download(vec![]).hash(sha1(b"x"));
    assert_eq!(
        kind(&wait(missing.bytes(10)).expect_err("missing")),
        DownloadFailure::Hash
    );
}

#[test]
fn the_limit_counts_what_is_unpacked() {
    let bomb = gzip(&vec![0; 1 << 20]);
    let packed = || download(vec![bomb.clone().into()]).gunzip();
    let error = wait(packed().limit((1 << 20) - 1).bytes(usize::MAX)).expect_err("too long");
    assert_eq!(kind(&error), DownloadFailure::TooLarge);
    let error = wait(packed().bytes(1000)).expect_err("too long");
    assert_eq!(kind(&error), DownloadFailure::TooLarge);
    let whole = wait(packed().limit(1 << 20).bytes(usize::MAX)).expect("just fits");
    assert_eq!(whole.len(), 1 << 20);
}

#[test]
fn a_file_appears_only_when_it_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bill.csv");
    let names = || {
        let files = std::fs::read_dir(folder.path()).expect("a folder");
        files
            .map(|file| file.expect("a file").file_name())
            .collect::<Vec<_>>()
    };
    let error = wait(download(cut(BILL, &[9])).hash(sha1(b"x")).save(&path)).expect_err("wrong");
    assert_eq!(kind(&error), DownloadFailure::Hash);
    assert!(names().is_empty(), "{:?}", names());
    let length = wait(download(cut(BILL, &[9])).hash(sha1(BILL)).save(&path)).expect("saved");
    assert_eq!(length, BILL.len() as u64);
    assert_eq!(std::fs::read(&path).expect("a file"), BILL);
    assert_eq!(names(), ["bill.csv"]);
    let error = wait(download(cut(BILL, &[])).save(folder.path().join("none/bill.csv")));
    assert_eq!(kind(&error.expect_err("no folder")), DownloadFailure::Write);
}

proptest! {
    #[test]
    fn any_cut_packed_or_not_gives_the_same(
        bytes in any::<Vec<u8>>(),
        packed in any::<bool>(),
        cuts in proptest::collection::vec(0_usize..64, 0..12),
    ) {
        prop_assume!(!bytes.starts_with(&gunzip::MAGIC));
        let sent = if packed { gzip(&bytes) } else { bytes.clone() };
        let whole = wait(download(cut(&sent, &cuts)).gunzip().hash(sha1(&bytes)).bytes(usize::MAX));
        prop_assert_eq!(whole.expect("whole"), bytes);
    }

    #[test]
    fn what_breaks_off_is_never_a_whole_bill(at in 0..BILL.len(), packed in any::<bool>()) {
        let sent = if packed { gzip(BILL) } else { BILL.to_vec() };
        let sent = &sent[..at.min(sent.len() - 1)];
        let bill = Bill::of(download(cut(sent, &[3, 5])).gunzip().hash(sha1(BILL)));
        prop_assert!(wait(bill.collect()).is_err());
    }
}
