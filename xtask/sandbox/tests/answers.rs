//! Requests as described are answered as described, and every answer verifies.

mod support;

use rsa::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use serde_json::json;
use support::api::api;
use support::client::{call, public_key_of};
use wechatpay_sandbox::seal::{SealedResource, decrypt_field, encrypt_field, open};
use wechatpay_sandbox::{Alteration, PlatformKeyMode, Sandbox, Verdict};

const SYNC: &str = "/v3/payscore/partner/serviceorder/1234323JKHDFE1243252/sync";
const SYNC_BODY: &str = r#"{"service_id":"500001","sub_mchid":"1900000109","type":"Order_Paid","detail":{"paid_time":"20091225091210"}}"#;

async fn sandbox() -> Sandbox {
    Sandbox::builder(api()).start().await.expect("a sandbox")
}

#[tokio::test]
async fn a_204_signs_the_empty_body() {
    let sandbox = sandbox().await;
    let reply = call(&sandbox, "POST", SYNC, SYNC_BODY).send().await;
    assert_eq!((reply.status, reply.body.as_str()), (204, ""));
    assert_eq!(
        reply.verified_by(),
        sandbox.keys().platform_public_key().id()
    );
    assert_eq!(reply.header("Content-Type"), None);
}

#[tokio::test]
async fn the_log_tells_what_was_received() {
    let sandbox = sandbox().await;
    let target = "/v3/payscore/partner/serviceorder/a%2Fb%20%E5%8D%95/sync";
    let reply = call(&sandbox, "POST", target, SYNC_BODY).send().await;
    let requests = sandbox.requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(request.target, target);
    assert_eq!(request.body, SYNC_BODY.as_bytes());
    assert_eq!(
        request.operation.as_deref(),
        Some("POST /v3/payscore/partner/serviceorder/{out_order_no}/sync")
    );
    assert_eq!(request.verdict, Verdict::Answered(204));
    assert_eq!(
        Some(request.request_id.as_str()),
        reply.header("Request-ID")
    );
    let accepted = request.accepted.as_ref().expect("it was accepted");
    assert_eq!(accepted.variables["out_order_no"], "a/b 单");
    let authorization = request.headers.get("Authorization").expect("a header");
    assert!(
        authorization
            .to_str()
            .expect("a text")
            .contains("signature=")
    );
    let shown = format!("{:?}", request.headers);
    assert!(
        shown.contains("user-agent") && !shown.contains("signature="),
        "{shown}"
    );
}

#[tokio::test]
async fn the_log_keeps_the_latest_requests() {
    let builder = Sandbox::builder(api()).kept_requests(2);
    let sandbox = builder.start().await.expect("a sandbox");
    for target in ["/v3/a", "/v3/b", "/v3/c"] {
        call(&sandbox, "GET", target, "").send().await;
    }
    let targets: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|one| one.target)
        .collect();
    assert_eq!(targets, ["/v3/b", "/v3/c"]);
}

#[tokio::test]
async fn an_answer_is_the_example_with_what_was_asked() {
    let sandbox = sandbox().await;
    let body = r#"{"appid":"wx1","description":"订单","amount":{"total":1,"currency":"CNY"}}"#;
    let reply = call(&sandbox, "POST", "/v3/pay/transactions/jsapi", body)
        .send()
        .await;
    assert_eq!(reply.status, 200);
    reply.verified_by();
    let expected = json!({"prepay_id": "wx201410272009395522657a690389285100", "appid": "wx1"});
    assert_eq!(reply.json(), expected);

    let mchid = sandbox.keys().merchant().id();
    let target = format!("/v3/pay/transactions/out-trade-no/x%2F1?mchid={mchid}");
    let reply = call(&sandbox, "GET", &target, "").send().await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.verified_by();
    let expected = json!({"mchid": mchid, "out_trade_no": "x/1", "trade_state": "SUCCESS"});
    assert_eq!(reply.json(), expected);
}

#[tokio::test]
async fn lists_in_the_query_repeat_their_name() {
    let sandbox = sandbox().await;
    let target = "/v3/payscore/orders?state=OPEN&state=DONE&limit=7";
    let reply = call(&sandbox, "DELETE", target, "")
        .header("Idempotency-Key", "k")
        .send()
        .await;
    assert_eq!(reply.status, 202, "{}", reply.body);
    assert_eq!(reply.json(), json!({"limit": 7}));
    let requests = sandbox.requests();
    let accepted = requests[0].accepted.as_ref().expect("it was accepted");
    assert_eq!(accepted.query["state"], json!(["OPEN", "DONE"]));
}

#[tokio::test]
async fn encrypted_fields_are_read_and_written() {
    let sandbox = sandbox().await;
    let material = sandbox.client_material().expect("material");
    let merchant = rsa::PrivateKey::from_pkcs8_pem(&material.private_key).expect("a key");
    let (serial, certificate) = material
        .platform_certificates
        .last()
        .expect("a certificate");
    let public_key = rsa::PublicKey::from_public_key_pem(&material.public_key).expect("a key");
    let keys = [
        (&material.public_key_id, public_key),
        (serial, public_key_of(certificate)),
    ];
    for (serial, key) in keys {
        let name = encrypt_field(&key, "张三").expect("ciphertext");
        let body = json!({"out_order_no": "7", "user_name": name}).to_string();
        let reply = call(&sandbox, "POST", "/v3/payscore/payafter-orders", &body)
            .header("Wechatpay-Serial", serial)
            .send()
            .await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert_eq!(reply.verified_by(), *serial);
        let answer = reply.json();
        let read = |field: &str| {
            let ciphertext = answer[field].as_str().expect("a text");
            decrypt_field(&merchant, ciphertext).expect("a plaintext")
        };
        assert_eq!(read("user_name"), "张三");
        assert_eq!(read("phone"), "13800138000");
        assert_eq!(answer["out_order_no"], "7");
    }
}

