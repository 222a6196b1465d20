//! What links lead to is downloaded from WeChat Pay's hosts alone, as a stream, and is Ok only with the right hash.

use crate::support::bills::{FLOWS, TARGET, failure, gzip, leads_to, serving, sha1};
use crate::support::example::{BillReply, file};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use crate::support::{builder, client};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use wechatpay_runtime::bill::{FundFlowRow, FundFlowTotals, TradeRow, TradeTotals};
use wechatpay_runtime::download::Hash;
use wechatpay_runtime::emitted::DigestAlgorithm;
use wechatpay_runtime::{
    Client, DownloadFailure, ErrorKind, Outcome, RetryPolicy, TransportFailure,
};

const TRADES: &str = "\u{feff}交易时间,公众账号ID,商户号,特约商户号,微信订单号,商户订单号,应结订单金额,手续费,费率,商品名称,新列\r\n\
    `2019-06-11 10:34:56,`wx1,`1900000109,`0,`4200000480,`order-1,`12.30,`0.00300,`0.60%,`a cup, and \"a\" spoon,`new\r\n\
    `2019-06-11 10:34:57,`wx1,`1900000109,`0,`4200000481,`order-2,`0.01,`0.00000,`0.60%,`,`new\r\n\
    总交易单数,应结订单总金额,手续费总金额\r\n`2.0,`12.31,`0.00300\r\n";

fn impatient(url: &str) -> Client {
    let builder = builder(&Keys::load()).base_url(url);
    let retry = RetryPolicy::new().first_wait(Duration::from_millis(1));
    builder.retry(retry).build().expect("a client")
}

#[tokio::test]
async fn a_packed_bill_comes_as_typed_rows() {
    let server = serving(gzip(TRADES.as_bytes()));
    let client = client(&Keys::load(), &server.url);
    let reply = leads_to(&sha1(TRADES.as_bytes()));
    let mut bill = client
        .bill(&reply)
        .await
        .expect("a bill")
        .records::<TradeRow>();
    assert_eq!(bill.download().request_id(), Some("08F7"));
    assert!(!bill.download().is_verified());
    assert!(bill.download().checks_hash());
    let row = bill.next_row().await.expect("read").expect("a row");
    let time = row.trade_time().expect("a time").expect("there");
    assert_eq!(time.unix_timestamp(), 1_560_220_496);
    assert_eq!(row.sub_mchid(), Some("0"));
    assert_eq!(row.settlement_amount().expect("money"), Some(1230));
    assert_eq!(row.fee().expect("money"), Some(300));
    assert_eq!(row.fee_rate(), Some("0.60%"));
    assert_eq!(row.description(), Some("a cup, and \"a\" spoon"));
    assert_eq!(row.refund_id(), None);
    assert_eq!(row.get("新列"), Some("new"));
    assert!(bill.totals().is_none());
    let row = bill.next_row().await.expect("read").expect("a row");
    assert_eq!(row.description(), None);
    assert!(bill.next_row().await.expect("whole").is_none());
    let totals = bill
        .totals()
        .expect("whole")
        .first()
        .expect("totals")
        .clone();
    let totals = TradeTotals::from(totals);
    assert_eq!(totals.trades().expect("a count"), Some(2));
    assert_eq!(totals.settlement_amount().expect("money"), Some(1231));
    let request = server.only();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("GET", TARGET)
    );
    assert_eq!(request.header("accept"), Some("*/*"));
    let authorization = request.header("authorization").expect("signed");
    assert!(authorization.starts_with("WECHATPAY2-SHA256-RSA2048 mchid="));
}

#[tokio::test]
async fn a_plain_bill_is_collected() {
    let server = serving(FLOWS.into());
    let client = client(&Keys::load(), &server.url);
    let bill = client
        .bill(&leads_to(&sha1(FLOWS.as_bytes())))
        .await
        .expect("a bill");
    let whole = bill
        .records::<FundFlowRow>()
        .collect()
        .await
        .expect("whole");
    assert_eq!(whole.rows[0].amount().expect("money"), Some(1230));
    assert_eq!(whole.rows[0].balance().expect("money"), Some(11_230));
    let totals = FundFlowTotals::from(whole.totals[0].clone());
    assert_eq!(totals.income_amount().expect("money"), Some(1230));
    assert_eq!(totals.expenses().expect("a count"), Some(0));
}

