//! Which lists the importer proposes to read page by page, and how.

use serde_json::{Value, json};
use wechatpay_codegen::import::{ImportOptions, import};
use wechatpay_codegen::model::{Api, PagedBy, Paging};

/// What is proposed for a GET with parameters in its query and fields in its reply.
fn proposed(query: Value, reply: Value) -> Option<Paging> {
    let params: Vec<Value> = query
        .as_object()
        .expect("parameters")
        .iter()
        .map(|(name, label)| json!({ "name": name, "in": "query", "type": "string", "label": label }))
        .collect();
    let fact = json!({
        "method": "GET",
        "path": "/v3/lists",
        "title": "接口",
        "params": params,
        "responses": { "200": { "type": "object", "fields": reply } },
    });
    let options = ImportOptions::default();
    let api = import(fact.to_string().as_bytes(), &Api::default(), &options)
        .unwrap_or_else(|error| panic!("{error}"))
        .api;
    let mut operations = api.paths["/v3/lists"].operations.values();
    operations.next().expect("one operation").paging.clone()
}

fn list() -> Value {
    json!({ "type": "array", "items": { "type": "string" } })
}

fn count(label: &str) -> Value {
    json!({ "type": "integer", "label": label })
}

#[test]
fn an_offset_counts_items() {
    let reply = json!({ "data": list(), "links": list(), "total_count": count("总数") });
    let paging = proposed(json!({ "offset": "偏移量", "limit": "大小" }), reply);
    assert_eq!(
        paging,
        Some(Paging {
            by: PagedBy::Offset("offset".to_owned()),
            limit: Some("limit".to_owned()),
            items: "data".to_owned(),
            total: Some("total_count".to_owned()),
        })
    );
}

#[test]
fn an_offset_that_is_called_a_pages_number_is_one() {
    let reply = json!({ "data": list() });
    let paging = proposed(json!({ "offset": "分页页码" }), reply).expect("pages");
    let field = "offset".to_owned();
    assert_eq!(paging.by, PagedBy::Page { field, first: 0 });
    assert_eq!((paging.limit, paging.total), (None, None));
}

#[test]
fn a_token_and_a_pages_number_are_known_by_their_names() {
    let reply = json!({ "store_list": list(), "next_page_token": { "type": "string" } });
    let query = json!({ "page_token": "分页Token", "page_size": "分页大小" });
    let paging = proposed(query, reply).expect("pages");
    let (field, next) = ("page_token".to_owned(), "next_page_token".to_owned());
    assert_eq!(paging.by, PagedBy::Token { field, next });
    assert_eq!(paging.items, "store_list");
    let query = json!({ "page_index": "查询页码" });
    let paging = proposed(query, json!({ "data": list() })).expect("pages");
    let field = "page_index".to_owned();
    assert_eq!(paging.by, PagedBy::Page { field, first: 1 });
}

#[test]
fn the_number_of_a_batchs_transfers_does_not_count_what_is_asked_for() {
    let reply = json!({ "data": list(), "total_count": count("转账总笔数") });
    let paging = proposed(json!({ "offset": "起始位置" }), reply).expect("pages");
    assert_eq!(paging.total, None);
}

#[test]
fn what_is_no_list_has_no_pages() {
    assert_eq!(proposed(json!({}), json!({ "data": list() })), None);
    let none = json!({ "id": { "type": "string" } });
    assert_eq!(proposed(json!({ "offset": "偏移量" }), none), None);
    let two = json!({ "a": list(), "b": list() });
    assert_eq!(proposed(json!({ "offset": "偏移量" }), two), None);
}
