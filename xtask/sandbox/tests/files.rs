//! Answers that are files.

mod support;

use support::client::call;
use support::described::described;
use wechatpay_sandbox::Sandbox;

async fn sandbox() -> Sandbox {
    let api = described(&[
        (
            "v3/bills.yaml",
            "
path: /v3/bills
product: pay
get:
  title: 下载账单
  produces: [text/plain, application/x-gzip]
  response_unsigned: true
  responses: { 200: file }
",
        ),
        (
            "v3/images.yaml",
            "
path: /v3/images
product: pay
get: { title: 下载图片, responses: { 200: file } }
",
        ),
    ]);
    Sandbox::builder(api).start().await.expect("a sandbox")
}

#[tokio::test]
async fn a_file_has_its_media_type_and_a_signature_if_described() {
    let sandbox = sandbox().await;
    let bill = call(&sandbox, "GET", "/v3/bills", "").send().await;
    assert_eq!(
        (bill.status, bill.header("Content-Type")),
        (200, Some("text/plain"))
    );
    assert_eq!(bill.header("Wechatpay-Signature"), None);
    assert!(bill.bytes.starts_with("\u{feff}交易时间".as_bytes()));

    let image = call(&sandbox, "GET", "/v3/images", "").send().await;
    assert_eq!(
        image.header("Content-Type"),
        Some("application/octet-stream")
    );
    assert_eq!(image.bytes, (0..=255).collect::<Vec<u8>>());
    image.verified_by();
    let requests = sandbox.requests();
    assert_eq!(requests[1].answer, image.bytes);
}

#[tokio::test]
async fn a_file_is_given_to_whoever_takes_it_and_refused_in_json() {
    let sandbox = sandbox().await;
    let bill = || call(&sandbox, "GET", "/v3/bills", "");
    for accept in ["text/plain", "*/*", "application/json"] {
        let reply = bill().header("Accept", accept).send().await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }
    let silent = bill().header("Accept", "").send().await;
    let detail = silent.is_refused(400, "PARAM_ERROR", true);
    assert_eq!(detail["field"], "Accept");
}
