//! The parameters that open the cashier and WeChat Pay's other pages.

use crate::support::keys::{Keys, cases, read};
use crate::support::{builder, client};
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};
use wechatpay_runtime::cashier::{
    App, CouponPage, CouponToSend, Jsapi, PayscoreConfirm, PayscoreConfirmParameters,
    PayscoreDetail, SendCoupons,
};
use wechatpay_runtime::{Client, ErrorKind, Outcome};

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().expect(name)
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// A client at a moment and with a nonce of one's own, and with the vectors' APIv2 key.
fn at(keys: &Keys, timestamp: u64, nonce: &str) -> Client {
    let nonce = nonce.to_owned();
    let all: Value = json_of(&read("keys/keys.json"));
    builder(keys)
        .clock(move || UNIX_EPOCH + Duration::from_secs(timestamp))
        .nonces(move || nonce.clone())
        .apiv2_key(text(&all, "apiv2_key"))
        .build()
        .expect("a client")
}

#[tokio::test]
async fn vectors_of_the_cashier_are_signed_alike() {
    let keys = Keys::load();
    for case in cases("v3-cashier.json") {
        let timestamp = text(&case, "timestamp").parse().expect("a timestamp");
        let client = at(&keys, timestamp, text(&case, "nonce_str"));
        let (appid, prepay_id) = (text(&case, "appid"), text(&case, "prepay_id"));
        let made = match text(&case, "kind") {
            "jsapi" => {
                let opening = Jsapi { appid, prepay_id };
                opening.sign(&client).await.expect("signed").to_json()
            }
            "app" => {
                let opening = App {
                    appid,
                    prepay_id,
                    partnerid: case["partnerid"].as_str(),
                };
                opening.sign(&client).await.expect("signed").to_json()
            }
            other => panic!("{other}"),
        };
        assert_eq!(json_of(&made), case["expect"]);
    }
}

#[tokio::test]
async fn an_app_pays_to_the_clients_own_merchant_unless_told_otherwise() {
    let keys = Keys::load();
    let client = at(&keys, 1, "n");
    let mut opening = App {
        appid: "wx1",
        prepay_id: "wx2",
        partnerid: None,
    };
    let own = opening.sign(&client).await.expect("signed");
    assert_eq!(own.partnerid, keys.mchid);
    opening.partnerid = Some("1900000109");
    let other = opening.sign(&client).await.expect("signed");
    assert_eq!(other.partnerid, "1900000109");
    assert_eq!(own.sign, other.sign, "the signature does not cover it");
}

#[tokio::test]
async fn each_opening_is_new() {
    let client = client(&Keys::load(), "http://127.0.0.1:1");
    let opening = Jsapi {
        appid: "wx1",
        prepay_id: "wx2",
    };
    let (one, other) = (opening.sign(&client).await, opening.sign(&client).await);
    let (one, other) = (one.expect("signed"), other.expect("signed"));
    assert_ne!(one.nonce_str, other.nonce_str);
    assert_ne!(one.pay_sign, other.pay_sign);
}

