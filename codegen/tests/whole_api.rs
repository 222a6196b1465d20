//! What must hold of `spec/` as a whole, and of what is emitted from it.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use wechatpay_codegen::model::{Api, Body, Field, Schema, SchemaKind, TextSchema};
use wechatpay_codegen::{emit, list, lower, output, read_dir};

fn api() -> Api {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    read_dir(&spec).unwrap_or_else(|report| panic!("{report}"))
}

/// The facts, or a word on standard error that there are none.
fn facts() -> Option<Vec<Value>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/facts/operations.jsonl");
    let file = std::env::var_os("WECHATPAY_FACTS").map_or(beside, PathBuf::from);
    if !file.exists() {
        eprintln!("not run: there are no facts at {}", file.display());
        return None;
    }
    let text = std::fs::read_to_string(&file).expect("the facts can be read");
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Some(
        lines
            .map(|line| serde_json::from_str(line).expect("a fact"))
            .collect(),
    )
}

fn rendered(api: &Api) -> BTreeMap<String, String> {
    let items = lower(api).unwrap_or_else(|errors| panic!("{errors}"));
    output::render(&emit(&items)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_described_operations_are_those_of_the_facts() {
    let Some(facts) = facts() else { return };
    let pair = |fact: &Value| {
        let text = |key: &str| fact[key].as_str().expect("a text").to_owned();
        (text("method"), text("path"))
    };
    let known: BTreeSet<_> = facts.iter().map(pair).collect();
    let described: BTreeSet<_> = list(&api())
        .into_iter()
        .map(|call| (call.method, call.path))
        .collect();
    assert_eq!(described, known);
}

#[test]
fn every_operation_goes_to_its_host() {
    let api = api();
    let of_hong_kong = ["/hk/v3/", "/global/v3/", "/v3/global/"];
    let mut count = 0;
    for (path, item) in &api.paths {
        let expected = of_hong_kong.iter().any(|prefix| path.starts_with(prefix));
        let described = item.host.as_deref() == Some("hong-kong");
        assert_eq!(described, expected, "{path}");
        count += if described { item.operations.len() } else { 0 };
    }
    assert_eq!(count, 97, "operations of Hong Kong");
    let Some(facts) = facts() else { return };
    for fact in facts {
        let path = fact["path"].as_str().expect("a path");
        let item = &api.paths[path];
        let base = match fact["base_uri"].as_str() {
            Some(base) => base.trim_end_matches('/'),
            None if item.host.as_deref() == Some("hong-kong") => continue,
            None => "https://api.mch.weixin.qq.com",
        };
        let family = &api.hosts[item.host.as_deref().unwrap_or("default")];
        assert_eq!(family.base, base, "{path}");
    }
}

#[test]
fn every_operation_and_product_has_an_english_sentence() {
    let api = api();
    for (path, item) in &api.paths {
        for (method, operation) in &item.operations {
            let summary = operation.summary.as_deref().unwrap_or_default();
            let sentence = summary.starts_with(|c: char| c.is_ascii_uppercase())
                && summary.ends_with('.')
                && summary.is_ascii();
            assert!(sentence, "{} {path}: {summary:?}", method.as_str());
        }
        let product = &api.products[&item.product];
        assert!(product.summary.is_some(), "{}", item.product);
    }
    assert!((35..=60).contains(&api.products.len()));
}

#[test]
fn the_web_shops_products_are_on_by_default() {
    let api = api();
    let on = api.products.iter().filter(|(_, product)| product.default);
    let names: Vec<_> = on.map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["bill", "certificates", "pay", "refund"]);
}

#[test]
fn an_optional_field_changes_one_operation_alone() {
    let mut api = api();
    let before = rendered(&api);
    let path = "/v3/refund/domestic/refunds";
    let item = api.paths.get_mut(path).expect("the path");
    let operation = item.operations.values_mut().next().expect("an operation");
    let Some(Body::Object(body)) = &mut operation.body else {
        panic!("the request of refunds is described in place");
    };
    body.fields.push(Field {
        name: "new_field".to_owned(),
        rename: None,
        required: false,
        schema: Schema::new(SchemaKind::Text(TextSchema::default())),
    });
    let after = rendered(&api);
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changed: Vec<_> = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .collect();
    assert_eq!(changed, ["src/v3/refund/domestic/refunds.rs"]);
}

#[test]
fn emitted_files_keep_within_their_bounds() {
    let api = api();
    let files = rendered(&api);
    let operations = list(&api).len();
    let lines = |text: &String| text.lines().count();
    let sources = || files.iter().filter(|(name, _)| name.ends_with(".rs"));
    let all: usize = sources().map(|(_, text)| lines(text)).sum();
    assert!(
        all <= 200 * operations,
        "{all} lines, {operations} operations"
    );
    for (name, text) in sources() {
        assert!(lines(text) < 3_000, "{name} has {} lines", lines(text));
    }
}
