//! The classes of calls, each played by one of the generated crate.

use wechatpay_openapi::shapes::fund_app::TransferSceneId;
use wechatpay_openapi::shapes::fund_app::request::TransferSceneReportInfo;
use wechatpay_openapi::shapes::marketing_partnerships::BusinessType;
use wechatpay_openapi::shapes::marketing_partnerships::request::{
    AuthorizedData, Partner, partner,
};
use wechatpay_openapi::shapes::pay::request::{
    Amount, CodepayPayer, CodepaySceneInfo, PosStoreInfo,
};
use wechatpay_openapi::v3::fund_app::mch_transfer::transfer_bills;
use wechatpay_openapi::v3::marketing::partnerships::build;
use wechatpay_openapi::v3::pay::transactions::codepay;
use wechatpay_openapi::v3::pay::transactions::out_trade_no::_out_trade_no_ as order;
use wechatpay_openapi::v3::refund::domestic::refunds;
use wechatpay_openapi::{Error, WechatPay};

/// What of a call decides whether it may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// `GET /v3/pay/transactions/out-trade-no/{out_trade_no}`.
    Read,
    /// `POST /v3/refund/domestic/refunds`, repeatable by `out_refund_no`.
    Numbered,
    /// `POST /v3/pay/transactions/codepay`, not repeatable: the code on the user's telephone is good for one payment.
    Once,
    /// `POST /v3/fund-app/mch-transfer/transfer-bills`, repeatable by `out_bill_no`, with a name that is encrypted.
    Sealed,
    /// `POST /v3/marketing/partnerships/build`, repeatable by its `Idempotency-Key`.
    Keyed,
}

/// A reply of success, as far as these tests look at it.
#[derive(Debug)]
pub(crate) struct Success {
    pub(crate) status: u16,
    pub(crate) verified: bool,
}

impl Class {
    pub(crate) const ALL: [Self; 5] = [
        Self::Read,
        Self::Numbered,
        Self::Once,
        Self::Sealed,
        Self::Keyed,
    ];

    /// Those that the table shows: the other two fare like the write with a number.
    pub(crate) const SHOWN: [Self; 3] = [Self::Read, Self::Numbered, Self::Once];

    /// Makes the call.
    pub(crate) async fn call(self, wxpay: &WechatPay, number: &str) -> Result<Success, Error> {
        let (status, verified) = match self {
            Self::Read => {
                let request = order::GetRequest::new().mchid("1900000109");
                let orders = wxpay.v3().pay().transactions().out_trade_no();
                let reply = orders._out_trade_no_(number).get(&request).await?;
                (reply.status(), reply.is_verified())
            }
            Self::Numbered => {
                let amount = refunds::post_request::Amount::new()
                    .refund(1)
                    .total(100)
                    .currency("CNY");
                let request = refunds::PostRequest::new()
                    .out_refund_no(number)
                    .amount(amount)
                    .out_trade_no("1217752501201407033233368018");
                let refunds = wxpay.v3().refund().domestic().refunds();
                let reply = refunds.post(&request).await?;
                (reply.status(), reply.is_verified())
            }
            Self::Once => {
                let store = PosStoreInfo::new().id("0001");
                let request = codepay::PostRequest::new()
                    .appid("wxd678efh567hg6787")
                    .mchid("1900000109")
                    .description("Image形象店-深圳腾大-QQ公仔")
                    .out_trade_no(number)
                    .payer(CodepayPayer::new().auth_code("130061098828009406"))
                    .amount(Amount::new().total(100))
                    .scene_info(CodepaySceneInfo::new().store_info(store));
                let codepay = wxpay.v3().pay().transactions().codepay();
                let reply = codepay.post(&request).await?;
                (reply.status(), reply.is_verified())
            }
            Self::Sealed => {
                let report = TransferSceneReportInfo::new()
                    .info_type("活动名称")
                    .info_content("新会员有礼");
                let request = transfer_bills::PostRequest::new()
                    .appid("wxf636efh567hg4356")
                    .out_bill_no(number)
                    .openid("o-MYE42l80oelYMDE34nYD456Xoy")
                    .transfer_amount(400_000)
                    .transfer_remark("2020年4月报销")
                    .transfer_scene_id(TransferSceneId::V1000)
                    .transfer_scene_report_infos(vec![report])
                    .user_name("张三");
                let transfers = wxpay.v3().fund_app().mch_transfer().transfer_bills();
                let reply = transfers.post(&request).await?;
                (reply.status(), reply.is_verified())
            }
            Self::Keyed => {
                let partner = Partner::new().r#type(partner::Type::Appid).appid(number);
                let data = AuthorizedData::new()
                    .business_type(BusinessType::FavorStock)
                    .stock_id("2433405");
                let request = build::PostRequest::new()
                    .partner(partner)
                    .authorized_data(data);
                let partnerships = wxpay.v3().marketing().partnerships();
                let reply = partnerships.build().post(&request).await?;
                (reply.status(), reply.is_verified())
            }
        };
        Ok(Success { status, verified })
    }
}
