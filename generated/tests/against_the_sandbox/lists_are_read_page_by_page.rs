//! The calls of lists follow their pages to the end.

use crate::fixture::Fixture;
use std::sync::atomic::{AtomicUsize, Ordering};
use wechatpay_openapi::v3::merchant_service::complaints_v2;
use wechatpay_openapi::{Error, ErrorKind, Pages};
use wechatpay_sandbox::Alteration;

const COUNT: usize = 5;

/// A sandbox with five complaints, of which it shows two at a time.
async fn complaints() -> Fixture {
    let asked = AtomicUsize::new(0);
    let alteration = Alteration::from_fn(move |_, body| {
        let from = asked.fetch_add(1, Ordering::Relaxed) * 2;
        let one = body["data"][0].clone();
        let numbered = |index: usize| {
            let mut one = one.clone();
            one["complaint_id"] = index.to_string().into();
            one
        };
        body["data"] = (from..COUNT.min(from + 2)).map(numbered).collect();
        body["total_count"] = COUNT.into();
    });
    Fixture::with(alteration).await
}

fn request() -> complaints_v2::GetRequest {
    complaints_v2::GetRequest::new()
        .begin_date("2019-01-01")
        .end_date("2019-01-02")
        .limit(2)
}

#[tokio::test]
async fn to_the_last_item() {
    let fixture = complaints().await;
    let request = request();
    let call = fixture.wxpay.v3().merchant_service().complaints_v2();
    let mut items = call.get(&request).items();
    let mut found = Vec::new();
    while let Some(complaint) = items.next().await {
        let complaint = complaint.expect("a complaint");
        found.push(complaint.complaint_id().expect("a number").to_owned());
    }
    assert_eq!(found, ["0", "1", "2", "3", "4"]);
    let targets: Vec<String> = fixture
        .requests()
        .into_iter()
        .map(|request| request.target)
        .collect();
    assert_eq!(targets.len(), 3);
    for (target, offset) in targets.iter().zip([None, Some(2), Some(4)]) {
        let offset = offset.map(|offset| format!("offset={offset}"));
        assert_eq!(target.contains("offset="), offset.is_some(), "{target}");
        assert!(
            target.contains(offset.as_deref().unwrap_or("limit=2")),
            "{target}"
        );
        assert!(target.contains("begin_date=2019-01-01"), "{target}");
    }
}

#[tokio::test]
async fn page_by_page_and_strictly() {
    let fixture = complaints().await;
    let request = request();
    let call = fixture.wxpay.v3().merchant_service().complaints_v2();
    let mut pages: Pages<'_, _> = call.get(&request).strict().pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.expect("a page");
        assert!(page.is_verified() && page.drift().is_empty());
        lengths.push(page.data.len());
    }
    assert_eq!(lengths, [2, 2, 1]);
}

/// The sandbox as it is answers each page with the same example.
#[tokio::test]
async fn a_server_that_turns_no_page_is_found_out() {
    let alteration = Alteration::from_fn(|_, body| body["total_count"] = 100.into());
    let fixture = Fixture::with(alteration).await;
    let request = request();
    let call = fixture.wxpay.v3().merchant_service().complaints_v2();
    let mut pages = call.get(&request).pages();
    assert!(pages.next().await.expect("a page").is_ok());
    let error: Error = pages
        .next()
        .await
        .expect("an end")
        .expect_err("the same page");
    assert_eq!(error.kind(), &ErrorKind::Paging);
    assert!(pages.next().await.is_none());
}
