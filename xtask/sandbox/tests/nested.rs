//! Values within values: lists, maps, alternatives, JSON in texts, and what is encrypted in them, in bodies and in queries.

mod support;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rsa::pkcs8::DecodePrivateKey as _;
use serde_json::{Value, json};
use support::client::{Call, Reply, call};
use support::described::described;
use wechatpay_sandbox::seal::{decrypt_field, encrypt_field};
use wechatpay_sandbox::{Accepted, Sandbox};

async fn sandbox() -> Sandbox {
    let api = described(&[(
        "v3/people.yaml",
        r#"
path: /v3/people
product: pay
get:
  title: 查询
  query:
    phones?: { type: "string[]", sensitive: true, max: 11, max_items: 2 }
    levels?: { type: "integer[]", min: 1 }
    states?: { type: "string[]", enum: [OPEN, DONE], closed: true }
    active?: boolean
    filter?: { json: { fields: { name: { sensitive: true }, limit?: integer } } }
  headers: { X-Level?: { type: integer, as: header_level, max: 9 } }
  responses: { 200: { levels?: { type: "integer[]" }, active?: boolean } }
post:
  title: 新增
  repeatable: by key
  body:
    people:
      type: object[]
      fields:
        name: { sensitive: true, max: 4 }
        cards?: { type: "string[]", sensitive: true }
    by_role?: { map: { fields: { phone: { sensitive: true } } } }
    extra?: { json: { fields: { id_card: { sensitive: true }, seq?: integer } } }
    scene?:
      one_of:
        - { name: Metro, fields: { line: integer } }
        - { name: Parking, fields: { plate_number: { sensitive: true } } }
  responses:
    200:
      people:
        type: object[]
        fields:
          name: { sensitive: true, example: 李四 }
          cards?: { type: "string[]", sensitive: true, example: ["6222"] }
      by_role?: { map: { fields: { phone: { sensitive: true } } } }
      extra?: { json: { fields: { id_card: { sensitive: true, example: "11010" } } } }
"#,
    )]);
    Sandbox::builder(api).start().await.expect("a sandbox")
}

/// Encrypts for the platform's public key.
fn secret(sandbox: &Sandbox, text: &str) -> String {
    let key = sandbox.keys().platform_public_key().public_key();
    encrypt_field(key, text).expect("ciphertext")
}

fn get(sandbox: &Sandbox, pairs: &[(&str, &str)]) -> Call {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = pairs.iter();
    let pairs = pairs.map(|(name, value)| format!("{name}={}", encode(value)));
    let target = format!("/v3/people?{}", pairs.collect::<Vec<_>>().join("&"));
    call(sandbox, "GET", &target, "").header(
        "Wechatpay-Serial",
        sandbox.keys().platform_public_key().id(),
    )
}

fn post(sandbox: &Sandbox, body: &Value) -> Call {
    let key = sandbox.keys().platform_public_key();
    call(sandbox, "POST", "/v3/people", &body.to_string())
        .header("Wechatpay-Serial", key.id())
        .header("Idempotency-Key", "k1")
}

/// As [`post`], without the key.
fn keyless(sandbox: &Sandbox, body: &Value) -> Call {
    post(sandbox, body).with(|call| call.headers.retain(|(name, _)| *name != "Idempotency-Key"))
}

fn accepted(sandbox: &Sandbox, reply: &Reply) -> Accepted {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let last = sandbox.requests().pop().expect("a request");
    last.accepted.expect("it was accepted")
}

async fn refused(call: Call) -> (String, String) {
    let detail = call.send().await.is_refused(400, "PARAM_ERROR", true);
    let part = |name: &str| detail[name].as_str().expect("a text").to_owned();
    (part("field"), part("issue"))
}

#[tokio::test]
async fn queries_hold_lists_secrets_and_json() {
    let sandbox = sandbox().await;
    let (first, second) = (secret(&sandbox, "138"), secret(&sandbox, "139"));
    let filter = json!({"name": secret(&sandbox, "张三"), "limit": 5}).to_string();
    let pairs = [
        ("phones", first.as_str()),
        ("levels", "1"),
        ("states", "OPEN"),
        ("active", "true"),
        ("phones", second.as_str()),
        ("levels", "20"),
        ("filter", filter.as_str()),
    ];
    let reply = get(&sandbox, &pairs).header("X-Level", "7").send().await;
    let accepted = accepted(&sandbox, &reply);
    assert_eq!(
        Value::Object(accepted.query),
        json!({
            "phones": ["138", "139"], "levels": [1, 20], "states": ["OPEN"], "active": true,
            "filter": r#"{"name":"张三","limit":5}"#,
        })
    );
    assert_eq!(Value::Object(accepted.headers), json!({"X-Level": 7}));
    assert_eq!(reply.json(), json!({"levels": [1, 20], "active": true}));
}

