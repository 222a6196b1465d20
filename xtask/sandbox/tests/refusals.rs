//! Whatever is wrong with a request is refused, and the refusal says what.

mod support;

use serde_json::{Value, json};
use support::api::api;
use support::client::{Call, call};
use wechatpay_sandbox::seal::encrypt_field;
use wechatpay_sandbox::{Clock, Sandbox, Verdict};

const SYNC: &str = "/v3/payscore/partner/serviceorder/1234323JKHDFE1243252/sync";
const JSAPI: &str = "/v3/pay/transactions/jsapi";

async fn sandbox() -> Sandbox {
    Sandbox::builder(api()).start().await.expect("a sandbox")
}

fn jsapi_body() -> Value {
    json!({"appid": "wx1", "description": "订单", "amount": {"total": 1}})
}

fn jsapi(sandbox: &Sandbox, change: impl FnOnce(&mut Value)) -> Call {
    let mut body = jsapi_body();
    change(&mut body);
    call(sandbox, "POST", JSAPI, &body.to_string())
}

/// Sends a call that must be refused as unauthenticated, and gives the field that is named.
async fn unauthenticated(call: Call) -> String {
    let detail = call.send().await.is_refused(401, "SIGN_ERROR", false);
    assert_eq!(detail["location"], "authorization");
    detail["field"].as_str().expect("a field").to_owned()
}

/// Sends a call that must be refused for a parameter, and gives the detail.
async fn bad_parameter(call: Call) -> (String, String, String) {
    let detail = call.send().await.is_refused(400, "PARAM_ERROR", true);
    let part = |name: &str| detail[name].as_str().expect("a text").to_owned();
    (part("location"), part("field"), part("issue"))
}

#[tokio::test]
async fn the_signature_must_be_that_of_the_request() {
    let sandbox = sandbox().await;
    let good = jsapi(&sandbox, |_| {});
    assert_eq!(good.clone().send().await.status, 200);
    let other_key = sandbox.keys().material().public_key_private_key.clone();
    let altered = [
        good.clone().with(|call| call.private_key = other_key),
        good.clone()
            .with(|call| call.signed_body = Some([&call.body[..], b" "].concat())),
        good.clone()
            .with(|call| call.signed_target = Some(format!("{JSAPI}?a=1"))),
        good.clone().with(|call| {
            call.signed_target = Some(JSAPI.into());
            call.target = format!("{JSAPI}?");
        }),
    ];
    for call in altered {
        assert_eq!(unauthenticated(call).await, "signature");
    }
}

#[tokio::test]
async fn a_bad_signature_is_told_with_what_was_signed() {
    let sandbox = sandbox().await;
    let call = jsapi(&sandbox, |_| {}).with(|call| call.signed_body = Some(b"{}".to_vec()));
    let detail = call.send().await.is_refused(401, "SIGN_ERROR", false);
    let sign = &detail["sign_information"];
    assert_eq!(
        (&sign["method"], &sign["url"]),
        (&json!("POST"), &json!(JSAPI))
    );
    let message = sign["truncated_sign_message"].as_str().expect("a text");
    assert!(message.starts_with(&format!("POST\n{JSAPI}\n")));
    let [request] = sandbox.requests().try_into().expect("one request");
    assert!(matches!(request.verdict, Verdict::Refused(refusal) if refusal.status == 401));
    assert_eq!(request.accepted, None);
}

