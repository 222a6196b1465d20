//! An error of the server keeps all that it said, and says whether it can be believed.

use crate::support::example::{get, order, post};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use crate::support::{builder, client};
use wechatpay_runtime::{Error, ErrorCode, ErrorKind, Outcome, RetryPolicy, Retryable};

const REFUSED: &str = r#"{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/amount","issue":"too small"}}"#;

async fn error_of(answer: Vec<u8>) -> Error {
    let server = Server::answering(answer);
    post(&client(&Keys::load(), &server.url), &order())
        .await
        .expect_err("an error")
}

#[tokio::test]
async fn a_signed_refusal_is_verified_and_final() {
    let error = error_of(Keys::load().signed_reply(400, REFUSED)).await;
    assert_eq!(error.kind(), &ErrorKind::Server);
    assert_eq!(error.outcome(), Outcome::Answered);
    assert!(error.is_verified());
    assert_eq!(
        (error.status(), error.code()),
        (Some(400), Some(&ErrorCode::ParamError))
    );
    assert!(error.advice().is_some_and(|it| it.contains("detail")));
    assert!(!error.is_retryable());
    assert_eq!(error.message(), Some("参数错误"));
    assert_eq!(
        error.detail().map(|detail| &detail["field"]),
        Some(&"/amount".into())
    );
    assert_eq!(error.request_id(), Some("08F7"));
    assert_eq!(error.raw_body(), Some(REFUSED.as_bytes()));
    let told = error.to_string();
    for part in [
        "POST /v3/example/{out_order_no}/order",
        "PARAM_ERROR",
        "参数错误",
        "400",
        "08F7",
    ] {
        assert!(told.contains(part), "{told}");
    }
}

#[tokio::test]
async fn an_unsigned_refusal_says_that_it_is_not_verified() {
    let error = error_of(reply(401, "", REFUSED.as_bytes())).await;
    assert_eq!(error.kind(), &ErrorKind::Server);
    assert_eq!(error.outcome(), Outcome::Answered);
    assert!(!error.is_verified());
    assert!(error.to_string().contains("not verified"), "{error}");
}

#[tokio::test]
async fn a_forged_refusal_is_reported_but_settles_nothing() {
    let headers = Keys::load().signature_headers(b"another body");
    let error = error_of(reply(400, &headers, REFUSED.as_bytes())).await;
    assert_eq!(error.kind(), &ErrorKind::Server);
    assert_eq!(error.code(), Some(&ErrorCode::ParamError));
    assert!(!error.is_verified());
    assert_eq!(error.outcome(), Outcome::Unknown);
}