#[tokio::test]
async fn what_is_wrong_in_a_query_is_named() {
    let sandbox = sandbox().await;
    let long = secret(&sandbox, "138001380001");
    let unencrypted = json!({"name": "张三"}).to_string();
    let no_number = json!({"name": secret(&sandbox, "张三"), "limit": "5"}).to_string();
    type Pairs<'a> = &'a [(&'a str, &'a str)];
    let cases: [(Pairs<'_>, &str, &str); 8] = [
        (&[("phones", "138")], "phones/0", "decrypting"),
        (&[("phones", &long)], "phones/0", "at most 11"),
        (
            &[("levels", "1"), ("levels", "0")],
            "levels/1",
            "at least 1",
        ),
        (&[("states", "GONE")], "states/0", "one of OPEN, DONE"),
        (&[("active", "yes")], "active", "a boolean"),
        (&[("filter", "{")], "filter", "must hold JSON"),
        (&[("filter", &unencrypted)], "filter/name", "decrypting"),
        (&[("filter", &no_number)], "filter/limit", "whole number"),
    ];
    for (pairs, place, part) in cases {
        let (field, issue) = refused(get(&sandbox, pairs)).await;
        assert_eq!(field, place);
        assert!(issue.contains(part), "{issue}");
    }
    let (field, _) = refused(get(&sandbox, &[]).header("X-Level", "10")).await;
    assert_eq!(field, "X-Level");
}

#[tokio::test]
async fn secrets_are_read_and_written_wherever_they_stand() {
    let sandbox = sandbox().await;
    let secret = |text: &str| secret(&sandbox, text);
    let body = json!({
        "people": [{"name": secret("张三"), "cards": [secret("1"), secret("2")]}, {"name": secret("王五")}],
        "by_role": {"owner": {"phone": secret("138")}, "clerk": {"phone": ""}},
        "extra": json!({"id_card": secret("110"), "seq": 1}).to_string(),
        "scene": {"plate_number": secret("粤B")},
    });
    let reply = post(&sandbox, &body).send().await;
    let plain = json!({
        "people": [{"name": "张三", "cards": ["1", "2"]}, {"name": "王五"}],
        "by_role": {"owner": {"phone": "138"}, "clerk": {"phone": ""}},
        "extra": r#"{"id_card":"110","seq":1}"#,
        "scene": {"plate_number": "粤B"},
    });
    let accepted = accepted(&sandbox, &reply);
    assert_eq!(accepted.body, Some(plain));
    assert_eq!(accepted.headers["Idempotency-Key"], "k1");

    let material = sandbox.client_material().expect("material");
    let own = rsa::PrivateKey::from_pkcs8_pem(&material.private_key).expect("a key");
    let read = |value: &Value| {
        let ciphertext = value.as_str().expect("a text");
        decrypt_field(&own, ciphertext).expect("a plaintext")
    };
    let answer = reply.json();
    assert_eq!(read(&answer["people"][0]["name"]), "张三");
    assert_eq!(read(&answer["people"][0]["cards"][1]), "2");
    assert_eq!(read(&answer["people"][1]["name"]), "王五");
    assert_eq!(read(&answer["people"][1]["cards"][0]), "6222");
    assert_eq!(read(&answer["by_role"]["owner"]["phone"]), "138");
    assert_eq!(answer["by_role"]["clerk"]["phone"], "");
    let extra = answer["extra"].as_str().expect("a text");
    let extra: Value = serde_json::from_str(extra).expect("JSON");
    assert_eq!(read(&extra["id_card"]), "11010");
}

#[tokio::test]
async fn what_is_wrong_in_a_body_is_named() {
    let sandbox = sandbox().await;
    let good = json!({"people": [{"name": secret(&sandbox, "张三")}]});
    let long = secret(&sandbox, "五个字的名");
    let cases: [(&str, Value, &str, &str); 7] = [
        (
            "people",
            json!([{"name": "张三"}]),
            "/people/0/name",
            "decrypting",
        ),
        (
            "people",
            json!([{"name": long}]),
            "/people/0/name",
            "at most 4",
        ),
        (
            "people",
            json!([{"name": "", "cards": ["1"]}]),
            "/people/0/cards/0",
            "decrypting",
        ),
        (
            "by_role",
            json!({"a/b": {"phone": "1"}}),
            "/by_role/a~1b/phone",
            "decrypting",
        ),
        ("extra", json!({"id_card": "x"}), "/extra", "holds JSON"),
        ("extra", json!(r#"{"seq":1}"#), "/extra/id_card", "required"),
        ("scene", json!({"line": "1"}), "/scene", "no Metro"),
    ];
    for (name, value, place, part) in cases {
        let mut body = good.clone();
        body[name] = value;
        let (field, issue) = refused(post(&sandbox, &body)).await;
        assert_eq!(field, place);
        assert!(issue.contains(part), "{issue}");
    }
}

#[tokio::test]
async fn what_is_repeatable_by_key_needs_one() {
    let sandbox = sandbox().await;
    let good = json!({"people": [{"name": secret(&sandbox, "张三")}]});
    let (field, issue) = refused(keyless(&sandbox, &good)).await;
    assert_eq!(field, "Idempotency-Key");
    assert!(issue.contains("missing"), "{issue}");
    let long = "k".repeat(65);
    let (field, _) = refused(post(&sandbox, &good).header("Idempotency-Key", &long)).await;
    assert_eq!(field, "Idempotency-Key");
}
