//! With the feature `serde`, described types are stored and come back, without what is encrypted.

use crate::support::example::{Goods, OrderReply, OrderRequest, UploadRequest, order};
use wechatpay_runtime::File;
use wechatpay_runtime::emitted as rt;

rt::serde_impls!(Goods, OrderRequest, OrderReply, UploadRequest);

#[test]
fn what_is_stored_comes_back_without_encrypted_members() {
    let mut request = order();
    request.mchid = Some("1900".to_owned());
    request.goods = vec![Goods {
        name: "a".to_owned(),
        price: None,
    }];
    request.attach = Some(rt::JsonText(Goods {
        name: "b".to_owned(),
        price: Some(2),
    }));
    let mut stored = request.clone();
    stored.payer_name = Some("张三".into());
    stored.holder = Some("张三".into());
    let text = serde_json::to_string(&stored).expect("JSON");
    assert!(
        !text.contains("张三") && !text.contains("payer_name"),
        "{text}"
    );
    assert_eq!(
        serde_json::from_str::<OrderRequest>(&text).expect("a request"),
        request
    );
}

#[test]
fn a_stored_file_keeps_the_media_type_that_was_named() {
    let unnamed = File::new("a.png", "content");
    let named = File::new("a.bin", "content").with_media_type("image/png");
    for file in [unnamed, named] {
        let request = UploadRequest { file };
        let text = serde_json::to_string(&request).expect("JSON");
        let read: UploadRequest = serde_json::from_str(&text).expect("a request");
        assert_eq!(read.file, request.file, "{text}");
    }
    let old = r#"{"file":{"file_name":"a.png","content":""}}"#;
    let read: UploadRequest = serde_json::from_str(old).expect("a request");
    assert_eq!(read.file.media_type(), "image/png");
}

#[test]
fn a_required_member_of_a_request_must_be_there() {
    let error = serde_json::from_str::<OrderRequest>(r#"{"tags":["a"]}"#).expect_err("no kind");
    assert!(error.to_string().contains("kind"), "{error}");
    let error = serde_json::from_str::<Goods>(r#"{"name":[]}"#).expect_err("no text");
    assert!(error.to_string().contains("name"), "{error}");
    assert!(serde_json::from_str::<OrderRequest>("[]").is_err());
    assert!(serde_json::from_str::<OrderRequest>("null").is_err());
}

#[test]
fn a_reply_is_as_lenient_as_on_the_wire() {
    let reply: OrderReply = serde_json::from_str(r#"{"total":"5","new":1}"#).expect("a reply");
    assert_eq!(reply.total, Some(5));
    let value = serde_json::to_value(&reply).expect("a value");
    assert_eq!(value, serde_json::json!({"total": 5}));
    assert_eq!(
        serde_json::from_value::<OrderReply>(value).expect("a reply"),
        reply
    );
}
