//! The requests that place an order with a `prepay_id` for its reply.

use crate::WechatPay;
use wechatpay_runtime::{Call, MissingField, emitted::Value};

/// An order that is paid in the WeChat browser or in a mini program. The requests of this crate are the only ones.
pub trait JsapiOrder: PlacedOrder {}

/// An order that is paid in an app. The requests of this crate are the only ones.
pub trait AppOrder: PlacedOrder {}

/// What is the same for all orders. Nobody can name it outside of this module, so that nobody else implements it.
pub trait Order: Send + Sync {
    /// What WeChat Pay answers.
    type Reply: Value + Send + Sync;
    /// The app in which the payer pays.
    fn appid(&self) -> &str;
    /// The merchant who places the order.
    fn mchid(&self) -> &str;
    /// The number that the cashier is opened with.
    fn prepay_id(reply: &Self::Reply) -> Result<&str, MissingField>;
}

/// An order that only one operation places.
pub trait PlacedOrder: Order {
    /// The call that places the order.
    fn place<'a>(&'a self, wxpay: &'a WechatPay) -> Call<'a, Self::Reply>;
}

/// One order: its module and chain, the traits that it has, where its app and merchant stand.
macro_rules! order {
    ($kind:ident, $($step:ident).+, |$order:ident| $appid:expr, $mchid:ident) => {
        order!(@impl $kind, crate::$($step)::+, $($step).+, |$order| $appid, $mchid);
    };
    (@impl $kind:ident, $module:path, $($step:ident).+, |$order:ident| $appid:expr, $mchid:ident) => {
        const _: () = {
            use $module as module;

            impl Order for module::PostRequest {
                type Reply = module::PostReply;
                fn appid(&self) -> &str {
                    let $order = self;
                    $appid
                }
                fn mchid(&self) -> &str {
                    &self.$mchid
                }
                fn prepay_id(reply: &Self::Reply) -> Result<&str, MissingField> {
                    reply.prepay_id()
                }
            }
            impl PlacedOrder for module::PostRequest {
                fn place<'a>(&'a self, wxpay: &'a WechatPay) -> Call<'a, Self::Reply> {
                    wxpay$(.$step())+.post(self)
                }
            }
            impl $kind for module::PostRequest {}
        };
    };
}

/// The sub-merchant's app where it has one and the payer is named by it; else the service provider's.
fn of_payer<'a>(own: &'a str, sub: Option<&'a str>, sub_openid: Option<&str>) -> &'a str {
    match (sub, sub_openid) {
        (Some(sub), Some(_)) => sub,
        _ => own,
    }
}

#[cfg(feature = "pay")]
mod pay {
    use super::*;

    order!(
        JsapiOrder,
        v3.pay.transactions.jsapi,
        |order| &order.appid,
        mchid
    );
    order!(
        JsapiOrder,
        v3.pay.transactions.jsapi_with_contract,
        |order| &order.appid,
        mchid
    );
    order!(
        AppOrder,
        v3.pay.transactions.app,
        |order| &order.appid,
        mchid
    );
    order!(
        AppOrder,
        v3.pay.transactions.app_with_contract,
        |order| &order.appid,
        mchid
    );
    order!(
        JsapiOrder,
        v3.pay.partner.transactions.jsapi,
        |order| of_payer(
            &order.sp_appid,
            order.sub_appid.as_deref(),
            order.payer.sub_openid.as_deref()
        ),
        sp_mchid
    );
    order!(
        JsapiOrder,
        v3.pay.partner.transactions.jsapi_with_contract,
        |order| of_payer(
            &order.sp_appid,
            order.sub_appid.as_deref(),
            order.payer.sub_openid.as_deref()
        ),
        sp_mchid
    );
    order!(
        JsapiOrder,
        v3.pay.partner.transactions.miniprogram,
        |order| of_payer(
            &order.sp_appid,
            order.sub_appid.as_deref(),
            order.payer.sub_openid.as_deref()
        ),
        sp_mchid
    );
    order!(
        AppOrder,
        v3.pay.partner.transactions.app,
        |order| order.sub_appid.as_deref().unwrap_or(&order.sp_appid),
        sp_mchid
    );
    order!(
        AppOrder,
        v3.pay.partner.transactions.app_with_contract,
        |order| order.sub_appid.as_deref().unwrap_or(&order.sp_appid),
        sp_mchid
    );
}

#[cfg(feature = "combine")]
mod combine {
    use super::*;

    order!(
        JsapiOrder,
        v3.combine_transactions.jsapi,
        |order| of_payer(
            &order.combine_appid,
            order
                .sub_orders
                .first()
                .and_then(|it| it.sub_appid.as_deref()),
            order.combine_payer_info.sub_openid.as_deref()
        ),
        combine_mchid
    );
    order!(
        AppOrder,
        v3.combine_transactions.app,
        |order| &order.combine_appid,
        combine_mchid
    );
}

#[cfg(feature = "ecommerce-individual")]
mod individual {
    use super::*;

    order!(
        JsapiOrder,
        v3.combine_transactions.miniprogram,
        |order| &order.combine_appid,
        combine_mchid
    );
}