#[tokio::test]
async fn a_brand_signs_its_own_api() {
    let sandbox = sandbox().await;
    let target = "/brand/marketing/product-coupon/notify-configs";
    let body = r#"{"notify_url":"https://example.com/x"}"#;
    let reply = call(&sandbox, "POST", target, body)
        .signed_by_the_brand()
        .send()
        .await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.verified_by();
    assert_eq!(reply.json()["notify_url"], "https://example.com/x");
}

#[tokio::test]
async fn certificates_open_with_the_apiv3_key() {
    let sandbox = sandbox().await;
    let material = sandbox.client_material().expect("material");
    let (serial, pem) = &material.platform_certificates[0];
    let reply = call(&sandbox, "GET", "/v3/certificates", "")
        .header("Wechatpay-Serial", serial)
        .send()
        .await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.verified_by(), *serial);
    let answer = reply.json();
    let certificates = answer["data"].as_array().expect("a list");
    assert_eq!(certificates.len(), material.platform_certificates.len());
    let first = &certificates[0];
    let part = |name: &str| {
        first["encrypt_certificate"][name]
            .as_str()
            .expect("a text")
            .to_owned()
    };
    let sealed = SealedResource {
        algorithm: part("algorithm"),
        nonce: part("nonce"),
        associated_data: part("associated_data"),
        ciphertext: part("ciphertext"),
    };
    assert_eq!(first["serial_no"], **serial);
    let opened = open(&material.apiv3_key, &sealed).expect("it opens");
    assert_eq!(opened, pem.as_bytes());
    assert_ne!(first["effective_time"], "2018-06-08T10:34:56+08:00");
}

#[tokio::test]
async fn the_mode_chooses_the_key_that_signs() {
    let start = |mode| Sandbox::builder(api()).platform_key_mode(mode).start();
    let sandbox = start(PlatformKeyMode::Certificate)
        .await
        .expect("a sandbox");
    let public_key_id = sandbox.keys().platform_public_key().id().to_owned();
    let certificate = sandbox.keys().platform_certificates()[0]
        .serial_no()
        .to_owned();
    let reply = call(&sandbox, "POST", SYNC, SYNC_BODY)
        .header("Wechatpay-Serial", &public_key_id)
        .send()
        .await;
    assert_eq!(reply.verified_by(), certificate);

    let sandbox = start(PlatformKeyMode::PublicKey).await.expect("a sandbox");
    let reply = call(&sandbox, "POST", SYNC, SYNC_BODY)
        .header("Wechatpay-Serial", &certificate)
        .send()
        .await;
    assert_eq!(reply.verified_by(), public_key_id);
    let reply = call(&sandbox, "GET", "/v3/certificates", "").send().await;
    reply.is_refused(404, "RESOURCE_NOT_EXISTS", true);
}

#[tokio::test]
async fn several_sandboxes_play_at_once_until_they_are_stopped() {
    let (first, second) = (sandbox().await, sandbox().await);
    assert_ne!(first.url(), second.url());
    let to_first = call(&first, "POST", SYNC, SYNC_BODY);
    let to_second = call(&second, "POST", SYNC, SYNC_BODY);
    assert_eq!(to_first.clone().send().await.status, 204);
    assert_eq!(to_second.send().await.status, 204);
    assert_eq!((first.requests().len(), second.requests().len()), (1, 1));
    let address = to_first.url.trim_start_matches("http://").to_owned();
    first.shutdown().await;
    assert!(!is_listening(&address).await);

    let address = second.url().trim_start_matches("http://").to_owned();
    assert!(is_listening(&address).await);
    drop(second);
    while is_listening(&address).await {
        tokio::task::yield_now().await;
    }
}

async fn is_listening(address: &str) -> bool {
    tokio::net::TcpStream::connect(address).await.is_ok()
}

#[tokio::test]
async fn answers_are_altered_by_the_headers_and_logged_as_sent() {
    let alteration = Alteration::from_fn(|answering, body| {
        assert_eq!(answering.operation, "POST /v3/pay/transactions/jsapi");
        assert_eq!((answering.status, answering.plain), (200, &*body));
        if let Some(prepay_id) = answering.headers.get("X-Prepay-Id") {
            body["prepay_id"] = prepay_id.to_str().expect("a text").into();
        }
    });
    let builder = Sandbox::builder(api()).alteration(alteration);
    let sandbox = builder.start().await.expect("a sandbox");
    let body = r#"{"appid":"wx1","description":"订单","amount":{"total":1}}"#;
    let jsapi = || call(&sandbox, "POST", "/v3/pay/transactions/jsapi", body);
    let plain = jsapi().send().await;
    assert_eq!(
        plain.json()["prepay_id"],
        "wx201410272009395522657a690389285100"
    );
    let altered = jsapi().header("X-Prepay-Id", "7").send().await;
    altered.verified_by();
    assert_eq!(altered.json()["prepay_id"], "7");
    let answers: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|one| one.answer)
        .collect();
    assert_eq!(
        answers,
        [plain.body.into_bytes(), altered.body.into_bytes()]
    );
}
