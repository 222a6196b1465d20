//! What goes wrong on purpose goes wrong as it should, and is recorded.

mod support;

use std::collections::BTreeSet;
use std::time::Duration;
use support::api::api;
use support::client::{Call, Reply, call};
use wechatpay_sandbox::{
    AnswerFault, End, Fault, LineFault, Reached, RetryAfter, Rotation, Sandbox, SandboxKeys,
    SignatureFault,
};

const BODY: &str = r#"{"appid":"wx1","description":"x","amount":{"total":1}}"#;
const OPERATION: &str = "POST /v3/pay/transactions/jsapi";

async fn sandbox() -> Sandbox {
    let builder = Sandbox::builder(api()).backups(1);
    builder.start().await.expect("a sandbox")
}

fn prepay(sandbox: &Sandbox) -> Call {
    let call = call(sandbox, "POST", "/v3/pay/transactions/jsapi", BODY);
    call.with(|call| call.timeout = Duration::from_millis(400))
}

async fn met(sandbox: &Sandbox, fault: impl Into<Fault>) -> reqwest::Result<Reply> {
    sandbox.faults().queue([Some(fault.into())]);
    prepay(sandbox).try_send().await
}

#[tokio::test]
async fn a_broken_line_gives_no_reply_and_its_arrival_tells_how_much_came() {
    let sandbox = sandbox().await;
    let pause = Duration::from_millis(20);
    let faults = [
        (LineFault::Closed, Reached::Connection),
        (LineFault::ResetOnHead, Reached::Head),
        (LineFault::ResetUnanswered, Reached::Whole),
        (LineFault::ResetWithinAnswer, Reached::Whole),
        (LineFault::HalfBody, Reached::Whole),
        (LineFault::LengthTooLong, Reached::Whole),
        (LineFault::Slow { pause }, Reached::Whole),
        (LineFault::Silent, Reached::Whole),
    ];
    for (fault, reached) in faults {
        let error = met(&sandbox, fault).await.err();
        let error = error.unwrap_or_else(|| panic!("{fault:?} gave a reply"));
        let slow = matches!(fault, LineFault::Slow { .. } | LineFault::Silent);
        assert_eq!(error.is_timeout(), slow, "{fault:?}: {error:?}");
        assert!(!error.is_connect(), "{fault:?}: {error:?}");
        let arrival = sandbox.arrivals().pop().expect("an arrival");
        assert_eq!(arrival.fault, Some(fault.into()));
        assert_eq!(arrival.reached, reached, "{fault:?}");
        let body = match reached {
            Reached::Whole => BODY,
            Reached::Connection | Reached::Head => "",
        };
        assert_eq!(arrival.body, body.as_bytes(), "{fault:?}");
    }
    assert_eq!(sandbox.faults().queued(), 0);
    prepay(&sandbox).send().await.verified_by();
}

#[tokio::test]
async fn what_was_answered_before_a_reset_is_there() {
    let sandbox = sandbox().await;
    let reply = met(&sandbox, LineFault::ResetAnswered).await;
    reply.expect("a reply").verified_by();
    prepay(&sandbox).send().await.verified_by();
}

#[tokio::test]
async fn too_short_a_length_cuts_the_answer() {
    let sandbox = sandbox().await;
    let whole = prepay(&sandbox).send().await.bytes;
    let cut = met(&sandbox, LineFault::LengthTooShort)
        .await
        .expect("a reply");
    assert_eq!(cut.status, 200);
    assert_eq!(cut.bytes, whole[..whole.len() / 2]);
}

