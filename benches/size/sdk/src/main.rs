//! Creates an order.

use wechatpay_openapi::shapes::pay::request::Amount;
use wechatpay_openapi::v3::pay::transactions::jsapi;
use wechatpay_openapi::{Error, PrivateKey, PublicKey, WechatPay};

fn main() {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    println!("{}", runtime.block_on(prepay()).expect("a prepay_id"));
}

async fn prepay() -> Result<String, Error> {
    let wxpay: WechatPay = WechatPay::builder()
        .mchid("1900000109")
        .merchant_serial_no("5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
        .merchant_private_key(PrivateKey::from_file("apiclient_key.pem")?)
        .platform_public_key_id("PUB_KEY_ID_0119291417772024124158683449786907")
        .platform_public_key(PublicKey::from_file("pub_key.pem")?)
        .build()?;
    let request = jsapi::PostRequest::new()
        .appid("wxd678efh567hg6787")
        .mchid("1900000109")
        .description("Image形象店-深圳腾大-QQ公仔")
        .out_trade_no("1217752501201407033233368018")
        .amount(Amount::new().total(100))
        .notify_url("https://www.weixin.qq.com/wxpay/pay.php")
        .payer(jsapi::post_request::Payer::new().openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"));
    let reply = wxpay
        .v3()
        .pay()
        .transactions()
        .jsapi()
        .post(&request)
        .await?;
    Ok(reply.prepay_id()?.to_owned())
}