/// What stands in WeChat Pay's place may have passed the request on before it refused the answer.
#[tokio::test]
async fn a_gateways_refusal_settles_nothing() {
    for answer in [
        reply(404, "", b"<html>Not Found</html>"),
        reply(408, "", b""),
        reply(403, "", br#"{"error":"blocked"}"#),
        // WeChat Pay's codes are texts.
        reply(403, "", br#"{"code":403,"message":"Forbidden"}"#),
        // Others say so too, and 408 says that it gave up what it may have passed on.
        reply(408, "", br#"{"code":"UPSTREAM_TIMEOUT","message":"x"}"#),
        reply(408, "", br#"{"code":"PARAM_ERROR","message":"x"}"#),
        reply(403, "", br#"{"code":"AccessDenied","message":"x"}"#),
        reply(302, "Location: /elsewhere\r\n", b""),
    ] {
        let error = error_of(answer).await;
        assert_eq!(error.kind(), &ErrorKind::Server);
        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
        assert!(error.to_string().contains("outcome unknown"), "{error}");
    }
    let signed = error_of(Keys::load().signed_reply(404, "no JSON")).await;
    assert_eq!(signed.outcome(), Outcome::Answered);
}

/// Some of WeChat Pay's gateways do not sign what they refuse.
#[tokio::test]
async fn a_refusal_with_a_code_of_wechat_pays_is_an_answer_though_it_is_not_signed() {
    for answer in [
        reply(400, "", REFUSED.as_bytes()),
        reply(404, "", br#"{"code":"ORDERNOTEXIST","message":"x"}"#),
        reply(401, "", br#"{"code":"A_NEW_CODE","message":"x"}"#),
    ] {
        let error = error_of(answer).await;
        assert!(!error.is_verified());
        assert_eq!(error.outcome(), Outcome::Answered, "{error}");
    }
    let signed = error_of(Keys::load().signed_reply(408, REFUSED)).await;
    assert_eq!(signed.outcome(), Outcome::Answered);
}

#[tokio::test]
async fn long_and_odd_words_of_a_server_are_cut_in_what_is_shown_and_kept_whole() {
    let message = format!("\u{1b}[31m{}", "订".repeat(50_000));
    let body = serde_json::json!({"code": "X".repeat(10_000), "message": message}).to_string();
    let id = "9".repeat(10_000);
    let answer = reply(400, &format!("Request-ID: {id}\r\n"), body.as_bytes());
    let answer = String::from_utf8(answer).expect("a text");
    let answer = answer.replacen("Request-ID: 08F7\r\n", "", 1);
    let error = error_of(answer.into_bytes()).await;
    for shown in [error.to_string(), format!("{error:?}")] {
        assert!(shown.len() < 5_000, "{} bytes", shown.len());
        assert!(!shown.contains('\u{1b}'));
    }
    assert_eq!(error.message(), Some(message.as_str()));
    assert_eq!(error.code().map(|code| code.as_str().len()), Some(10_000));
    assert_eq!(error.request_id(), Some(id.as_str()));
}

#[tokio::test]
async fn a_failure_inside_the_server_may_hide_a_payment() {
    let system = br#"{"code":"SYSTEM_ERROR","message":"x"}"#;
    for answer in [
        reply(500, "", system),
        reply(
            502,
            "Content-Type: text/html\r\n",
            b"<html>Bad Gateway</html>",
        ),
        reply(400, "", system),
        Keys::load().signed_reply(400, r#"{"code":"SYSTEMERROR","message":"x"}"#),
    ] {
        let error = error_of(answer).await;
        assert_eq!(error.kind(), &ErrorKind::Server);
        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
        // The description names the number by which this order can be placed again.
        assert_eq!(error.retryable(), Retryable::SameRequest, "{error}");
    }
}

/// WeChat Pay passed it on, and was not told what became of it.
#[tokio::test]
async fn a_failure_of_the_bank_may_hide_a_payment() {
    for code in ["BANK_ERROR", "BANKERROR"] {
        let body = format!(r#"{{"code":"{code}","message":"x"}}"#);
        let error = error_of(Keys::load().signed_reply(400, &body)).await;
        assert_eq!(error.code(), Some(&ErrorCode::BankError));
        assert!(error.advice().is_some_and(|it| it.contains("query")));
        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
        assert_eq!(error.retryable(), Retryable::Never);
    }
}

#[tokio::test]
async fn a_read_may_be_tried_again_as_the_protocol_says() {
    for (answer, expected) in [
        (reply(500, "", b""), Retryable::SameRequest),
        (
            reply(
                429,
                "Retry-After: 3\r\n",
                br#"{"code":"FREQUENCY_LIMITED"}"#,
            ),
            Retryable::AfterWait,
        ),
        (reply(404, "", b""), Retryable::Never),
    ] {
        let server = Server::answering(answer);
        let client = builder(&Keys::load())
            .base_url(&server.url)
            .retry(RetryPolicy::never())
            .build()
            .expect("a client");
        let error = get(&client).await;
        assert_eq!(error.expect_err("an error").retryable(), expected);
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named_where_it_is_why() {
    // The vectors' time is 2024-01-01 01:28:20.
    let body = br#"{"code":"SIGN_ERROR","message":"x"}"#;
    let date = "Date: Mon, 01 Jan 2024 01:35:20 GMT\r\n";
    let error = error_of(reply(401, date, body)).await;
    let skew = error.clock_skew().expect("a skew");
    assert_eq!(skew.ahead_by_seconds(), -420);
    assert!(
        error
            .to_string()
            .contains("the clock here is 7 minutes behind"),
        "{error}"
    );

    for (status, date) in [
        (401, "Date: Mon, 01 Jan 2024 01:29:20 GMT\r\n"),
        (401, "Date: soon\r\n"),
        (401, ""),
        (400, date),
    ] {
        let error = error_of(reply(status, date, body)).await;
        assert_eq!(error.clock_skew(), None, "{status} {date}");
    }

    let keys = Keys::load();
    let headers = keys.signature_headers_of("platform-public", keys.now - 600, b"{}");
    let error = error_of(reply(200, &headers, b"{}")).await;
    assert_eq!(
        error.clock_skew().map(|it| it.ahead_by_seconds()),
        Some(600)
    );
    assert!(
        error
            .to_string()
            .contains("the clock here is 10 minutes ahead"),
        "{error}"
    );

    // A refusal whose signature is too old for the clock here tells it too, whatever its status.
    let headers = keys.signature_headers_of("platform-public", keys.now - 600, REFUSED.as_bytes());
    let error = error_of(reply(404, &headers, REFUSED.as_bytes())).await;
    assert_eq!(error.kind(), &ErrorKind::Server);
    assert_eq!(
        error.clock_skew().map(|it| it.ahead_by_seconds()),
        Some(600)
    );
}

#[tokio::test]
async fn a_strict_call_says_each_difference_and_keeps_the_reply() {
    let keys = Keys::load();
    let body = r#"{"state":"PAID","new":1}"#;
    let server = Server::answering(keys.signed_reply(200, body));
    let client = client(&keys, &server.url);
    assert!(get(&client).await.is_ok());
    let error = get(&client).strict().await.expect_err("drift");
    assert_eq!(error.kind(), &ErrorKind::Drift);
    assert_eq!(error.outcome(), Outcome::Answered);
    let paths: Vec<_> = error
        .drift()
        .iter()
        .map(|drift| drift.path.as_str())
        .collect();
    assert_eq!(paths, ["new", "total"]);
    assert_eq!(error.raw_body(), Some(body.as_bytes()));
}