#[tokio::test]
async fn other_answers_come_with_their_status_code_and_signature() {
    let sandbox = sandbox().await;
    let limited = AnswerFault::error(429, "FREQUENCY_LIMITED");
    let faults = [
        (limited.clone(), 429, true),
        (limited.with_retry_after(RetryAfter::Date(3)), 429, true),
        (AnswerFault::error(500, "SYSTEM_ERROR"), 500, true),
        (AnswerFault::error(404, "ORDER_NOT_EXIST"), 404, true),
        (AnswerFault::WithoutCode, 500, false),
        (AnswerFault::page(502), 502, false),
        (
            AnswerFault::page(503).with_retry_after(RetryAfter::Seconds(3)),
            503,
            false,
        ),
    ];
    for (fault, status, signed) in faults {
        let reply = met(&sandbox, fault.clone()).await.expect("a reply");
        assert_eq!(reply.status, status, "{fault:?}");
        let signature = reply.header("Wechatpay-Signature");
        assert_eq!(signature.is_some(), signed, "{fault:?}");
        if signed {
            reply.verified_by();
            assert!(reply.json()["code"].is_string());
        }
        let told = reply.header("Retry-After");
        let date = told.map(|text| text.ends_with("GMT"));
        let expected = match fault {
            AnswerFault::Error { retry_after, .. } => retry_after.map(|_| true),
            AnswerFault::Page { retry_after, .. } => retry_after.map(|_| false),
            _ => None,
        };
        assert_eq!(date, expected, "{fault:?}");
        let end = sandbox.arrivals().pop().expect("an arrival").end;
        assert_eq!(end, End::Answered(status));
    }
}

#[tokio::test]
async fn a_padded_or_garbled_answer_verifies() {
    let sandbox = sandbox().await;
    let good = prepay(&sandbox).send().await;
    let padded = met(&sandbox, AnswerFault::Padded { bytes: 70_000 }).await;
    let padded = padded.expect("a reply");
    padded.verified_by();
    assert_eq!(padded.bytes.len(), good.bytes.len() + 70_000);
    assert_eq!(padded.json(), good.json());
    let garbled = met(&sandbox, AnswerFault::Garbled).await.expect("a reply");
    garbled.verified_by();
    assert_eq!(garbled.bytes, good.bytes[..good.bytes.len() / 2]);
}

#[tokio::test]
async fn signatures_are_spoiled_each_in_its_way() {
    let sandbox = sandbox().await;
    let header = |reply: &Reply, name: &str| reply.header(name).map(str::to_owned);
    let wrong = met(&sandbox, SignatureFault::Wrong).await.expect("a reply");
    assert!(header(&wrong, "Wechatpay-Signature").is_some());
    let stale = met(&sandbox, SignatureFault::Stale { seconds: -400 }).await;
    let stale = stale.expect("a reply");
    // Its signature is good: that its time is not is for the client to see.
    stale.verified_by();
    let signed_at = header(&stale, "Wechatpay-Timestamp").expect("a time");
    let sent = sandbox
        .arrivals()
        .pop()
        .expect("an arrival")
        .authorization();
    let sent: i64 = sent
        .expect("an authorization")
        .timestamp
        .parse()
        .expect("seconds");
    assert!((sent - signed_at.parse::<i64>().expect("seconds")).abs_diff(400) < 60);
    let unknown = met(&sandbox, SignatureFault::UnknownSerial).await;
    let serial = header(&unknown.expect("a reply"), "Wechatpay-Serial").expect("a serial");
    assert!(sandbox.keys().platform_key(&serial).is_none());
    let missing = met(&sandbox, SignatureFault::Missing)
        .await
        .expect("a reply");
    assert_eq!(header(&missing, "Wechatpay-Signature"), None);
    let probe = met(&sandbox, SignatureFault::Probe).await.expect("a reply");
    let signature = header(&probe, "Wechatpay-Signature").expect("a signature");
    assert!(signature.starts_with("WECHATPAY/SIGNTEST/"));
}

#[tokio::test]
async fn a_fault_of_one_operation_meets_that_one_alone_and_hides_no_mistake() {
    let sandbox = sandbox().await;
    let faults = sandbox.faults();
    faults.queue_for(
        OPERATION,
        [Some(AnswerFault::error(500, "SYSTEM_ERROR").into())],
    );
    let query = "/v3/pay/transactions/out-trade-no/1?mchid=1";
    assert_eq!(call(&sandbox, "GET", query, "").send().await.status, 200);
    let bad = prepay(&sandbox).with(|call| call.id = "1".to_owned());
    assert_eq!(bad.send().await.status, 401);
    assert_eq!(faults.queued(), 0);
    assert_eq!(prepay(&sandbox).send().await.status, 200);
}

