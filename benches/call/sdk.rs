//! The call through the SDK.

use crate::keys::Keys;
use std::time::Duration;
use wechatpay_openapi::shapes::pay::request::Amount;
use wechatpay_openapi::v3::pay::transactions::jsapi;
use wechatpay_openapi::{RetryPolicy, WechatPay};

/// The SDK's own limit of an attempt. The call by hand gets the same: for a timer that is nearer than those of its connections tokio wakes
/// itself, which is about 1 % of a call.
pub(crate) const LIMIT: Duration = Duration::from_secs(15);

pub(crate) fn wechat_pay(keys: &Keys, url: &str, limit: Duration) -> WechatPay {
    WechatPay::builder()
        .mchid(&keys.mchid)
        .merchant_serial_no(&keys.serial_no)
        .merchant_private_key(keys.private_key.as_str())
        .platform_public_key_id(&keys.platform_id)
        .platform_public_key(keys.platform_public.as_str())
        .base_url(url)
        .timeout(limit)
        .retry(RetryPolicy::new().attempt_timeout(limit))
        .build()
        .expect("a client")
}

pub(crate) async fn prepay(wxpay: &WechatPay) -> String {
    let request = request();
    let reply = wxpay
        .v3()
        .pay()
        .transactions()
        .jsapi()
        .post(&request)
        .await
        .expect("a reply");
    reply.prepay_id().expect("a prepay_id").to_owned()
}

fn request() -> jsapi::PostRequest {
    jsapi::PostRequest::new()
        .appid("wxd678efh567hg6787")
        .mchid("1230000109")
        .description("Image形象店-深圳腾大-QQ公仔")
        .out_trade_no("1217752501201407033233368018")
        .amount(Amount::new().total(100).currency("CNY"))
        .notify_url("https://www.weixin.qq.com/wxpay/pay.php")
        .payer(jsapi::post_request::Payer::new().openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"))
}
