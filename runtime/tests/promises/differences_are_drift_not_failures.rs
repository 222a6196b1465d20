//! JSON of another shape than described is read as far as it goes, and each difference is told by its place.

use crate::support::client;
use crate::support::example::{Kind, Level, OrderReply, get};
use crate::support::keys::Keys;
use crate::support::server::Server;
use wechatpay_runtime::value::Value;
use wechatpay_runtime::{DriftKind, Reply};

async fn read(body: &str) -> Reply<OrderReply> {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, body));
    get(&client(&keys, &server.url))
        .await
        .unwrap_or_else(|error| panic!("{body}: {error}"))
}

fn differences(reply: &Reply<OrderReply>) -> Vec<(&str, DriftKind)> {
    reply
        .drift()
        .iter()
        .map(|drift| (drift.path.as_str(), drift.kind))
        .collect()
}

const fn wrong(expected: &'static str, found: &'static str) -> DriftKind {
    DriftKind::Type { expected, found }
}

const fn lenient(expected: &'static str, found: &'static str) -> DriftKind {
    DriftKind::Lenient { expected, found }
}

#[tokio::test]
async fn what_is_described_is_read_without_drift() {
    let reply = read(
        r#"{"state":"CLOSED","level":2,"total":-5,"rate":0.5,"note":"\u8ba2单","paid":true,
            "goods":[{"name":"a","price":1},{"name":"b"}],"attach":"{\"name\":\"c\"}",
            "labels":{"x":1},"anything":[1,{"y":null}],"next":{"state":"PAID","total":0}}"#,
    )
    .await;
    assert_eq!(differences(&reply), []);
    assert_eq!(reply.state, Some(Kind::Closed));
    assert_eq!(reply.level, Some(Level::Two));
    assert_eq!(
        (reply.total, reply.rate, reply.paid),
        (Some(-5), Some(0.5), Some(true))
    );
    assert_eq!(reply.note.as_deref(), Some("订单"));
    assert_eq!(reply.goods.len(), 2);
    assert_eq!(reply.goods[0].price, Some(1));
    assert_eq!(
        reply.attach.as_ref().map(|goods| goods.name.as_str()),
        Some("c")
    );
    assert_eq!(reply.labels.get("x"), Some(&1));
    assert_eq!(reply.anything, Some(serde_json::json!([1, {"y": null}])));
    assert_eq!(reply.next.as_ref().and_then(|next| next.total), Some(0));
}

