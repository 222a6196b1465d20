//! What a server leaves out, nulls, or writes otherwise does not make a reply fail, and does not go unseen.

use crate::fixture::Fixture;
use serde_json::{Value, json};
use wechatpay_openapi::v3::pay::transactions::out_trade_no::_out_trade_no_::{
    GetReply, GetRequest,
};
use wechatpay_openapi::{Error, ErrorKind, Outcome, Reply};
use wechatpay_sandbox::Alteration;

async fn fixture(alter: impl Fn(&mut Value) + Send + Sync + 'static) -> Fixture {
    Fixture::with(Alteration::from_fn(move |_, body| alter(body))).await
}

async fn query(fixture: &Fixture, strict: bool) -> Result<Reply<GetReply>, Error> {
    let request = GetRequest::new().mchid("1900000109");
    let call = fixture
        .wxpay
        .v3()
        .pay()
        .transactions()
        .out_trade_no()
        ._out_trade_no_("1")
        .get(&request);
    if strict {
        call.strict().await
    } else {
        call.await
    }
}

fn drifted(reply: &Reply<GetReply>) -> Vec<&str> {
    reply
        .drift()
        .iter()
        .map(|drift| drift.path.as_str())
        .collect()
}

#[tokio::test]
async fn a_reply_as_described_has_no_drift() {
    let reply = query(&fixture(|_| {}).await, true)
        .await
        .expect("a strict reply");
    assert!(reply.drift().is_empty());
    assert_eq!(
        reply.amount().expect("an amount").total().expect("a total"),
        100
    );
}

#[tokio::test]
async fn a_left_out_field_is_an_error_that_names_it_once_it_is_asked_for() {
    let fixture = fixture(|body| {
        drop(
            body["amount"]
                .as_object_mut()
                .map(|amount| amount.remove("total")),
        )
    })
    .await;
    let reply = query(&fixture, false).await.expect("a reply");
    assert_eq!(drifted(&reply), ["amount.total"]);
    let missing = reply
        .amount()
        .expect("an amount")
        .total()
        .expect_err("no total");
    assert!(missing.to_string().contains("total"), "{missing}");
}

#[tokio::test]
async fn null_is_absent() {
    let fixture = fixture(|body| body["amount"] = Value::Null).await;
    let reply = query(&fixture, false).await.expect("a reply");
    assert_eq!(drifted(&reply), ["amount"]);
    assert!(reply.amount().is_err());
}

#[tokio::test]
async fn digits_in_a_text_are_a_number() {
    let fixture = fixture(|body| body["amount"]["total"] = json!("0012345")).await;
    let reply = query(&fixture, false).await.expect("a reply");
    assert_eq!(drifted(&reply), ["amount.total"]);
    assert_eq!(
        reply.amount().expect("an amount").total().expect("a total"),
        12345
    );
}

#[tokio::test]
async fn an_unknown_value_of_an_enumeration_keeps_its_text() {
    let fixture = fixture(|body| body["trade_state"] = json!("ACCEPT")).await;
    let reply = query(&fixture, false).await.expect("a reply");
    assert_eq!(drifted(&reply), ["trade_state"]);
    assert_eq!(
        reply.trade_state.as_ref().expect("a state").as_str(),
        "ACCEPT"
    );
}

#[tokio::test]
async fn an_unknown_field_is_ignored_and_kept_in_the_raw_body() {
    let fixture = fixture(|body| body["new_in_2027"] = json!({ "deep": [1, 2] })).await;
    let reply = query(&fixture, false).await.expect("a reply");
    assert_eq!(drifted(&reply), ["new_in_2027"]);
    let raw: Value = serde_json::from_slice(reply.raw_body()).expect("JSON");
    assert_eq!(raw["new_in_2027"], json!({ "deep": [1, 2] }));
}

#[tokio::test]
async fn another_type_leaves_the_field_out() {
    let fixture = fixture(|body| body["amount"] = json!("a hundred")).await;
    let reply = query(&fixture, false).await.expect("a reply");
    assert_eq!(drifted(&reply), ["amount"]);
    assert!(reply.amount.is_none());
}

#[tokio::test]
async fn a_strict_call_fails_with_all_that_the_server_said() {
    let fixture = fixture(|body| {
        body["amount"]["total"] = json!("100");
        body["trade_state"] = json!("ACCEPT");
    })
    .await;
    let error = query(&fixture, true).await.expect_err("drift");
    assert_eq!(error.kind(), &ErrorKind::Drift);
    assert_eq!(error.outcome(), Outcome::Answered);
    let mut paths: Vec<_> = error
        .drift()
        .iter()
        .map(|drift| drift.path.as_str())
        .collect();
    paths.sort_unstable();
    assert_eq!(paths, ["amount.total", "trade_state"]);
    assert!(error.raw_body().is_some_and(|body| !body.is_empty()));
    assert!(error.request_id().is_some());
    assert!(error.is_verified());
}
