//! An order is placed and signed for in one call.

use crate::fixture::Fixture;
use wechatpay_openapi::shapes::pay::request::Amount;
use wechatpay_openapi::v3::pay::partner::transactions::jsapi as partner;
use wechatpay_openapi::v3::pay::transactions::{app, jsapi};
use wechatpay_openapi::{ErrorKind, Outcome};
use wechatpay_sandbox::Alteration;

const PREPAY_ID: &str = "wx201410272009395522657a690389285100";

fn order() -> jsapi::PostRequest {
    jsapi::PostRequest::new()
        .appid("wxd678efh567hg6787")
        .mchid("1230000109")
        .description("Image形象店-深圳腾大-QQ公仔")
        .out_trade_no("1217752501201407033233368018")
        .amount(Amount::new().total(100))
        .notify_url("https://www.weixin.qq.com/wxpay/pay.php")
        .payer(jsapi::post_request::Payer::new().openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"))
}

fn is_signed(fixture: &Fixture, lines: [&str; 4], signature: &str) -> bool {
    fixture.is_signed(&format!("{}\n", lines.join("\n")), signature)
}

#[tokio::test]
async fn in_the_wechat_browser() {
    let fixture = Fixture::start().await;
    let order = order();
    let opened = fixture
        .wxpay
        .cashier()
        .jsapi(&order)
        .await
        .expect("a placed order");
    assert_eq!(opened.reply.prepay_id().expect("a number"), PREPAY_ID);
    let parameters = opened.parameters;
    assert_eq!(parameters.app_id, "wxd678efh567hg6787");
    assert_eq!(parameters.package, format!("prepay_id={PREPAY_ID}"));
    let lines = [
        parameters.app_id.as_str(),
        &parameters.time_stamp,
        &parameters.nonce_str,
        &parameters.package,
    ];
    assert!(is_signed(&fixture, lines, &parameters.pay_sign));
}

#[tokio::test]
async fn in_an_app() {
    let fixture = Fixture::start().await;
    let order = app::PostRequest::new()
        .appid("wxd678efh567hg6787")
        .mchid("1230000109")
        .description("Image形象店-深圳腾大-QQ公仔")
        .out_trade_no("1217752501201407033233368018")
        .amount(Amount::new().total(100))
        .notify_url("https://www.weixin.qq.com/wxpay/pay.php");
    let opened = fixture
        .wxpay
        .cashier()
        .app(&order)
        .options(|call| call.strict())
        .await
        .expect("a placed order");
    let parameters = opened.parameters;
    assert_eq!(parameters.partnerid, "1230000109");
    assert_eq!(parameters.prepayid, PREPAY_ID);
    let lines = [
        parameters.appid.as_str(),
        &parameters.timestamp,
        &parameters.noncestr,
        &parameters.prepayid,
    ];
    assert!(is_signed(&fixture, lines, &parameters.sign));
}

#[tokio::test]
async fn for_the_app_that_knows_the_payer() {
    let fixture = Fixture::start().await;
    let order = |payer| {
        partner::PostRequest::new()
            .sp_appid("wx8888888888888888")
            .sp_mchid("1230000109")
            .sub_mchid("1900000109")
            .description("Image形象店-深圳腾大-QQ公仔")
            .out_trade_no("1217752501201407033233368018")
            .amount(Amount::new().total(100))
            .notify_url("https://www.weixin.qq.com/wxpay/pay.php")
            .payer(payer)
            .sub_appid("wxd678efh567hg6999")
    };
    let payer = || partner::post_request::Payer::new().sp_openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
    let own = order(payer());
    let sub = order(payer().sub_openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"));
    let cashier = fixture.wxpay.cashier();
    let opened = cashier.jsapi(&own).await.expect("a placed order");
    assert_eq!(opened.parameters.app_id, "wx8888888888888888");
    let opened = cashier.jsapi(&sub).await.expect("a placed order");
    assert_eq!(opened.parameters.app_id, "wxd678efh567hg6999");
    let opened = cashier.jsapi(&sub).appid("wx1").await;
    assert_eq!(opened.expect("a placed order").parameters.app_id, "wx1");
}

#[tokio::test]
async fn an_order_without_a_number_was_placed_all_the_same() {
    let alteration = Alteration::from_fn(|_, body| *body = serde_json::json!({}));
    let fixture = Fixture::with(alteration).await;
    let order = order();
    let opened = fixture.wxpay.cashier().jsapi(&order).await;
    let error = opened.expect_err("no `prepay_id`");
    assert!(matches!(error.kind(), ErrorKind::MissingField(_)));
    assert_eq!(error.outcome(), Outcome::Answered);
    assert_eq!(error.status(), Some(200));
    assert!(error.request_id().is_some());
}

#[cfg(feature = "global-pay")]
mod abroad {
    use super::*;
    use wechatpay_openapi::shapes::global_pay::Payer;
    use wechatpay_openapi::shapes::global_pay::request::{Amount, CreateOrder};

    fn order(trade_type: &str) -> CreateOrder {
        CreateOrder::new()
            .description("image形象店-深圳腾大- QQ公仔")
            .notify_url("https://www.weixin.qq.com/wxpay/pay.php")
            .out_trade_no("1217752501201407033233368018")
            .trade_type(trade_type)
            .merchant_category_code("1011")
            .amount(Amount::new().total(888))
            .mchid("1900000109")
            .appid("wx8888888888888888")
    }

    #[tokio::test]
    async fn in_the_wechat_browser() {
        let fixture = Fixture::abroad().await;
        let order = order("JSAPI").payer(Payer::new().openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"));
        let cashier = fixture.wxpay.cashier();
        for (at, path) in [
            (cashier.global(), "/v3/global/transactions/jsapi"),
            (cashier.hong_kong(), "/hk/v3/transactions/jsapi"),
        ] {
            let opened = at.jsapi(&order).await.expect("a placed order");
            let request = fixture.last_request();
            assert_eq!(
                (request.target.as_str(), request.family.as_str()),
                (path, "hong-kong")
            );
            let parameters = opened.parameters;
            assert_eq!(parameters.app_id, "wx8888888888888888");
            let lines = [
                parameters.app_id.as_str(),
                &parameters.time_stamp,
                &parameters.nonce_str,
                &parameters.package,
            ];
            assert!(is_signed(&fixture, lines, &parameters.pay_sign));
        }
    }

    #[tokio::test]
    async fn in_an_app() {
        let fixture = Fixture::abroad().await;
        let order = order("APP");
        let cashier = fixture.wxpay.cashier();
        for (at, path) in [
            (cashier.global(), "/v3/global/transactions/app"),
            (cashier.hong_kong(), "/hk/v3/transactions/app"),
        ] {
            let opened = at.app(&order).await.expect("a placed order");
            assert_eq!(fixture.last_request().target, path);
            let parameters = opened.parameters;
            assert_eq!(parameters.partnerid, "1900000109");
            assert_eq!(parameters.prepayid, PREPAY_ID);
            let lines = [
                parameters.appid.as_str(),
                &parameters.timestamp,
                &parameters.noncestr,
                &parameters.prepayid,
            ];
            assert!(is_signed(&fixture, lines, &parameters.sign));
        }
    }

    #[tokio::test]
    async fn for_the_app_that_knows_the_payer() {
        let fixture = Fixture::abroad().await;
        let order = |payer| {
            order("JSAPI")
                .payer(payer)
                .sp_appid("wx-institution")
                .sub_appid("wx-sub")
        };
        let openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
        let cashier = fixture.wxpay.cashier().global();
        for (payer, app) in [
            (Payer::new().openid(openid), "wx8888888888888888"),
            (Payer::new().sp_openid(openid), "wx-institution"),
            (Payer::new().sub_openid(openid), "wx-sub"),
        ] {
            let order = order(payer);
            let opened = cashier.jsapi(&order).await.expect("a placed order");
            assert_eq!(opened.parameters.app_id, app);
        }
    }
}
