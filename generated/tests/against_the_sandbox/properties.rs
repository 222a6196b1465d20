//! Whatever is sent through the client is what the server receives, and verifies.

use crate::fixture::Fixture;
use proptest::prelude::*;
use serde_json::{Value, json};
use wechatpay_openapi::v3::payscore::partner::serviceorder::_out_order_no_::sync;

fn texts() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("a variable is neither empty nor a dot segment", |text| {
        !matches!(text.as_str(), "" | "." | "..")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_variable_and_any_body_arrive(number in texts(), service_id in any::<String>(), kind in any::<String>(), amount in any::<i64>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let fixture = Fixture::start().await;
            let request = sync::PostRequest::new()
                .service_id(service_id.as_str())
                .sub_mchid("1900000109")
                .r#type(kind.as_str())
                .detail(sync::post_request::Detail::new().paid_time("20091225091210").paid_amount(amount));
            // The checks on both sides may refuse a value; what must hold is what arrived.
            let _ = sync(&fixture.wxpay, &number, &request).unchecked().await;
            let received = fixture.last_request();
            prop_assert!(received.verdict.status() != 401, "the signature did not verify");
            prop_assert_eq!(variable(&received.target), number);
            let body: Value = serde_json::from_slice(&received.body).expect("JSON");
            prop_assert_eq!(body, json!({
                "service_id": service_id,
                "sub_mchid": "1900000109",
                "type": kind,
                "detail": { "paid_time": "20091225091210", "paid_amount": amount },
            }));
            Ok(())
        })?;
    }
}

/// The path variable of the target, decoded.
fn variable(target: &str) -> String {
    let path = target
        .strip_prefix("/v3/payscore/partner/serviceorder/")
        .expect("the path's begin");
    let encoded = path.strip_suffix("/sync").expect("the path's end");
    percent_encoding::percent_decode_str(encoded)
        .decode_utf8()
        .expect("UTF-8")
        .into_owned()
}
