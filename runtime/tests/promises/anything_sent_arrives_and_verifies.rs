//! Property: any path variable and any request arrives as it was given, and its signature fits.

use crate::requests_are_signed::verified;
use crate::support::client;
use crate::support::example::{Goods, Kind, ORDER, OrderRequest, order};
use crate::support::keys::Keys;
use crate::support::server::Server;
use percent_encoding::percent_decode_str;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use wechatpay_runtime::emitted as rt;

fn any_goods() -> impl Strategy<Value = Goods> {
    (any::<String>(), any::<Option<i64>>()).prop_map(|(name, price)| Goods { name, price })
}

fn any_order() -> impl Strategy<Value = OrderRequest> {
    let texts = (
        any::<String>(),
        vec(any::<String>(), 1..4),
        any::<Option<String>>(),
    );
    let numbers = (option::of(-1e9..1e9_f64), any::<Option<bool>>());
    let nested = (
        vec(any_goods(), 0..3),
        btree_map(any::<String>(), any::<i64>(), 0..3),
        option::of(any_goods()),
    );
    let query = (any::<Option<String>>(), vec(any::<String>(), 0..3));
    (texts, numbers, nested, query).prop_map(|(texts, numbers, nested, query)| OrderRequest {
        kind: Kind::Unrecognized(texts.0),
        tags: texts.1,
        code: texts.2,
        rate: numbers.0,
        by_card: numbers.1,
        goods: nested.0,
        labels: nested.1,
        attach: nested.2.map(rt::JsonText),
        mchid: query.0,
        states: query.1,
        ..order()
    })
}

/// What a reader of WeChat Pay's side makes of the query.
fn pairs(query: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// A number as it was sent: serde_json itself may read the last bit of a fraction otherwise.
#[derive(serde::Deserialize)]
struct Exact<'a> {
    #[serde(borrow)]
    rate: Option<&'a serde_json::value::RawValue>,
}

fn expected_pairs(request: &OrderRequest) -> Vec<(String, String)> {
    let mchid = request
        .mchid
        .iter()
        .map(|value| ("mchid".to_owned(), value.clone()));
    let states = request
        .states
        .iter()
        .map(|value| ("states".to_owned(), value.clone()));
    mchid.chain(states).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn requests_arrive_as_given(variable in ".{1,40}", request in any_order()) {
        prop_assume!(variable != "." && variable != "..");
        let keys = Keys::load();
        let server = Server::answering(keys.signed_reply(204, ""));
        let client = client(&keys, &server.url);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let call = rt::Call::<()>::new(&client, &ORDER, &[&variable], Some(&request)).unchecked();
        let sent = runtime.block_on(async { call.await.map(|reply| reply.status()) });
        prop_assert_eq!(sent.map_err(|error| error.to_string()), Ok(204));
        let received = server.only();
        verified(&keys, &received);
        let (path, query) = received.target.split_once('?').unwrap_or((&received.target, ""));
        let segments: Vec<&str> = path.split('/').collect();
        let decoded = percent_decode_str(segments[3]).decode_utf8_lossy().into_owned();
        prop_assert_eq!((decoded, segments.len()), (variable, 5));
        prop_assert_eq!(pairs(query), expected_pairs(&request));
        let body: serde_json::Value = serde_json::from_slice(&received.body).expect("JSON");
        prop_assert_eq!(body["kind"].as_str(), Some(rt::OpenEnum::text(&request.kind)));
        prop_assert_eq!(&body["tags"], &serde_json::json!(request.tags));
        prop_assert_eq!(body.get("code").and_then(serde_json::Value::as_str), request.code.as_deref());
        let exact: Exact = serde_json::from_slice(&received.body).expect("JSON");
        prop_assert_eq!(exact.rate.map(|rate| rate.get().parse()), request.rate.map(Ok));
        for (goods, sent) in request.goods.iter().zip(body["goods"].as_array().into_iter().flatten()) {
            prop_assert_eq!(sent["name"].as_str(), Some(goods.name.as_str()));
            prop_assert_eq!(sent["price"].as_i64(), goods.price);
        }
        for (name, value) in &request.labels {
            prop_assert_eq!(body["labels"][name].as_i64(), Some(*value));
        }
        if let Some(attach) = &request.attach {
            let text = body["attach"].as_str().expect("a text");
            let inner: serde_json::Value = serde_json::from_str(text).expect("JSON in a text");
            prop_assert_eq!(inner["name"].as_str(), Some(attach.name.as_str()));
        }
    }
}
