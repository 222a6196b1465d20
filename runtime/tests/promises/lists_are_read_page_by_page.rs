//! Lists that come in pages: each page when it is asked for, to the last, and never for ever.

use crate::support::client;
use crate::support::list::{
    COUNTED, ListReply, NUMBERED, POSTED, TOKEN, UNCOUNTED, UNPAGED, asked, call, keys, number,
    request, server,
};
use crate::support::server::{Received, Server};
use serde_json::{Value, json};
use std::io::Write;
use std::time::Duration;
use wechatpay_runtime::emitted as rt;
use wechatpay_runtime::{Error, ErrorKind, Outcome, RetryPolicy};

/// A server of a list of so many items, by offset.
fn of(count: usize, counted: bool) -> Server {
    server(move |request| {
        let from = number(request, "offset").min(count);
        let to = (from + number(request, "limit")).min(count);
        let mut page = json!({ "data": (from..to).collect::<Vec<_>>() });
        if counted {
            page["total_count"] = count.into();
        }
        page
    })
}

async fn all(call: rt::Call<'_, ListReply>) -> (Vec<i64>, Option<Error>) {
    let mut items = call.items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => found.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "an error ends the stream");
                return (found, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "an end is an end");
    (found, None)
}

fn offsets(server: &Server) -> Vec<Option<String>> {
    server
        .received()
        .iter()
        .map(|it| asked(it, "offset"))
        .collect()
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
    texts.map(|text| Some(text.to_owned())).to_vec()
}

#[tokio::test]
async fn a_counted_list_ends_with_its_last_item() {
    for (count, requests) in [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)] {
        let server = of(count, true);
        let client = client(keys(), &server.url);
        let request = request();
        let (found, error) = all(call(&client, &COUNTED, &request)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(found.len(), count);
        assert!(found.iter().copied().eq(0..count as i64));
        assert_eq!(server.received().len(), requests, "of {count} items");
    }
}

#[tokio::test]
async fn a_list_that_is_not_counted_ends_with_a_short_page() {
    for (count, requests) in [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3)] {
        let server = of(count, false);
        let client = client(keys(), &server.url);
        let request = request();
        let (found, error) = all(call(&client, &UNCOUNTED, &request)).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(found.len(), count);
        assert_eq!(server.received().len(), requests, "of {count} items");
    }
}

#[tokio::test]
async fn an_item_that_is_left_out_counts_as_one_that_came() {
    let lists = [
        json!([0, null, 2, 3]),
        json!([0, 1, {}, null, "x", 5, 6]),
        json!([null, null, 2]),
    ];
    for (list, kept) in lists.into_iter().zip([&[0, 2, 3][..], &[0, 1, 5, 6], &[2]]) {
        for (operation, step, counted) in [
            (&COUNTED, 1, true),
            (&UNCOUNTED, 1, false),
            (&NUMBERED, 2, true),
        ] {
            let list = list.as_array().expect("a list").clone();
            let server = server(move |request| {
                let from = number(request, "offset") * step;
                let page: Vec<_> = list.iter().skip(from).take(2).collect();
                let mut page = json!({ "data": page });
                if counted {
                    page["total_count"] = list.len().into();
                }
                page
            });
            let client = client(keys(), &server.url);
            let request = request();
            let (found, error) = all(call(&client, operation, &request)).await;
            assert!(error.is_none(), "{error:?}");
            assert_eq!(found, kept);
        }
    }
}

#[tokio::test]
async fn all_else_of_the_request_stays_as_it_is() {
    let server = of(7, true);
    let client = client(keys(), &server.url);
    let mut request = request();
    request.offset = Some(3);
    let (found, _) = all(call(&client, &COUNTED, &request)).await;
    assert_eq!(found, [3, 4, 5, 6]);
    assert_eq!(offsets(&server), texts(["3", "5"]));
    for received in server.received() {
        assert_eq!(asked(&received, "limit").as_deref(), Some("2"));
        assert_eq!(asked(&received, "note").as_deref(), Some("x"));
    }
    assert_eq!(request.offset, Some(3));
}

#[tokio::test]
async fn the_first_page_is_asked_for_as_the_request_says() {
    let server = of(3, true);
    let client = client(keys(), &server.url);
    let request = request();
    let (found, _) = all(call(&client, &COUNTED, &request)).await;
    assert_eq!(found, [0, 1, 2]);
    assert_eq!(offsets(&server), [None, Some("2".to_owned())]);
}

