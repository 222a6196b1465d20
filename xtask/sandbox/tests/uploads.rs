//! An upload's `meta` is signed, its file is hashed, its form is checked.

mod support;

use serde_json::{Value, json};
use support::client::Call;
use support::described::described;
use support::upload::{Part, Upload, image};
use wechatpay_sandbox::Sandbox;
use wechatpay_sandbox::digest::digest;
use wechatpay_sandbox::seal::encrypt_field;

const IMAGES: &str = "/v3/media/upload";
const INVOICES: &str = "/v3/media/invoices/7/upload";

async fn sandbox() -> Sandbox {
    let api = described(&[
        (
            "v3/media/upload.yaml",
            "
path: /v3/media/upload
product: pay
post:
  title: 图片上传
  upload: {}
  responses: { 200: { media_id: { example: m1 }, filename?: { example: a.png } } }
",
        ),
        (
            "v3/media/invoices/_id_/upload.yaml",
            "
path: /v3/media/invoices/{id}/upload
product: pay
params: { id: string }
post:
  title: 上传发票
  form:
    item_id: integer
    remark?: { max: 3 }
  upload:
    part: invoice
    file_name: none
    digest: digest
    algorithm: sm3
    fields:
      region_id: { type: integer, min: 10 }
      contact?: { fields: { phone: { sensitive: true } } }
  responses: { 200: { region_id: integer, item_id: integer } }
",
        ),
    ]);
    Sandbox::builder(api).start().await.expect("a sandbox")
}

/// An invoice as described.
fn invoice() -> Upload {
    let content = b"%PDF-".to_vec();
    let mut upload = image();
    upload.meta = json!({"digest": digest("sm3", &content), "region_id": 310100});
    upload.parts[1] = Part {
        name: "invoice".into(),
        file_name: Some("invoice.pdf"),
        media_type: None,
        content,
    };
    upload.with(|upload| upload.add("item_id", "56"))
}

#[tokio::test]
async fn an_upload_is_accepted_and_logged() {
    let sandbox = sandbox().await;
    let reply = image().call(&sandbox, IMAGES).send().await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.verified_by();
    assert_eq!(
        reply.json(),
        json!({"media_id": "m1", "filename": "执照 1.png"})
    );
    let [request] = sandbox.requests().try_into().expect("one request");
    let accepted = request.accepted.expect("it was accepted");
    assert_eq!(Value::Object(accepted.meta), image().meta);
    assert!(accepted.body.is_none() && accepted.form.is_empty());
    let file = accepted.file.expect("a file");
    assert_eq!(file.name, "执照 1.png");
    assert_eq!(file.media_type.as_deref(), Some("image/png"));
    assert_eq!(file.content, image().part("file").content);
}

#[tokio::test]
async fn parts_fields_and_digests_are_those_of_the_description() {
    let sandbox = sandbox().await;
    let key = sandbox.keys().platform_public_key();
    let phone = encrypt_field(key.public_key(), "13800138000").expect("ciphertext");
    let upload = invoice().with(|upload| {
        upload.meta["contact"] = json!({"phone": phone});
        upload.add("remark", "发票1");
    });
    let call = upload.call(&sandbox, INVOICES);
    let reply = call.header("Wechatpay-Serial", key.id()).send().await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.json(), json!({"region_id": 310100, "item_id": 56}));
    let [request] = sandbox.requests().try_into().expect("one request");
    let accepted = request.accepted.expect("it was accepted");
    assert_eq!(
        Value::Object(accepted.form),
        json!({"item_id": 56, "remark": "发票1"})
    );
    assert_eq!(accepted.meta["contact"]["phone"], "13800138000");
    assert_eq!(accepted.file.expect("a file").name, "invoice.pdf");
}

/// What is wrong with an upload: where it stands, and a part of what is told of it.
async fn refused(call: Call, signed: bool) -> (String, String, String) {
    let detail = call.send().await.is_refused(400, "PARAM_ERROR", signed);
    let part = |name: &str| detail[name].as_str().expect("a text").to_owned();
    (part("location"), part("field"), part("issue"))
}

