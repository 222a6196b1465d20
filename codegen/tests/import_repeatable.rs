//! Which writes the importer proposes to send again, and which it leaves alone.

use serde_json::{Value, json};
use wechatpay_codegen::import::{ImportOptions, import};
use wechatpay_codegen::model::{Api, Repeatable};

/// What is proposed for a POST to a path whose body requires some fields.
fn proposed(path: &str, required: &[&str]) -> Option<Repeatable> {
    let params: Vec<Value> = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "type": "string" }))
        .collect();
    let fields: serde_json::Map<String, Value> = required
        .iter()
        .map(|name| {
            (
                (*name).to_owned(),
                json!({ "type": "string", "required": true }),
            )
        })
        .collect();
    let fact = json!({
        "method": "POST",
        "path": path,
        "title": "接口",
        "params": params,
        "body": { "type": "object", "fields": fields },
        "responses": { "204": {} },
    });
    let options = ImportOptions::default();
    let api = import(fact.to_string().as_bytes(), &Api::default(), &options)
        .unwrap_or_else(|error| panic!("{error}"))
        .api;
    let mut operations = api.paths[path].operations.values();
    operations.next().expect("one operation").repeatable.clone()
}

fn by(field: &str) -> Option<Repeatable> {
    Some(Repeatable::By(field.to_owned()))
}

#[test]
fn what_is_created_under_the_merchants_number_may_be_sent_again() {
    for (path, field) in [
        ("/v3/pay/transactions/jsapi", "out_trade_no"),
        ("/v3/refund/domestic/refunds", "out_refund_no"),
        ("/v3/fund-app/mch-transfer/transfer-bills", "out_bill_no"),
        (
            "/v3/platsolution/mch-transfer/batches/apply",
            "out_batch_no",
        ),
    ] {
        assert_eq!(proposed(path, &["appid", field]), by(field), "{path}");
    }
}

#[test]
fn what_ends_a_thing_that_the_path_names_may_be_sent_again() {
    for (path, field) in [
        (
            "/v3/pay/transactions/out-trade-no/{out_trade_no}/close",
            "out_trade_no",
        ),
        (
            "/v3/pay/transactions/out-trade-no/{out_trade_no}/reverse",
            "out_trade_no",
        ),
        (
            "/v3/payscore/serviceorder/{out_order_no}/sync",
            "out_order_no",
        ),
        (
            "/v3/platsolution/ecommerce/recharges/out-recharge-no/{out_recharge_no}/close",
            "out_recharge_no",
        ),
    ] {
        assert_eq!(proposed(path, &["appid"]), by(field), "{path}");
    }
}

#[test]
fn a_charge_is_left_alone_although_it_has_a_number() {
    for path in [
        "/v3/pay/transactions/codepay",
        "/v3/papay/pay/transactions/apply",
        "/v3/vehicle/transactions/parking",
        "/v3/qrcode/transactions",
    ] {
        assert_eq!(proposed(path, &["appid", "out_trade_no"]), None, "{path}");
    }
}

#[test]
fn a_number_of_something_else_is_no_reason() {
    for (path, field) in [
        (
            "/v3/ecommerce/refunds/{refund_id}/apply-abnormal-refund",
            "out_refund_no",
        ),
        ("/v3/smartguide/guides/{guide_id}/assign", "out_trade_no"),
        ("/v3/gov/subsidy/sncode/unlock", "out_trade_no"),
        ("/v3/catering/orders/sync-status", "out_order_no"),
        ("/v3/pay/transactions/exposure", "out_trade_no"),
    ] {
        assert_eq!(proposed(path, &["appid", field]), None, "{path}");
    }
}

#[test]
fn the_number_of_a_request_is_for_a_person_to_judge() {
    for path in [
        "/v3/marketing/favor/coupon-stocks",
        "/v3/marketing/favor/users/{openid}/coupons",
        "/v3/ecommerce/fund/withdraw",
    ] {
        assert_eq!(proposed(path, &["appid", "out_request_no"]), None, "{path}");
    }
}
