//! What breaks the description's rules, or cannot be sent at all, is refused by its place, and no byte leaves.

use crate::support::client;
use crate::support::example::{Goods, Kind, ORDER, OrderReply, OrderRequest, order, post};
use crate::support::keys::Keys;
use crate::support::server::Server;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{Client, Error, ErrorKind, Method, Outcome, Rule};

struct Bench {
    client: Client,
    server: Server,
}

fn bench() -> Bench {
    let keys = Keys::load();
    let server = Server::answering(keys.signed_reply(204, ""));
    let client = client(&keys, &server.url);
    Bench { client, server }
}

fn goods(name: &str, price: i64) -> Goods {
    Goods {
        name: name.to_owned(),
        price: Some(price),
    }
}

fn check(error: &Error, expected: &[(&str, Rule)]) {
    assert_eq!(error.kind(), &ErrorKind::Validation);
    assert_eq!(error.outcome(), Outcome::NotSent);
    let found: Vec<(&str, Rule)> = error
        .violations()
        .iter()
        .map(|violation| (violation.place.as_str(), violation.rule.clone()))
        .collect();
    assert_eq!(found, expected);
    for (place, _) in expected {
        assert!(error.to_string().contains(place), "{error}");
    }
}

#[tokio::test]
async fn all_broken_rules_are_told_by_their_places() {
    let bench = bench();
    let request = OrderRequest {
        goods: vec![goods("一二三", 100), goods("一二三四", 0), goods("", 101)],
        tags: vec!["12345".to_owned()],
        rate: Some(1.5),
        code: Some("xAB12".to_owned()),
        by_wallet: Some(true),
        attach: Some(rt::JsonText(goods("", 1))),
        ..order()
    };
    let error = post(&bench.client, &request).await.expect_err("refused");
    check(
        &error,
        &[
            ("goods", Rule::TooManyItems { most: 2, actual: 3 }),
            ("goods[1].name", Rule::TooLong { most: 3, actual: 4 }),
            ("goods[1].price", Rule::TooSmall { least: 1 }),
            (
                "goods[2].name",
                Rule::TooShort {
                    least: 1,
                    actual: 0,
                },
            ),
            ("goods[2].price", Rule::TooGreat { most: 100 }),
            ("tags[0]", Rule::TooLong { most: 4, actual: 5 }),
            ("rate", Rule::TooGreat { most: 1 }),
            (
                "code",
                Rule::Pattern {
                    pattern: "[A-Z]{2}[0-9]+",
                },
            ),
            (
                "attach.name",
                Rule::TooShort {
                    least: 1,
                    actual: 0,
                },
            ),
            (
                "the request",
                Rule::ExactlyOne {
                    of: &["by_card", "by_wallet"],
                    set: 2,
                },
            ),
        ],
    );
    assert!(bench.server.received().is_empty());
}

#[tokio::test]
async fn what_is_required_must_be_there() {
    let bench = bench();
    let request = OrderRequest {
        tags: Vec::new(),
        by_card: None,
        ..order()
    };
    let error = post(&bench.client, &request).await.expect_err("refused");
    check(
        &error,
        &[
            ("tags", Rule::Required),
            (
                "the request",
                Rule::ExactlyOne {
                    of: &["by_card", "by_wallet"],
                    set: 0,
                },
            ),
        ],
    );
    assert!(bench.server.received().is_empty());
}

#[tokio::test]
async fn unchecked_sends_what_only_breaks_rules() {
    let bench = bench();
    let request = OrderRequest {
        kind: Kind::Unrecognized("NEW".to_owned()),
        tags: Vec::new(),
        goods: vec![goods("", 0)],
        by_card: None,
        ..rt::Value::empty()
    };
    let reply = post(&bench.client, &request).unchecked().await;
    assert_eq!(reply.expect("a reply").status(), 204);
    let sent = bench.server.only().text();
    assert_eq!(
        sent,
        r#"{"kind":"NEW","goods":[{"name":"","price":0}],"tags":[]}"#
    );
}

#[tokio::test]
async fn what_is_no_number_is_refused_even_unchecked() {
    let bench = bench();
    for rate in [f64::NAN, f64::INFINITY] {
        let request = OrderRequest {
            rate: Some(rate),
            ..order()
        };
        let error = post(&bench.client, &request)
            .unchecked()
            .await
            .expect_err("refused");
        check(&error, &[("rate", Rule::Finite)]);
    }
    assert!(bench.server.received().is_empty());
}

#[tokio::test]
async fn path_variables_that_lead_elsewhere_are_refused_even_unchecked() {
    let bench = bench();
    let request = order();
    for (value, rule) in [
        ("", Rule::NotEmpty),
        (".", Rule::DotSegment),
        ("..", Rule::DotSegment),
    ] {
        let call = || rt::Call::<OrderReply>::new(&bench.client, &ORDER, &[value], Some(&request));
        for error in [
            call().await.expect_err("refused"),
            call().unchecked().await.expect_err("refused"),
        ] {
            check(&error, &[("path variable `out_order_no`", rule.clone())]);
        }
    }
    let long = "x".repeat(33);
    let call = rt::Call::<OrderReply>::new(&bench.client, &ORDER, &[&long], Some(&request));
    let error = call.await.expect_err("refused");
    check(
        &error,
        &[(
            "path variable `out_order_no`",
            Rule::TooLong {
                most: 32,
                actual: 33,
            },
        )],
    );
    assert!(bench.server.received().is_empty());
}

#[tokio::test]
async fn headers_that_cannot_be_sent_are_refused_by_name() {
    let bench = bench();
    for (name, value, rule) in [
        ("X-Trace", "a\r\nX-Other: b", Rule::HeaderValue),
        ("Authorization", "mine", Rule::ReservedHeader),
        ("Wechatpay-Serial", "mine", Rule::ReservedHeader),
        ("no name", "a", Rule::HeaderName),
    ] {
        let error = post(&bench.client, &order())
            .header(name, value)
            .await
            .expect_err("refused");
        check(
            &error,
            &[(format!("header `{name}`").as_str(), rule.clone())],
        );
        let request = bench
            .client
            .request(Method::Get, "/v3/x")
            .header(name, value);
        let error = request.await.expect_err("refused");
        check(&error, &[(format!("header `{name}`").as_str(), rule)]);
    }
    let request = OrderRequest {
        device: Some("a\nb".to_owned()),
        ..order()
    };
    let error = post(&bench.client, &request).await.expect_err("refused");
    check(&error, &[("header `X-Device`", Rule::HeaderValue)]);
    assert!(bench.server.received().is_empty());
}

#[tokio::test]
async fn targets_that_are_none_are_refused() {
    let bench = bench();
    for target in [
        "https://evil.example/v3/x",
        "//evil.example/",
        "v3/x",
        "/v3/x\r\ny",
        "/v3#x",
        "/../x",
    ] {
        let error = bench
            .client
            .request(Method::Get, target)
            .await
            .expect_err("refused");
        assert_eq!(error.kind(), &ErrorKind::Validation);
        assert!(matches!(error.violations()[0].rule, Rule::Target { .. }));
        assert!(!error.to_string().contains('\n'));
    }
    assert!(bench.server.received().is_empty());
}