#[tokio::test]
async fn a_bill_of_which_a_row_is_broken_never_ends_well() {
    for broken in [
        "a,b,c\n`1,`x,`y,`z\n",
        "a,b,c\n`1,`x\n`y,`3\n",
        "a,b\n`1,`x\ny\n`2,`z\n总交易单数\n`2\n",
        "a,b\n`1,`x\n\"y,`2\n`3,`z\n总交易单数\n`2\n",
        "a,b\n`1,`x\ny\n",
    ] {
        let server = serving(broken.into());
        let client = client(&Keys::load(), &server.url);
        let bill = client.bill(&leads_to(&sha1(broken.as_bytes()))).await;
        let whole = bill.expect("a bill").collect().await;
        let error = whole.expect_err("broken");
        assert_eq!(failure(&error), DownloadFailure::NotABill, "{broken}");
    }
}

#[tokio::test]
async fn what_failed_once_never_ends_well() {
    let server = serving(gzip(TRADES.as_bytes()));
    let client = client(&Keys::load(), &server.url);
    let wrong = leads_to(&sha1(b"another bill"));
    let mut bill = client.bill(&wrong).await.expect("a bill");
    let mut failures = 0;
    for _ in 0..6 {
        match bill.next_row().await {
            Ok(Some(_)) => assert_eq!(failures, 0),
            Ok(None) => panic!("the bill ended well"),
            Err(_) => failures += 1,
        }
    }
    assert!(failures > 1 && bill.totals().is_none());
    assert!(bill.collect().await.is_err());

    let failed = async || {
        let mut download = client.download(&wrong).await.expect("a download");
        while let Ok(Some(_)) = download.next_piece().await {}
        download
    };
    let error = failed().await.next_piece().await.expect_err("failed");
    assert!(matches!(error.kind(), ErrorKind::Download(_)));
    assert_eq!(error.request_id(), Some("08F7"));
    assert!(failed().await.bytes(1 << 20).await.is_err());
    assert!(failed().await.write_to(&mut Vec::new()).await.is_err());
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bill.csv");
    assert!(failed().await.save(&path).await.is_err());
    assert!(!path.exists());
}

#[tokio::test]
async fn another_hash_is_an_error_and_no_file() {
    let server = serving(gzip(TRADES.as_bytes()));
    let client = client(&Keys::load(), &server.url);
    // The hash of what travels is not that of the bill.
    let wrong = leads_to(&sha1(&gzip(TRADES.as_bytes())));
    let collected = client.bill(&wrong).await.expect("a bill").collect().await;
    assert_eq!(
        failure(&collected.expect_err("wrong")),
        DownloadFailure::Hash
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bill.csv");
    let saved = client
        .download(&wrong)
        .await
        .expect("a download")
        .save(&path)
        .await;
    let error = saved.expect_err("wrong");
    assert_eq!(failure(&error), DownloadFailure::Hash);
    assert_eq!(error.request_id(), Some("08F7"));
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("a folder").count(),
        0
    );
    let mut unchecked = Vec::new();
    let download = client
        .download(&wrong)
        .without_hash()
        .await
        .expect("a download");
    download.write_to(&mut unchecked).await.expect("unchecked");
    assert_eq!(unchecked, TRADES.as_bytes());
    let packed = client
        .download(&wrong)
        .as_it_comes()
        .await
        .expect("a download");
    assert_eq!(
        packed.save(&path).await.expect("saved"),
        gzip(TRADES.as_bytes()).len() as u64
    );
}