#[tokio::test]
async fn nothing_is_fetched_before_it_is_asked_for() {
    let server = of(100, true);
    let client = client(keys(), &server.url);
    let request = request();
    let mut pages = call(&client, &COUNTED, &request).pages();
    assert_eq!(server.received().len(), 0);
    for expected in 1..4 {
        let page = pages.next().await.expect("a page").expect("a page");
        assert_eq!(page.data.len(), 2);
        assert_eq!((page.status(), page.request_id()), (200, Some("08F7")));
        assert!(page.is_verified());
        assert_eq!(server.received().len(), expected);
    }
    let mut items = call(&client, &COUNTED, &request).items();
    for _ in 0..2 {
        items.next().await.expect("an item").expect("an item");
    }
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn a_stream_of_the_common_trait() {
    use core::pin::Pin;
    use futures_core::Stream;
    let server = of(5, true);
    let client = client(keys(), &server.url);
    let request = request();
    let mut stream: Pin<Box<dyn Stream<Item = Result<i64, Error>> + Send>> =
        Box::pin(call(&client, &COUNTED, &request).items());
    let mut sum = 0;
    while let Some(item) = core::future::poll_fn(|it| stream.as_mut().poll_next(it)).await {
        sum += item.expect("an item");
    }
    assert_eq!(sum, 10);
}

#[tokio::test]
async fn pages_of_numbers_are_counted_by_one() {
    let server = server(|request| {
        let from = number(request, "offset") * 2;
        json!({ "data": (from..(from + 2).min(5)).collect::<Vec<_>>(), "total_count": 5 })
    });
    let client = client(keys(), &server.url);
    let mut request = request();
    let (found, error) = all(call(&client, &NUMBERED, &request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found, [0, 1, 2, 3, 4]);
    request.offset = Some(1);
    let (found, _) = all(call(&client, &NUMBERED, &request)).await;
    assert_eq!(found, [2, 3, 4]);
    assert_eq!(server.received().len(), 5);
}

#[tokio::test]
async fn a_page_number_in_a_body_stays_a_number() {
    let server = server(|request| {
        let body: Value = serde_json::from_str(&request.text()).expect("JSON");
        let from = (body["page"].as_i64().unwrap_or(1) - 1) * 2;
        json!({ "data": (from..(from + 2).min(3)).collect::<Vec<_>>(), "total_count": 3 })
    });
    let client = client(keys(), &server.url);
    let mut request = request();
    request.page = Some(1.0);
    let (found, error) = all(call(&client, &POSTED, &request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found, [0, 1, 2]);
    let bodies: Vec<String> = server.received().iter().map(Received::text).collect();
    assert_eq!(bodies, [r#"{"page":1}"#, r#"{"page":2}"#]);
}

#[tokio::test]
async fn a_list_from_a_later_page_on_ends_well_though_nobody_knows_how_long_its_pages_are() {
    let server = server(|request| {
        let body: Value = serde_json::from_str(&request.text()).expect("JSON");
        let from = (body["page"].as_i64().unwrap_or(1) - 1) * 2;
        json!({ "data": (from..(from + 2).min(5)).collect::<Vec<_>>(), "total_count": 5 })
    });
    let client = client(keys(), &server.url);
    for (first, expected) in [(1.0, 0..5), (2.0, 2..5), (3.0, 4..5)] {
        let mut request = request();
        request.page = Some(first);
        let (found, error) = all(call(&client, &POSTED, &request)).await;
        assert!(error.is_none(), "{error:?}");
        assert!(found.iter().copied().eq(expected), "{found:?}");
    }
}

#[tokio::test]
async fn a_token_leads_to_the_next_page_and_none_to_the_end() {
    let server = server(|request| match asked(request, "token").as_deref() {
        None => json!({ "data": [1], "next": "a/b" }),
        // A page may be empty, and not be the last.
        Some("a%2Fb") => json!({ "data": [], "next": "c" }),
        Some("c") => json!({ "data": [2], "next": "" }),
        other => panic!("{other:?}"),
    });
    let client = client(keys(), &server.url);
    let request = request();
    let (found, error) = all(call(&client, &TOKEN, &request)).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found, [1, 2]);
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error_and_not_an_endless_list() {
    let server = server(|request| {
        let next = match asked(request, "token").as_deref() {
            Some("a") => "b",
            _ => "a",
        };
        json!({ "data": [number(request, "limit")], "next": next })
    });
    let client = client(keys(), &server.url);
    let request = request();
    let (found, error) = all(call(&client, &TOKEN, &request)).await;
    let error = error.expect("an error");
    assert_eq!(error.kind(), &ErrorKind::Paging);
    assert_eq!(error.outcome(), Outcome::Answered);
    assert!(error.to_string().contains("`token`"), "{error}");
    assert!(found.len() <= 3 && server.received().len() <= 3);
}

#[tokio::test]
async fn a_server_that_takes_no_notice_of_the_offset_is_found_out() {
    for operation in [&COUNTED, &UNCOUNTED] {
        let server = server(|request| {
            // What is echoed makes no other page of it.
            let echo = asked(request, "offset");
            json!({ "data": [1, 2], "total_count": 10, "echo": echo })
        });
        let client = client(keys(), &server.url);
        let request = request();
        let (found, error) = all(call(&client, operation, &request)).await;
        assert_eq!(found, [1, 2], "no item comes twice");
        let error = error.expect("an error");
        assert_eq!(error.kind(), &ErrorKind::Paging);
        assert!(error.to_string().contains("`offset`"), "{error}");
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn a_list_that_ends_before_its_count_is_an_error() {
    let server = server(|request| match number(request, "offset") {
        0 => json!({ "data": [1, 2], "total_count": 10 }),
        _ => json!({ "data": [], "total_count": 10 }),
    });
    let client = client(keys(), &server.url);
    let request = request();
    let (found, error) = all(call(&client, &COUNTED, &request)).await;
    assert_eq!(found, [1, 2]);
    let error = error.expect("an error");
    assert_eq!(error.kind(), &ErrorKind::Paging);
    assert!(error.to_string().contains("10"), "{error}");
}

#[tokio::test]
async fn a_failed_page_ends_the_list_with_its_error() {
    let server = Server::start(|request, stream| {
        let reply = match number(request, "offset") {
            0 => keys().signed_reply(200, r#"{"data":[1,2],"total_count":4}"#),
            _ => keys().signed_reply(403, r#"{"code":"NO_AUTH","message":"x"}"#),
        };
        stream.write_all(&reply).is_ok()
    });
    let client = client(keys(), &server.url);
    let request = request();
    let (found, error) = all(call(&client, &COUNTED, &request)).await;
    assert_eq!(found, [1, 2]);
    assert_eq!(error.expect("an error").status(), Some(403));
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn options_of_the_call_are_each_pages() {
    let server = server(|request| match number(request, "offset") {
        0 => json!({ "data": [1, 2], "total_count": 4 }),
        _ => json!({ "data": [3, 4], "total_count": 4, "new": 1 }),
    });
    let client = client(keys(), &server.url);
    let request = request();
    let strict = call(&client, &COUNTED, &request)
        .strict()
        .header("X-Trace", "7");
    let (found, error) = all(strict).await;
    assert_eq!(found, [1, 2]);
    assert_eq!(error.expect("an error").kind(), &ErrorKind::Drift);
    for received in server.received() {
        assert_eq!(received.header("x-trace"), Some("7"));
    }

    let slow = Server::start(|request, stream| {
        if number(request, "offset") > 0 {
            std::thread::sleep(Duration::from_secs(5));
        }
        let reply = keys().signed_reply(200, r#"{"data":[1,2],"total_count":4}"#);
        stream.write_all(&reply).is_ok()
    });
    let client = crate::support::client(keys(), &slow.url);
    let hasty = call(&client, &COUNTED, &request)
        .timeout(Duration::from_secs(2))
        .retry(RetryPolicy::never());
    let (found, error) = all(hasty).await;
    assert_eq!(found, [1, 2]);
    assert!(matches!(
        error.expect("an error").kind(),
        ErrorKind::Transport(_)
    ));
}

#[tokio::test]
async fn a_list_of_which_nothing_is_known_is_an_error_before_anything_is_sent() {
    let server = of(1, true);
    let client = client(keys(), &server.url);
    let request = request();
    let (found, error) = all(call(&client, &UNPAGED, &request)).await;
    assert!(found.is_empty());
    assert_eq!(error.expect("an error").outcome(), Outcome::NotSent);
    assert!(server.received().is_empty());
}

#[cfg(feature = "blocking")]
#[test]
fn lists_are_read_without_async_too() {
    let server = of(5, true);
    let client = client(keys(), &server.url);
    let request = request();
    let mut items = call(&client, &COUNTED, &request).items();
    let mut found = Vec::new();
    while let Some(item) = items.next_blocking() {
        found.push(item.expect("an item"));
    }
    assert_eq!(found, [0, 1, 2, 3, 4]);
    assert_eq!(server.received().len(), 3);
}

#[cfg(feature = "blocking")]
#[tokio::test]
async fn within_an_async_runtime_that_is_an_error() {
    let server = of(5, true);
    let client = client(keys(), &server.url);
    let request = request();
    let mut items = call(&client, &COUNTED, &request).items();
    let error = items.next_blocking().expect("an error");
    assert_eq!(error.expect_err("an error").outcome(), Outcome::NotSent);
    assert!(items.next_blocking().is_none());
}
