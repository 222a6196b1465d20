//! Three calls, and an answer that somebody changed on its way.
//!
//! `cargo xtask demo` runs it against the sandbox. To run it yourself, set WECHATPAY_MCHID, WECHATPAY_MERCHANT_SERIAL_NO,
//! WECHATPAY_MERCHANT_PRIVATE_KEY_FILE, WECHATPAY_PLATFORM_PUBLIC_KEY_FILE, WECHATPAY_PLATFORM_PUBLIC_KEY_ID, and
//! WECHATPAY_BASE_URL for another host than WeChat Pay's. With DEMO_TAMPERED_URL, the last call goes there.

use std::env;
use std::error::Error;
use wechatpay_openapi::v3::pay::transactions::out_trade_no::_out_trade_no_ as order;
use wechatpay_openapi::v3::payscore::partner::serviceorder::_out_order_no_::sync;
use wechatpay_openapi::v3::payscore::payafter_orders;
use wechatpay_openapi::{Config, RetryPolicy, WechatPay};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let wxpay = wechat_pay(None)?;

    // The call that this SDK started from: an order was paid outside WeChat Pay.
    let request = sync::PostRequest::new()
        .service_id("2002000000000558128851361561536")
        .sub_mchid("1900000109")
        .r#type("Order_Paid")
        .detail(
            sync::post_request::Detail::new()
                .paid_time("20091225091210")
                .paid_amount(100),
        );
    let number = "1234323JKHDFE1243252";
    let orders = wxpay.v3().payscore().partner().serviceorder();
    let reply = orders._out_order_no_(number).sync().post(&request).await?;
    told("sync", reply.status(), reply.is_verified(), "no body");

    // What became of a payment.
    let request = order::GetRequest::new().mchid("1900000001");
    let payments = wxpay.v3().pay().transactions().out_trade_no();
    let payment = payments
        ._out_trade_no_("1217752501201407033233368018")
        .get(&request)
        .await?;
    let state = payment.trade_state.as_ref();
    let state = state.map_or("none", |state| state.as_str());
    told(
        "query",
        payment.status(),
        payment.is_verified(),
        &format!("trade_state {state}"),
    );

    // The name and the telephone number are encrypted on their way.
    let request = payafter_orders::PostRequest::new()
        .appid("wxd678efh567hg6787")
        .out_order_no(number)
        .service_id("500001")
        .name("张三")
        .phone("13800000000");
    let order = wxpay
        .v3()
        .payscore()
        .payafter_orders()
        .post(&request)
        .await?;
    let number = order.out_order_no.as_deref().unwrap_or("none");
    told(
        "order",
        order.status(),
        order.is_verified(),
        &format!("out_order_no {number}"),
    );

    if let Ok(url) = env::var("DEMO_TAMPERED_URL") {
        let tampered = wechat_pay(Some(url))?;
        let request = order::GetRequest::new().mchid("1900000001");
        let payments = tampered.v3().pay().transactions().out_trade_no();
        let payment = payments._out_trade_no_("1217752501201407033233368018");
        // A read would be tried again; once is enough to show.
        let once = payment.get(&request).retry(RetryPolicy::never());
        match once.await {
            Ok(_) => return Err("a tampered answer was taken".into()),
            Err(error) => println!("tampered: refused, outcome {:?}: {error}", error.outcome()),
        }
    }
    Ok(())
}

fn told(call: &str, status: u16, verified: bool, what: &str) {
    let verified = if verified { "verified" } else { "not verified" };
    println!("{call}: status {status}, signature {verified}, {what}");
}

/// Who calls, by the environment's variables; it may be told to go elsewhere.
fn wechat_pay(base_url: Option<String>) -> Result<WechatPay, wechatpay_openapi::Error> {
    let builder = Config::from_env().into_builder();
    match base_url {
        Some(url) => builder.base_url(url).build(),
        None => builder.build(),
    }
}
