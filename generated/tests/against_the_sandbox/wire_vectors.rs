//! What we put on the wire is what another implementation put there: `wire.json` of the vectors.

use crate::fixture::{self, Fixture};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use wechatpay_codegen::model::Wire;
use wechatpay_openapi::{Error, Outcome, WechatPay, v3};

#[tokio::test]
async fn wire_vectors_are_sent_alike() {
    let text = std::fs::read_to_string(folder().join("wire.json")).expect("wire.json");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let api = fixture::api();
    let fixture = Fixture::start().await;
    let mut compared = 0;
    for case in &cases {
        match call(&fixture.wxpay, case).await {
            Some(answer) => {
                let sent = answer.map_err(|error| (error.outcome(), error.to_string()));
                assert!(
                    !matches!(sent, Err((Outcome::NotSent, _))),
                    "not sent: {sent:?}"
                );
                compare(&fixture, &case["sent"]);
                compared += 1;
            }
            None => {
                let (method, path) = (text_of(&case["method"]), text_of(&case["path"]));
                let item = api.paths.get(path);
                let described = item.is_some_and(|item| {
                    let mut methods = item.operations.keys();
                    methods.any(|one| one.as_str() == method)
                });
                if item.is_some_and(|item| item.wire != Wire::Json) {
                    println!("skipped, APIv2 is not carried yet: {method} {path}");
                } else if described {
                    let own = std::env::var_os("WECHATPAY_VECTORS").is_none();
                    assert!(!own, "{method} {path} is described: add it to `call`");
                    println!("skipped, though described: {method} {path}");
                } else {
                    println!("skipped, not described yet: {method} {path}");
                }
            }
        }
    }
    assert!(compared > 0, "no case of wire.json is described");
}

/// Makes the call of a case; `None` where its operation is not described. What the sandbox thinks of its values does not matter
/// here, nor do the bounds of the description: it is the way to the wire that is compared.
async fn call(wxpay: &WechatPay, case: &Value) -> Option<Result<(), Error>> {
    let variable = |name: &str| text_of(&case["variables"][name]);
    let payscore = wxpay.v3().payscore();
    let transactions = wxpay.v3().pay().transactions();
    let outcome = match (text_of(&case["method"]), text_of(&case["path"])) {
        ("POST", "/v3/payscore/partner/serviceorder/{out_order_no}/sync") => {
            let order = payscore
                .partner()
                .serviceorder()
                ._out_order_no_(variable("out_order_no"));
            order
                .sync()
                .post(&request(case))
                .unchecked()
                .await
                .map(drop)
        }
        ("GET", "/v3/pay/transactions/out-trade-no/{out_trade_no}") => {
            let order = transactions
                .out_trade_no()
                ._out_trade_no_(variable("out_trade_no"));
            order.get(&request(case)).unchecked().await.map(drop)
        }
        ("POST", "/v3/pay/transactions/jsapi") => transactions
            .jsapi()
            .post(&request(case))
            .unchecked()
            .await
            .map(drop),
        ("POST", "/v3/payscore/serviceorder") => {
            let request = request::<v3::payscore::serviceorder::PostRequest>(case);
            payscore
                .serviceorder()
                .post(&request)
                .unchecked()
                .await
                .map(drop)
        }
        ("GET", "/v3/payscore/serviceorder") => payscore
            .serviceorder()
            .get(&request(case))
            .unchecked()
            .await
            .map(drop),
        ("GET", "/v3/merchant-service/complaints-v2") => {
            let request = request::<v3::merchant_service::complaints_v2::GetRequest>(case);
            let complaints = wxpay.v3().merchant_service().complaints_v2();
            complaints.get(&request).unchecked().await.map(drop)
        }
        ("GET", "/v3/marketing/favor/users/{openid}/coupons") => {
            let users = wxpay.v3().marketing().favor().users();
            let coupons = users._openid_(variable("openid")).coupons();
            coupons.get(&request(case)).unchecked().await.map(drop)
        }
        ("POST", "/v3/profitsharing/receivers/add") => {
            let add = wxpay.v3().profitsharing().receivers().add();
            add.post(&request(case)).unchecked().await.map(drop)
        }
        ("PATCH", "/v3/smartguide/guides/{guide_id}") => {
            let guide = wxpay.v3().smartguide().guides();
            let guide = guide._guide_id_(variable("guide_id"));
            guide.patch(&request(case)).unchecked().await.map(drop)
        }
        ("POST", "/v3/apply4sub/sub_merchants/{sub_mchid}/modify-settlement") => {
            let merchants = wxpay.v3().apply4sub().sub_merchants();
            let merchant = merchants._sub_mchid_(variable("sub_mchid"));
            let call = merchant.modify_settlement();
            call.post(&request(case)).unchecked().await.map(drop)
        }
        _ => return None,
    };
    Some(outcome)
}

/// The typed request of a case: the members of its body and of its query.
fn request<T: DeserializeOwned>(case: &Value) -> T {
    let members = |key: &str| case[key].as_object().cloned().unwrap_or_default();
    let all: Map<_, _> = members("body")
        .into_iter()
        .chain(members("query"))
        .collect();
    serde_json::from_value(Value::Object(all)).expect("a request as described")
}

fn compare(fixture: &Fixture, sent: &Value) {
    let received = fixture.last_request();
    assert_eq!(received.method, text_of(&sent["method"]));
    assert_eq!(parts(&received.target), parts(text_of(&sent["target"])));
    let body = text_of(&sent["body"]);
    if body.is_empty() {
        assert!(
            received.body.is_empty(),
            "a body was sent with {}",
            received.target
        );
    } else {
        let mut ours: Value = serde_json::from_slice(&received.body).expect("JSON was sent");
        let theirs: Value = serde_json::from_str(body).expect("JSON in the vectors");
        open(fixture, &mut ours, &theirs);
        assert_eq!(ours, theirs);
    }
}

/// Opens texts that we encrypt and the other implementation leaves to its user: what is in them must be what was given.
fn open(fixture: &Fixture, ours: &mut Value, theirs: &Value) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (name, value) in ours {
                open(fixture, value, &theirs[name]);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            for (value, theirs) in ours.iter_mut().zip(theirs) {
                open(fixture, value, theirs);
            }
        }
        (Value::String(text), theirs) if *text != *theirs => {
            if let Some(plain) = fixture.decrypt(text) {
                *text = plain;
            }
        }
        _ => {}
    }
}

/// The segments of the path, and the pairs of the query in any order, as the other side reads them: which characters are
/// percent-encoded, and whether a space in a query is `+` or `%20`, may differ.
fn parts(target: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let segments = path.split('/').map(decoded).collect();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (read_of_query(name), read_of_query(value)))
        .collect();
    pairs.sort_unstable();
    (segments, pairs)
}

fn read_of_query(text: &str) -> String {
    decoded(&text.replace('+', "%20"))
}

fn decoded(text: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.expect("UTF-8").into_owned()
}

fn text_of(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn folder() -> PathBuf {
    match std::env::var_os("WECHATPAY_VECTORS") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/tests/vectors"),
    }
}