#[tokio::test]
async fn half_a_character_is_no_failure() {
    let half = lenient("whole characters", "half a one");
    for (note, expected) in [
        (r"x\ud83d", "x\u{fffd}"),
        (r"\uDE00\ud83d\uDE00", "\u{fffd}😀"),
        (r"\ud83d\\ud83d\n\uD83D", "\u{fffd}\\ud83d\n\u{fffd}"),
        (r"\ud83d\ud83d\ude00 \ud83d\u0041", "\u{fffd}😀 \u{fffd}A"),
    ] {
        let reply = read(&format!(
            r#"{{"state":"PAID","total":1,"note":"{note}","anything":"\ud83d"}}"#
        ))
        .await;
        assert_eq!(reply.state, Some(Kind::Paid));
        assert_eq!(reply.total, Some(1));
        assert_eq!(reply.note.as_deref(), Some(expected));
        assert_eq!(reply.anything, Some("\u{fffd}".into()));
        assert_eq!(differences(&reply), [("", half)]);
    }
    let whole = read(r#"{"state":"PAID","total":1,"note":"\\ud83d\ud83d\ude00"}"#).await;
    assert_eq!(whole.note.as_deref(), Some("\\ud83d😀"));
    assert_eq!(differences(&whole), []);
}

#[tokio::test]
async fn null_stands_for_absent() {
    let reply = read(
        r#"{"state":null,"total":null,"note":null,"goods":null,"labels":null,"anything":null,"attach":null,"next":null}"#,
    )
    .await;
    assert_eq!(
        differences(&reply),
        [("state", DriftKind::Null), ("total", DriftKind::Null)]
    );
    assert_eq!(reply.into_body(), <OrderReply as Value>::empty());
}

#[tokio::test]
async fn what_stands_for_a_value_is_taken() {
    let reply = read(
        r#"{"state":"PAID","level":"2","total":"100","rate":"0.5","note":7,"paid":"true","labels":{"x":2.0},
            "attach":{"name":"c"},"goods":[{"name":true,"price":"1"}]}"#,
    )
    .await;
    assert_eq!(
        differences(&reply),
        [
            ("level", lenient("a whole number", "a text")),
            ("total", lenient("a whole number", "a text of digits")),
            ("rate", lenient("a number", "a text of digits")),
            ("note", lenient("a text", "a number")),
            ("paid", lenient("true or false", "a text")),
            (
                "labels.x",
                lenient("a whole number", "a number with a fraction of zero")
            ),
            ("attach", lenient("a text that holds JSON", "an object")),
            ("goods[0].name", lenient("a text", "true or false")),
            (
                "goods[0].price",
                lenient("a whole number", "a text of digits")
            ),
        ]
    );
    assert_eq!((reply.level, reply.total), (Some(Level::Two), Some(100)));
    assert_eq!((reply.rate, reply.paid), (Some(0.5), Some(true)));
    assert_eq!(reply.note.as_deref(), Some("7"));
    assert_eq!(reply.labels.get("x"), Some(&2));
    assert_eq!(reply.goods[0].name, "true");
    assert_eq!(
        reply.attach.as_ref().map(|goods| goods.name.as_str()),
        Some("c")
    );
}

#[tokio::test]
async fn what_does_not_fit_is_left_out() {
    let reply = read(
        r#"{"state":["PAID"],"level":3,"total":1.5,"rate":"inf","note":{},"paid":1,"goods":{"name":"a"},
            "labels":[1],"attach":"{","next":[]}"#,
    )
    .await;
    assert_eq!(
        differences(&reply),
        [
            ("state", wrong("a text", "a list")),
            ("level", DriftKind::UnknownValue),
            ("total", wrong("a whole number", "another number")),
            ("rate", wrong("a number", "a text")),
            ("note", wrong("a text", "an object")),
            ("paid", wrong("true or false", "a number")),
            ("goods", wrong("a list", "an object")),
            ("labels", wrong("an object", "a list")),
            (
                "attach",
                wrong("a text that holds JSON", "a text that holds none")
            ),
            ("next", wrong("an object", "a list")),
        ]
    );
    assert_eq!(reply.into_body(), <OrderReply as Value>::empty());
}