#[tokio::test]
async fn who_asks_must_be_known() {
    let sandbox = sandbox().await;
    let good = || jsapi(&sandbox, |_| {});
    let reply = good().send_unsigned().await;
    assert_eq!(
        reply.is_refused(401, "SIGN_ERROR", false)["field"],
        "Authorization"
    );
    let nonsense = good().with(|call| call.authorization = Some("Basic QTpC".into()));
    assert_eq!(unauthenticated(nonsense).await, "Authorization");
    let stranger = good().with(|call| call.id = "1".into());
    assert_eq!(unauthenticated(stranger).await, "mchid");
    let serial =
        good().with(|call| call.serial_no = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1".into());
    assert_eq!(unauthenticated(serial).await, "serial_no");
    let lower_case = good().with(|call| call.serial_no = call.serial_no.to_lowercase());
    assert_eq!(lower_case.send().await.status, 200);
}

#[tokio::test]
async fn clocks_may_differ_by_300_seconds() {
    let now = 1_700_000_000;
    let clock = Clock::fixed(now);
    let sandbox = Sandbox::builder(api())
        .clock(clock)
        .start()
        .await
        .expect("a sandbox");
    let at = |time| jsapi(&sandbox, |_| {}).with(|call| call.timestamp = time);
    for good in [now, now - 300, now + 300] {
        let reply = at(good).send().await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        let timestamp = now.to_string();
        assert_eq!(
            reply.header("Wechatpay-Timestamp"),
            Some(timestamp.as_str())
        );
    }
    for bad in [now - 301, now + 301, 0, -now] {
        assert_eq!(unauthenticated(at(bad)).await, "timestamp");
    }
}

#[tokio::test]
async fn an_operation_wants_its_own_identity() {
    let sandbox = sandbox().await;
    let brand_as_merchant = jsapi(&sandbox, |_| {}).signed_by_the_brand();
    brand_as_merchant
        .send()
        .await
        .is_refused(403, "NO_AUTH", true);
    let target = "/brand/marketing/product-coupon/notify-configs";
    let merchant_as_brand = call(&sandbox, "POST", target, r#"{"notify_url":"x"}"#);
    merchant_as_brand
        .send()
        .await
        .is_refused(403, "NO_AUTH", true);
}

#[tokio::test]
async fn headers_are_required() {
    let sandbox = sandbox().await;
    let without = |name: &'static str| {
        jsapi(&sandbox, |_| {}).with(|call| call.headers.retain(|(own, _)| *own != name))
    };
    for name in ["User-Agent", "Content-Type"] {
        let (location, field, _) = bad_parameter(without(name)).await;
        assert_eq!((location.as_str(), field.as_str()), ("header", name));
    }
    for (name, value) in [
        ("Accept", "text/html"),
        ("Content-Type", "text/plain"),
        ("Wechatpay-Serial", "PUB_KEY_ID_0"),
    ] {
        let call = jsapi(&sandbox, |_| {}).header(name, value);
        let (location, field, _) = bad_parameter(call).await;
        assert_eq!((location.as_str(), field.as_str()), ("header", name));
    }
    let orders = || call(&sandbox, "DELETE", "/v3/payscore/orders", "");
    let (_, field, _) = bad_parameter(orders()).await;
    assert_eq!(field, "Idempotency-Key");
    let (_, field, issue) = bad_parameter(orders().header("Idempotency-Key", "123456789")).await;
    assert_eq!(field, "Idempotency-Key");
    assert!(issue.contains("at most 8"), "{issue}");
}

#[tokio::test]
async fn bodies_must_be_as_described() {
    let sandbox = sandbox().await;
    type Change = fn(&mut Value);
    let cases: [(Change, &str, &str); 8] = [
        (|body| body["extra"] = json!(1), "/extra", "no such field"),
        (
            |body| body["amount"]["tax"] = json!(1),
            "/amount/tax",
            "no such field",
        ),
        (
            |body| body["amount"] = json!({}),
            "/amount/total",
            "required",
        ),
        (
            |body| body["amount"]["total"] = json!("1"),
            "/amount/total",
            "whole number",
        ),
        (
            |body| body["amount"]["total"] = json!(0),
            "/amount/total",
            "at least 1",
        ),
        (
            |body| body["amount"]["currency"] = json!("XYZ"),
            "/amount/currency",
            "one of CNY",
        ),
        (
            |body| body["description"] = json!("六个字的描述"),
            "/description",
            "at most 5",
        ),
        (|body| *body = json!([]), "", "an object"),
    ];
    for (change, place, part) in cases {
        let (location, field, issue) = bad_parameter(jsapi(&sandbox, change)).await;
        assert_eq!((location.as_str(), field.as_str()), ("body", place));
        assert!(issue.contains(part), "{issue}");
    }
    let (_, _, issue) = bad_parameter(call(&sandbox, "POST", JSAPI, "{")).await;
    assert!(issue.contains("must be JSON"), "{issue}");
    let (_, field, _) = bad_parameter(call(&sandbox, "POST", JSAPI, "")).await;
    assert_eq!(field, "/appid");
}

#[tokio::test]
async fn an_operation_without_a_body_takes_none() {
    let sandbox = sandbox().await;
    let reply = call(&sandbox, "GET", "/v3/certificates", "{}").send().await;
    reply.is_refused(400, "INVALID_REQUEST", true);
}

#[tokio::test]
async fn queries_must_be_as_described() {
    let sandbox = sandbox().await;
    let query = |query: &str| {
        let target = format!("/v3/pay/transactions/out-trade-no/1{query}");
        bad_parameter(call(&sandbox, "GET", &target, ""))
    };
    let cases = [
        ("", "mchid", "required"),
        ("?mchid=1&mchid=2", "mchid", "twice"),
        ("?mchid=1&appid=2", "appid", "no such field"),
        ("?mchid=%E5", "mchid=%E5", "UTF-8"),
    ];
    for (text, place, part) in cases {
        let (location, field, issue) = query(text).await;
        assert_eq!((location.as_str(), field.as_str()), ("query", place));
        assert!(issue.contains(part), "{issue}");
    }
    let orders = |query: &str| {
        let target = format!("/v3/payscore/orders?{query}");
        bad_parameter(call(&sandbox, "DELETE", &target, "").header("Idempotency-Key", "k"))
    };
    assert!(orders("limit=x").await.2.contains("whole number"));
    assert!(
        orders("state=OPEN&state=LOST")
            .await
            .2
            .contains("one of OPEN, DONE")
    );
    assert!(
        orders("state=OPEN&state=OPEN&state=OPEN")
            .await
            .2
            .contains("at most 2")
    );
}

#[tokio::test]
async fn routes_and_methods_must_exist() {
    let sandbox = sandbox().await;
    let unknown = call(&sandbox, "POST", "/v3/pay/transactions/jsap", "{}");
    unknown.send().await.is_refused(404, "NOT_FOUND", true);
    let wrong_method = call(&sandbox, "GET", JSAPI, "");
    wrong_method
        .send()
        .await
        .is_refused(405, "METHOD_NOT_ALLOWED", true);
    let empty = call(
        &sandbox,
        "POST",
        "/v3/payscore/partner/serviceorder//sync",
        "{}",
    );
    let (location, field, _) = bad_parameter(empty).await;
    assert_eq!(
        (location.as_str(), field.as_str()),
        ("path", "out_order_no")
    );
    let long = SYNC.replace("1234323JKHDFE1243252", &"1".repeat(33));
    let (location, _, issue) = bad_parameter(call(&sandbox, "POST", &long, "{}")).await;
    assert_eq!(location, "path");
    assert!(issue.contains("at most 32"), "{issue}");
}

#[tokio::test]
async fn encrypted_fields_must_be_for_the_key_that_is_named() {
    let sandbox = sandbox().await;
    let keys = sandbox.keys();
    let public_key = keys.platform_public_key();
    let certificate = &keys.platform_certificates()[0];
    let name = encrypt_field(public_key.public_key(), "张三").expect("ciphertext");
    let order = |name: &str| {
        let body = json!({"out_order_no": "7", "user_name": name}).to_string();
        call(&sandbox, "POST", "/v3/payscore/payafter-orders", &body)
    };
    let refused = [
        order(&name),
        order(&name).header("Wechatpay-Serial", certificate.serial_no()),
        order("张三").header("Wechatpay-Serial", public_key.id()),
    ];
    for call in refused {
        let (location, field, _) = bad_parameter(call).await;
        assert_eq!((location.as_str(), field.as_str()), ("body", "/user_name"));
    }
    let empty = order("").send().await;
    assert_eq!(empty.status, 200, "{}", empty.body);
}

#[tokio::test]
async fn what_can_not_be_played_is_named() {
    let sandbox = sandbox().await;
    let reply = call(&sandbox, "POST", "/pay/micropay", "<xml></xml>")
        .send_unsigned()
        .await;
    reply.is_refused(501, "SANDBOX_CANNOT_PLAY", false);
    assert!(reply.body.contains("POST /pay/micropay"), "{}", reply.body);
}

#[tokio::test]
async fn bodies_are_bounded() {
    let sandbox = sandbox().await;
    let reply = call(&sandbox, "POST", JSAPI, &"x".repeat(3 << 20))
        .send()
        .await;
    reply.is_refused(413, "INVALID_REQUEST", false);
    let deep = "[".repeat(1 << 20);
    let (_, _, issue) = bad_parameter(call(&sandbox, "POST", JSAPI, &deep)).await;
    assert!(issue.contains("must be JSON"), "{issue}");
}