#[tokio::test]
async fn what_is_not_as_described_is_refused() {
    let sandbox = sandbox().await;
    type Change = fn(&mut Upload);
    let cases: [(Change, &str, &str, &str); 13] = [
        (
            |upload| upload.meta["sha256"] = json!("00"),
            "meta",
            "/sha256",
            "not the sha256 digest",
        ),
        (
            |upload| upload.part("file").content.push(0),
            "meta",
            "/sha256",
            "not the sha256 digest",
        ),
        (
            |upload| upload.meta["filename"] = json!("b.png"),
            "meta",
            "/filename",
            "otherwise",
        ),
        (
            |upload| upload.meta["file_name"] = json!("执照 1.png"),
            "meta",
            "/file_name",
            "no such field",
        ),
        (
            |upload| upload.meta = json!({"filename": "执照 1.png"}),
            "meta",
            "/sha256",
            "required",
        ),
        (|upload| upload.meta = json!([]), "meta", "", "an object"),
        (
            |upload| upload.part("meta").media_type = Some("text/plain"),
            "form",
            "meta",
            "application/json",
        ),
        (
            |upload| upload.part("file").name = "media".into(),
            "form",
            "file",
            "required",
        ),
        (
            |upload| upload.part("file").file_name = None,
            "form",
            "file",
            "no filename",
        ),
        (
            |upload| upload.part("file").content.clear(),
            "form",
            "file",
            "empty",
        ),
        (|upload| upload.add("meta", "{}"), "form", "meta", "twice"),
        (|upload| upload.add("file", "x"), "form", "file", "twice"),
        (
            |upload| upload.add("item_id", "1"),
            "form",
            "item_id",
            "no such field",
        ),
    ];
    for (change, location, field, part) in cases {
        let call = image().with(change).call(&sandbox, IMAGES);
        let (own_location, own_field, issue) = refused(call, true).await;
        assert_eq!(
            (own_location.as_str(), own_field.as_str()),
            (location, field)
        );
        assert!(issue.contains(part), "{issue}");
    }
}

#[tokio::test]
async fn further_parts_are_checked_as_described() {
    let sandbox = sandbox().await;
    type Change = fn(&mut Upload);
    let cases: [(Change, &str, &str, &str); 5] = [
        (
            |upload| upload.parts.truncate(2),
            "form",
            "item_id",
            "required",
        ),
        (
            |upload| upload.part("item_id").content = b"x".to_vec(),
            "form",
            "item_id",
            "whole number",
        ),
        (
            |upload| upload.part("item_id").content = vec![0xff],
            "form",
            "item_id",
            "UTF-8",
        ),
        (
            |upload| upload.meta["region_id"] = json!(9),
            "meta",
            "/region_id",
            "at least 10",
        ),
        (
            |upload| upload.meta["digest"] = json!(digest("sha256", b"%PDF-")),
            "meta",
            "/digest",
            "not the sm3 digest",
        ),
    ];
    for (change, location, field, part) in cases {
        let call = invoice().with(change).call(&sandbox, INVOICES);
        let (own_location, own_field, issue) = refused(call, true).await;
        assert_eq!(
            (own_location.as_str(), own_field.as_str()),
            (location, field)
        );
        assert!(issue.contains(part), "{issue}");
    }
}

#[tokio::test]
async fn the_signature_covers_meta_and_nothing_else() {
    let sandbox = sandbox().await;
    let whole = image().call(&sandbox, IMAGES);
    let signed = [
        whole.body.clone(),
        Vec::new(),
        image().part("file").content.clone(),
    ];
    for signed in signed {
        let call = whole.clone().with(|call| call.signed_body = Some(signed));
        let detail = call.send().await.is_refused(401, "SIGN_ERROR", false);
        assert_eq!(detail["field"], "signature");
    }
    let spaced = image().with(|upload| {
        upload.part("meta").content = format!("{} ", upload.meta).into_bytes();
    });
    let call = spaced.call(&sandbox, IMAGES);
    call.clone()
        .send()
        .await
        .is_refused(401, "SIGN_ERROR", false);
    let as_sent = format!("{} ", image().meta).into_bytes();
    let reply = call.with(|call| call.signed_body = Some(as_sent)).send();
    assert_eq!(reply.await.status, 200);
}

#[tokio::test]
async fn without_a_form_nobody_is_authenticated() {
    let sandbox = sandbox().await;
    let call = || image().call(&sandbox, IMAGES);
    let json = call().header("Content-Type", "application/json");
    assert_eq!(refused(json, false).await.1, "Content-Type");
    let cut_short = call().with(|call| call.body.truncate(300));
    let (location, field, issue) = refused(cut_short, false).await;
    assert_eq!((location.as_str(), field.as_str()), ("form", ""));
    assert!(issue.contains("no whole form"), "{issue}");
    let without_meta = image().with(|upload| drop(upload.parts.remove(0)));
    let (_, field, _) = refused(without_meta.call(&sandbox, IMAGES), false).await;
    assert_eq!(field, "meta");
}

#[tokio::test]
async fn uploads_may_be_larger_than_documents() {
    let sandbox = sandbox().await;
    let of_length = |length: usize| {
        image().with(|upload| {
            let content = vec![b'\r'; length];
            upload.meta["sha256"] = json!(digest("sha256", &content));
            upload.part("file").content = content;
        })
    };
    let video = of_length(5 << 20).call(&sandbox, IMAGES).send().await;
    assert_eq!(video.status, 200, "{}", video.body);
    let endless = of_length(8 << 20).call(&sandbox, IMAGES).send().await;
    endless.is_refused(413, "INVALID_REQUEST", false);
}