#[tokio::test]
async fn a_host_that_is_shut_refuses_until_it_is_opened_while_its_backup_serves() {
    let sandbox = sandbox().await;
    let urls = sandbox.host_urls("default");
    assert_eq!(urls.len(), 2);
    sandbox.shut("default", 0).await.expect("shut");
    let refused = prepay(&sandbox).try_send().await.err().expect("no reply");
    assert!(refused.is_connect(), "{refused:?}");
    let at_backup = prepay(&sandbox).with(|call| call.url = urls[1].clone());
    at_backup.send().await.verified_by();
    sandbox.open("default", 0).await.expect("opened");
    prepay(&sandbox).send().await.verified_by();
    let hosts: Vec<_> = sandbox.arrivals().iter().map(|it| it.host).collect();
    assert_eq!(hosts, [1, 0], "what was refused did not arrive");
    assert!(sandbox.shut("default", 2).await.is_err());
}

#[tokio::test]
async fn a_client_that_leaves_is_told_of() {
    let sandbox = sandbox().await;
    sandbox.faults().queue([Some(LineFault::Silent.into())]);
    let sending = tokio::spawn(
        prepay(&sandbox)
            .with(|call| call.timeout = Duration::MAX)
            .try_send(),
    );
    let state = || sandbox.arrivals().pop().map(|it| (it.reached, it.end));
    while state() != Some((Reached::Whole, End::Underway)) {
        tokio::task::yield_now().await;
    }
    sending.abort();
    while state() == Some((Reached::Whole, End::Underway)) {
        tokio::task::yield_now().await;
    }
    assert_eq!(state(), Some((Reached::Whole, End::ClientLeft)));
}

#[tokio::test]
async fn keys_change_while_it_runs() {
    let sandbox = sandbox().await;
    let signed_by = || async {
        let old = sandbox.keys().platform_certificates()[0].serial_no();
        let call = call(&sandbox, "GET", "/v3/certificates", "").header("Wechatpay-Serial", old);
        let reply = call.send().await;
        let listed: BTreeSet<_> = reply.json()["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["serial_no"].as_str().expect("a serial").to_owned())
            .collect();
        let serial = reply
            .header("Wechatpay-Serial")
            .expect("a serial")
            .to_owned();
        (serial, listed)
    };
    let serial_of = |keys: &SandboxKeys, index: usize| {
        keys.platform_certificates()[index].serial_no().to_owned()
    };
    let old = serial_of(sandbox.keys(), 0);
    assert_eq!(
        signed_by().await,
        (old.clone(), BTreeSet::from([old.clone()]))
    );
    let both = sandbox.keys().with_new_certificate().expect("keys");
    let new = serial_of(&both, 1);
    sandbox.change_keys(both.clone());
    let listed = BTreeSet::from([old.clone(), new.clone()]);
    assert_eq!(signed_by().await, (old.clone(), listed));
    let alone = both.without_oldest_certificate().expect("keys");
    assert!(alone.without_oldest_certificate().is_err());
    sandbox.change_keys(alone);
    let asked = || call(&sandbox, "GET", "/v3/certificates", "");
    let gone = asked().header("Wechatpay-Serial", &old).send().await;
    assert_eq!(gone.status, 400, "nobody knows the key that was asked for");
    let left = asked().header("Wechatpay-Serial", &new).send().await;
    assert_eq!(left.header("Wechatpay-Serial"), Some(new.as_str()));
    assert_eq!(left.json()["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn after_a_rotation_the_newest_certificate_signs_whatever_is_asked_for() {
    let sandbox = sandbox().await;
    let both = sandbox.keys().with_new_certificate().expect("keys");
    let serials = both.platform_certificates().iter();
    let serials: Vec<_> = serials.map(|one| one.serial_no().to_owned()).collect();
    let rotation = Rotation::to(both);
    sandbox
        .faults()
        .queue([None, Some(rotation.clone().into())]);
    let mut signers = Vec::new();
    for _ in 0..3 {
        let list = call(&sandbox, "GET", "/v3/certificates", "");
        let list = list.header("Wechatpay-Serial", &serials[0]).send().await;
        let signer = list.header("Wechatpay-Serial").expect("a serial");
        let listed = list.json()["data"].as_array().map(Vec::len);
        signers.push((signer.to_owned(), listed.expect("a list")));
    }
    let new = (serials[1].clone(), 2);
    assert_eq!(signers, [(serials[0].clone(), 1), new.clone(), new]);
    let faults: Vec<_> = sandbox.arrivals().into_iter().map(|it| it.fault).collect();
    assert_eq!(faults, [None, Some(rotation.into()), None]);
}
