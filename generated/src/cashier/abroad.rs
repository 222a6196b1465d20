//! Orders outside mainland China. Several operations take the same request, so that it is said which one is meant.

use super::orders::Order;
use super::{AppParameters, Cashier, JsapiParameters, Opening};
use crate::WechatPay;
use crate::shapes::global_pay::{reply::PrepayId, request::CreateOrder};
use wechatpay_runtime::{Call, MissingField};

/// Places orders outside mainland China, and signs what opens the cashier for them: [`Cashier::global`], [`Cashier::hong_kong`].
#[derive(Clone, Copy, Debug)]
pub struct Abroad<'a> {
    wxpay: &'a WechatPay,
    at: At,
}

#[derive(Clone, Copy, Debug)]
enum At {
    Global,
    HongKong,
}

impl<'a> Cashier<'a> {
    /// Orders that are placed by `/v3/global/transactions/…`.
    ///
    /// ```no_run
    /// # use wechatpay_openapi::{WechatPay, Error, v3::global::transactions::jsapi};
    /// # async fn example(wxpay: WechatPay, order: jsapi::PostRequest) -> Result<(), Error> {
    /// let opened = wxpay.cashier().global().jsapi(&order).await?;
    /// println!("{}", opened.parameters.to_json());
    /// # Ok(()) }
    /// ```
    pub fn global(self) -> Abroad<'a> {
        let (wxpay, at) = (self.wxpay, At::Global);
        Abroad { wxpay, at }
    }

    /// Orders that are placed by `/hk/v3/transactions/…`.
    pub fn hong_kong(self) -> Abroad<'a> {
        let (wxpay, at) = (self.wxpay, At::HongKong);
        Abroad { wxpay, at }
    }
}

impl<'a> Abroad<'a> {
    /// Places an order, and signs the parameters that open the cashier in the WeChat browser or in a mini program.
    ///
    /// They are those of `sub_appid` or `sp_appid` where the payer is named by `sub_openid` or `sp_openid`; else those of `appid`, or where that is
    /// not given those of the institution's app. [`Opening::appid`] names another one.
    pub fn jsapi(self, order: &'a CreateOrder) -> Opening<'a, CreateOrder, JsapiParameters> {
        let call: Call<'a, PrepayId> = match self.at {
            At::Global => self.wxpay.v3().global().transactions().jsapi().post(order),
            At::HongKong => self.wxpay.hk().v3().transactions().jsapi().post(order),
        };
        Opening::new(self.wxpay, order, call)
    }

    /// Places an order, and signs the parameters that open the cashier from an app: those of `appid` and `mchid`, or where these are not given of the
    /// institution's. [`Opening::appid`] names another app.
    pub fn app(self, order: &'a CreateOrder) -> Opening<'a, CreateOrder, AppParameters> {
        let call: Call<'a, PrepayId> = match self.at {
            At::Global => self.wxpay.v3().global().transactions().app().post(order),
            At::HongKong => self.wxpay.hk().v3().transactions().app().post(order),
        };
        Opening::new(self.wxpay, order, call)
    }
}

impl Order for CreateOrder {
    type Reply = PrepayId;

    fn appid(&self) -> &str {
        let payer = self.payer.as_ref();
        let sp = self.sp_appid.as_deref();
        let sub = self.sub_appid.as_deref().or(sp);
        let appid = if payer.is_some_and(|payer| payer.sub_openid.is_some()) {
            sub
        } else if payer.is_some_and(|payer| payer.sp_openid.is_some()) {
            sp
        } else {
            self.appid.as_deref().or(sub)
        };
        appid.unwrap_or_default()
    }

    fn mchid(&self) -> &str {
        let mchid = self.mchid.as_deref().or(self.sp_mchid.as_deref());
        mchid.unwrap_or_default()
    }

    fn prepay_id(reply: &PrepayId) -> Result<&str, MissingField> {
        reply.prepay_id()
    }
}