#[tokio::test]
async fn numbers_out_of_range_are_left_out_rather_than_changed() {
    let reply =
        read(r#"{"state":"PAID","total":9223372036854775808,"note":123456789012345678901}"#).await;
    assert_eq!((reply.total, reply.note.as_deref()), (None, None));
    assert_eq!(reply.drift().len(), 2);
    let reply =
        read(r#"{"state":"PAID","total":9223372036854775807,"note":18446744073709551615}"#).await;
    assert_eq!(reply.total, Some(i64::MAX));
    assert_eq!(reply.note.as_deref(), Some("18446744073709551615"));
}

/// What is taken for an amount is that amount; all else is left out.
#[tokio::test]
async fn an_amount_is_never_another_one() {
    for (written, taken) in [
        ("1e2", Some(100)),
        ("100.0", Some(100)),
        ("-0", Some(0)),
        ("100.5", None),
        ("100.4999999999", None),
        ("9007199254740991.4", None),
        ("1e19", None),
        ("-9223372036854775808", Some(i64::MIN)),
        ("-9223372036854775809", None),
        (r#""100""#, Some(100)),
        (r#""-7""#, Some(-7)),
        (r#""007""#, Some(7)),
        (r#""+7""#, None),
        (r#"" 7""#, None),
        (r#""7 ""#, None),
        (r#""1e2""#, None),
        (r#""1.0""#, None),
        (r#""0x10""#, None),
        (r#""７""#, None),
        (r#""9223372036854775808""#, None),
        (r#""""#, None),
        ("true", None),
    ] {
        let reply = read(&format!(r#"{{"state":"PAID","total":{written}}}"#)).await;
        assert_eq!(reply.total, taken, "{written}");
        let plain = written.parse::<i64>().is_ok() && written != "-0";
        assert_eq!(reply.drift().is_empty(), plain, "{written}");
    }
}

/// The last one counts, as nearly every reader of JSON has it; where it does not fit, none does.
#[tokio::test]
async fn an_amount_that_comes_twice_is_the_last_or_none() {
    for (second, taken) in [("2", Some(2)), ("\"x\"", None), ("null", None)] {
        let body = format!(r#"{{"state":"PAID","total":1,"total":{second}}}"#);
        let reply = read(&body).await;
        assert_eq!(reply.total, taken, "{second}");
        assert!(differences(&reply).contains(&("total", DriftKind::Duplicate)));
    }
}

#[tokio::test]
async fn what_is_not_described_missing_or_doubled_is_told() {
    let reply = read(
        r#"{"new":{"deep":[1]},"total":1,"total":2,"goods":[{"price":1,"x":1},null,3],"next":{"state":"NEW"}}"#,
    )
    .await;
    assert_eq!(
        differences(&reply),
        [
            ("new", DriftKind::UnknownField),
            ("total", DriftKind::Duplicate),
            ("goods[0].x", DriftKind::UnknownField),
            ("goods[0].name", DriftKind::Missing),
            ("goods[1]", DriftKind::Null),
            ("goods[2]", wrong("an object", "a number")),
            ("next.state", DriftKind::UnknownValue),
            ("next.total", DriftKind::Missing),
            ("state", DriftKind::Missing),
        ]
    );
    assert_eq!(reply.total, Some(2));
    assert_eq!(reply.goods.len(), 1);
    let next = reply.next.as_ref().expect("an object");
    assert_eq!(next.state, Some(Kind::Unrecognized("NEW".to_owned())));
}

#[tokio::test]
async fn a_list_that_comes_twice_is_replaced() {
    let reply = read(
        r#"{"state":"PAID","total":1,"goods":[{"name":"a"}],"goods":[{"name":"b"}],"labels":{"x":1},"labels":{}}"#,
    )
    .await;
    assert_eq!(reply.goods.len(), 1);
    assert_eq!(reply.goods[0].name, "b");
    assert!(reply.labels.is_empty());
}

#[tokio::test]
async fn an_empty_body_or_another_document_leaves_all_out() {
    let missing = [("state", DriftKind::Missing), ("total", DriftKind::Missing)];
    assert_eq!(differences(&read("").await), missing);
    assert_eq!(differences(&read(" \n").await), missing);
    assert_eq!(differences(&read("{}").await), missing);
    assert_eq!(
        differences(&read("[]").await),
        [("", wrong("an object", "a list"))]
    );
    assert_eq!(differences(&read("null").await), [("", DriftKind::Null)]);
}

#[tokio::test]
async fn very_many_differences_do_not_fill_the_memory() {
    let members: Vec<String> = (0..5_000)
        .map(|number| format!("\"x{number}\":0"))
        .collect();
    let reply = read(&format!("{{{}}}", members.join(","))).await;
    assert_eq!(reply.drift().len(), 1_000);
}

#[tokio::test]
async fn a_body_where_none_is_described_is_fine() {
    use crate::support::example::QUERY;
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(200, "<html>"));
    let client = client(&keys, &server.url);
    let call = wechatpay_runtime::Call::<()>::new(&client, &QUERY, &["x"], None);
    assert_eq!(call.await.expect("a reply").raw_body(), &b"<html>"[..]);
}