#[tokio::test]
async fn nothing_is_signed_for_another_host() {
    let server = serving(TRADES.into());
    let client = client(&Keys::load(), "http://127.0.0.1:1");
    for url in [
        format!("{}{TARGET}", server.url),
        "https://evil.example/v3".to_owned(),
    ] {
        let error = client.download(&url).await.expect_err("foreign");
        assert_eq!(failure(&error), DownloadFailure::ForeignHost);
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert!(!error.to_string().contains("token"));
    }
    let hash = Hash::new(DigestAlgorithm::Sha1, sha1(b""));
    let nowhere = BillReply {
        download_url: None,
        ..leads_to("")
    };
    let error = client
        .download(&nowhere)
        .hash(hash)
        .await
        .expect_err("no link");
    assert_eq!(failure(&error), DownloadFailure::NoLink);
    let unknown = BillReply {
        hash_type: Some("CRC".to_owned()),
        ..leads_to("1")
    };
    let error = client.bill(&unknown).await.expect_err("unknown");
    assert_eq!(failure(&error), DownloadFailure::UnknownHash);
    for value in [Some(" ".to_owned()), Some(String::new()), None] {
        let lost = BillReply {
            hash_value: value,
            ..leads_to("")
        };
        let error = client.download(&lost).await.expect_err("no value");
        assert_eq!(failure(&error), DownloadFailure::UnknownHash);
        assert_eq!(error.outcome(), Outcome::NotSent);
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_base_url_is_the_same_however_it_is_written() {
    let server = serving(FLOWS.into());
    let (_, port) = server.url.rsplit_once(':').expect("a port");
    for (base, link) in [
        ("HTTP://LOCALHOST", "http://localhost"),
        ("http://localhost", "HTTP://LocalHost"),
    ] {
        let client = client(&Keys::load(), &format!("{base}:{port}"));
        let url = format!("{link}:{port}{TARGET}");
        let download = client.download(&url).await.expect("a download");
        assert_eq!(download.bytes(1 << 20).await.expect("whole"), FLOWS);
    }
}

#[tokio::test]
async fn refusals_and_redirects_are_errors() {
    let code = br#"{"code":"NO_STATEMENT_EXIST","message":"no"}"#;
    let refused = Server::answering(reply(400, "", code));
    let error = client(&Keys::load(), &refused.url)
        .bill(&leads_to("1"))
        .await;
    let error = error.expect_err("refused");
    assert_eq!(
        (error.status(), error.code()),
        (
            Some(400),
            Some(&wechatpay_runtime::ErrorCode::NoStatementExist)
        )
    );
    assert!(!format!("{error} {error:?}").contains("token"));
    let elsewhere = serving(TRADES.into());
    let location = format!("Location: {}/x\r\n", elsewhere.url);
    let redirecting = Server::answering(reply(302, &location, b""));
    let error = client(&Keys::load(), &redirecting.url)
        .bill(&leads_to("1"))
        .await;
    assert_eq!(error.expect_err("redirected").status(), Some(302));
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn it_is_tried_again_until_it_begins_and_not_after() {
    let count = AtomicUsize::new(0);
    let server = Server::start(
        move |_, stream| match count.fetch_add(1, Ordering::Relaxed) {
            0 => stream
                .write_all(&reply(500, "", b"{\"code\":\"SYSTEM_ERROR\"}"))
                .is_ok(),
            1 => false,
            _ => {
                let head = "HTTP/1.1 200 OK\r\nRequest-ID: 08F7\r\nContent-Length: 100\r\n\r\nhalf";
                drop(stream.write_all(head.as_bytes()));
                false
            }
        },
    );
    let client = impatient(&server.url);
    let mut download = client.download(&leads_to("1")).await.expect("it began");
    let piece = download.next_piece().await.expect("a piece");
    assert_eq!(piece.as_deref(), Some(&b"half"[..]));
    let error = download.next_piece().await.expect_err("half");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Interrupted)
    );
    assert_eq!(error.request_id(), Some("08F7"));
    let again = download.next_piece().await.expect_err("no good end");
    assert_eq!(failure(&again), DownloadFailure::FailedBefore);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_piece_that_does_not_come_is_a_timeout() {
    let server = Server::start(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";
        drop(stream.write_all(head.as_bytes()));
        std::thread::sleep(Duration::from_secs(5));
        false
    });
    let client = client(&Keys::load(), &server.url);
    let patience = Duration::from_secs(2);
    let download = client.download(&leads_to("1")).timeout(patience).await;
    let error = download
        .expect("it began")
        .bytes(1000)
        .await
        .expect_err("half");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::Timeout)
    );
}

#[tokio::test]
async fn files_are_streamed_beyond_the_bound_of_replies() {
    let server = serving(vec![b'x'; 100_000]);
    let bounded = builder(&Keys::load())
        .base_url(&server.url)
        .max_reply_bytes(1000);
    let client = bounded.build().expect("a client");
    let error = file(&client).await.expect_err("too large");
    assert_eq!(
        error.kind(),
        &ErrorKind::Transport(TransportFailure::TooLarge)
    );
    let download = file(&client).download().await.expect("a download");
    let hash = Hash::new(DigestAlgorithm::Sha1, sha1(&[b'x'; 100_000]));
    let whole = download.hash(hash).bytes(100_000).await.expect("whole");
    assert_eq!(whole.len(), 100_000);
    let download = file(&client).download().await.expect("a download");
    let error = download
        .limit(99_999)
        .bytes(usize::MAX)
        .await
        .expect_err("too large");
    assert_eq!(failure(&error), DownloadFailure::TooLarge);
}
