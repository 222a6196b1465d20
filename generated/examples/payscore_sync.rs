//! Tells WeChat Pay that a payscore order was paid outside it: the call that this SDK started from.
//!
//! `cargo xtask demo` runs it against the sandbox. To run it yourself, set WECHATPAY_MCHID, WECHATPAY_SERIAL_NO,
//! WECHATPAY_PRIVATE_KEY (a file), WECHATPAY_PUBLIC_KEY (a file), WECHATPAY_PUBLIC_KEY_ID, and WECHATPAY_BASE_URL for
//! another host than WeChat Pay's.

use std::env;
use std::error::Error;
use wechatpay_openapi::v3::payscore::partner::serviceorder::_out_order_no_::sync;
use wechatpay_openapi::{PrivateKey, PublicKey, WechatPay};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let wxpay = wechat_pay_from_environment()?;

    let request = sync::PostRequest::new()
        .service_id("2002000000000558128851361561536")
        .sub_mchid("1900000109")
        .r#type("Order_Paid")
        .detail(
            sync::post_request::Detail::new()
                .paid_time("20091225091210")
                .paid_amount(100),
        );
    let reply = wxpay
        .v3()
        .payscore()
        .partner()
        .serviceorder()
        ._out_order_no_("1234323JKHDFE1243252")
        .sync()
        .post(&request)
        .await?;
    println!(
        "sync.post(…): status {}, signature verified, Request-ID {}",
        reply.status(),
        reply.request_id().unwrap_or("none")
    );

    // The shorthand: the namespace itself is callable, and stands for POST.
    let reply = sync(&wxpay, "1234323JKHDFE1243252", &request).await?;
    println!(
        "sync(…):      status {}, signature verified, Request-ID {}",
        reply.status(),
        reply.request_id().unwrap_or("none")
    );
    Ok(())
}

fn wechat_pay_from_environment() -> Result<WechatPay, Box<dyn Error>> {
    let builder = WechatPay::builder()
        .mchid(variable("WECHATPAY_MCHID")?)
        .merchant_serial_no(variable("WECHATPAY_SERIAL_NO")?)
        .merchant_private_key(PrivateKey::from_file(variable("WECHATPAY_PRIVATE_KEY")?)?)
        .platform_public_key_id(variable("WECHATPAY_PUBLIC_KEY_ID")?)
        .platform_public_key(PublicKey::from_file(variable("WECHATPAY_PUBLIC_KEY")?)?);
    let builder = match env::var("WECHATPAY_BASE_URL") {
        Ok(url) => builder.base_url(url),
        Err(_) => builder,
    };
    Ok(builder.build()?)
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|_| format!("set the environment variable {name}"))
}