/// HMAC-SHA256 over sorted pairs and the key, by another library than the runtime's.
fn hmac(text: &str) -> String {
    use rsa::sha2::{Digest, Sha256};
    let key = json_of(&read("keys/keys.json"))["apiv2_key"]
        .as_str()
        .expect("a key")
        .to_owned();
    let pad = |with: u8| {
        let mut block = [with; 64];
        for (byte, key) in block.iter_mut().zip(key.bytes()) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(format!("{text}&key={key}"))
        .finalize();
    let outer = Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize();
    outer.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[test]
fn payscores_pages_are_signed_by_the_old_rule() {
    let keys = Keys::load();
    let client = at(&keys, 1_530_097_563, "zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2");
    let mchid = &keys.mchid;
    let page = PayscoreDetail {
        service_id: "2002000000000558128851361561536",
        out_order_no: "1234323JKHDFE1243252",
    };
    let made = page.sign(&client).expect("signed");
    let sign = hmac(&format!(
        "mch_id={mchid}&nonce_str=zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2&out_order_no=1234323JKHDFE1243252&service_id=2002000000000558128851361561536&sign_type=HMAC-SHA256&timestamp=1530097563"
    ));
    assert_eq!(
        json_of(&made.to_json()),
        json!({
            "mch_id": mchid,
            "service_id": "2002000000000558128851361561536",
            "out_order_no": "1234323JKHDFE1243252",
            "timestamp": "1530097563",
            "nonce_str": "zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2",
            "sign_type": "HMAC-SHA256",
            "sign": sign,
        })
    );
    let page = PayscoreConfirm { package: "a+b/c=" };
    let made = page.sign(&client).expect("signed");
    let sign = hmac(&format!(
        "mch_id={mchid}&nonce_str=zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2&package=a+b/c=&sign_type=HMAC-SHA256&timestamp=1530097563"
    ));
    assert_eq!(made.sign, sign);
    assert_eq!(
        made.to_query(),
        format!(
            "mch_id={mchid}&package=a%2Bb%2Fc%3D&timestamp=1530097563&nonce_str=zyx53Nkey8o4bHpxTQvd8m7e92nG5mG2&sign_type=HMAC-SHA256&sign={sign}"
        )
    );
    assert_eq!(PayscoreConfirmParameters::BUSINESS_TYPE, "wxpayScoreUse");
}

#[test]
fn coupons_are_numbered_where_they_are_signed() {
    let client = at(&Keys::load(), 1, "n");
    let coupon = |stock_id, out_request_no, coupon_code| CouponToSend {
        stock_id,
        out_request_no,
        coupon_code,
    };
    let plug_in = SendCoupons {
        coupons: &[
            coupon("1234567", "abc123", Some("asdsada")),
            coupon("2345678", "123abc", None),
        ],
        send_coupon_merchant: Some("10016226"),
    };
    let sign = hmac(
        "coupon_code0=asdsada&out_request_no0=abc123&out_request_no1=123abc&send_coupon_merchant=10016226&stock_id0=1234567&stock_id1=2345678",
    );
    assert_eq!(
        json_of(&plug_in.sign(&client).expect("signed").to_json()),
        json!({
            "send_coupon_params": [
                { "stock_id": "1234567", "out_request_no": "abc123", "coupon_code": "asdsada" },
                { "stock_id": "2345678", "out_request_no": "123abc" },
            ],
            "send_coupon_merchant": "10016226",
            "sign": sign,
        })
    );
    for coupons in [&[][..], &[coupon("1", "2", None); 11]] {
        let plug_in = SendCoupons {
            coupons,
            send_coupon_merchant: None,
        };
        let error = plug_in.sign(&client).expect_err("a wrong number");
        assert_eq!(error.violations()[0].place, "coupons");
    }
}

#[test]
fn the_page_of_a_coupon_is_signed() {
    let client = at(&Keys::load(), 1, "n");
    let page = CouponPage {
        stock_id: "1234567890000000",
        out_request_no: "201911280000",
        open_id: "oiSFDIOoijdsf",
        coupon_code: None,
        send_coupon_merchant: Some("123456789"),
    };
    let sign = hmac(
        "open_id=oiSFDIOoijdsf&out_request_no=201911280000&send_coupon_merchant=123456789&stock_id=1234567890000000",
    );
    assert_eq!(
        page.url(&client).expect("signed"),
        format!(
            "https://action.weixin.qq.com/busifavor/getcouponinfo?stock_id=1234567890000000&out_request_no=201911280000&send_coupon_merchant=123456789&open_id=oiSFDIOoijdsf&sign={sign}#wechat_pay&wechat_redirect"
        )
    );
}

#[tokio::test]
async fn what_cannot_be_signed_is_named() {
    let keys = Keys::load();
    let without_key = client(&keys, "http://127.0.0.1:1");
    let page = PayscoreConfirm { package: "x" };
    let error = page.sign(&without_key).expect_err("no APIv2 key");
    assert_eq!(error.argument(), Some("apiv2_key"));
    assert_eq!(error.outcome(), Outcome::NotSent);

    let opening = Jsapi {
        appid: "",
        prepay_id: "a\nb",
    };
    let error = opening.sign(&without_key).await.expect_err("two faults");
    assert_eq!(error.kind(), &ErrorKind::Validation);
    let places: Vec<&str> = error
        .violations()
        .iter()
        .map(|it| it.place.as_str())
        .collect();
    assert_eq!(places, ["appid", "prepay_id"]);

    let error = Client::builder()
        .apiv2_key("too short")
        .build()
        .expect_err("a short key");
    assert_eq!(error.argument(), Some("apiv2_key"));
}

#[tokio::test]
async fn debug_hides_signatures_and_the_key() {
    let client = at(&Keys::load(), 1, "n");
    let opening = Jsapi {
        appid: "wx1",
        prepay_id: "wx2",
    };
    let parameters = opening.sign(&client).await.expect("signed");
    let shown = format!("{parameters:?}");
    assert!(
        shown.contains("wx1") && !shown.contains(&parameters.pay_sign),
        "{shown}"
    );
    let key = client.apiv2_key().expect("a key");
    assert_eq!(format!("{key:?}"), "Apiv2Key(<hidden>)");
}

#[cfg(feature = "serde")]
#[tokio::test]
async fn serde_writes_the_same_json() {
    let client = at(&Keys::load(), 1, "n");
    let opening = Jsapi {
        appid: "wx1",
        prepay_id: "wx2",
    };
    let parameters = opening.sign(&client).await.expect("signed");
    assert_eq!(
        serde_json::to_string(&parameters).expect("JSON"),
        parameters.to_json()
    );
}
