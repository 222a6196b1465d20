//! The cashier, from an order's request to what opens it: placed and signed in one call. What is signed alone is in the same module of the
//! runtime, whose names stand here too.
//!
//! ```no_run
//! # async fn example(wxpay: wechatpay_openapi::WechatPay) -> Result<(), wechatpay_openapi::Error> {
//! use wechatpay_openapi::{shapes::pay::request::Amount, v3::pay::transactions::jsapi};
//!
//! let order = jsapi::PostRequest::new()
//!     .appid("wxd678efh567hg6787")
//!     .mchid("1230000109")
//!     .description("Image形象店-深圳腾大-QQ公仔")
//!     .out_trade_no("1217752501201407033233368018")
//!     .amount(Amount::new().total(100))
//!     .notify_url("https://www.weixin.qq.com/wxpay/pay.php")
//!     .payer(jsapi::post_request::Payer::new().openid("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"));
//! let opened = wxpay.cashier().jsapi(&order).await?;
//! println!("{}", opened.parameters.to_json()); // for `wx.requestPayment`
//! # Ok(()) }
//! ```

#[cfg(feature = "global-pay")]
mod abroad;
mod orders;

#[cfg(feature = "global-pay")]
pub use abroad::Abroad;
pub use orders::{AppOrder, JsapiOrder};
pub use wechatpay_runtime::cashier::*;

use crate::WechatPay;
use orders::Order;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use wechatpay_runtime::{Call, Error, Reply};

/// Places orders and signs what opens the cashier for them: [`WechatPay::cashier`].
#[derive(Clone, Copy, Debug)]
pub struct Cashier<'a> {
    wxpay: &'a WechatPay,
}

impl WechatPay {
    /// Places orders and signs what opens the cashier for them, in one call.
    pub fn cashier(&self) -> Cashier<'_> {
        Cashier { wxpay: self }
    }
}

impl<'a> Cashier<'a> {
    /// Places an order, and signs the parameters that open the cashier in the WeChat browser or in a mini program.
    pub fn jsapi<O: JsapiOrder>(self, order: &'a O) -> Opening<'a, O, JsapiParameters> {
        Opening::new(self.wxpay, order, order.place(self.wxpay))
    }

    /// Places an order, and signs the parameters that open the cashier from an app.
    pub fn app<O: AppOrder>(self, order: &'a O) -> Opening<'a, O, AppParameters> {
        Opening::new(self.wxpay, order, order.place(self.wxpay))
    }
}

/// An order that is placed, and signed for, when this is awaited.
///
/// An error may come from either step. Where signing fails the order was placed: the error's outcome is
/// [`Answered`](crate::Outcome::Answered), and it has the reply's `Request-ID` and body.
#[must_use = "an order is placed when this is awaited"]
pub struct Opening<'a, O: Order, P> {
    wxpay: &'a WechatPay,
    order: &'a O,
    call: Call<'a, O::Reply>,
    appid: Option<&'a str>,
    parameters: PhantomData<fn() -> P>,
}

/// An order that was placed.
#[non_exhaustive]
pub struct Opened<R, P> {
    /// What WeChat Pay answered.
    pub reply: Reply<R>,
    /// What opens the cashier.
    pub parameters: P,
}

impl<'a, O: Order, P> Opening<'a, O, P> {
    fn new(wxpay: &'a WechatPay, order: &'a O, call: Call<'a, O::Reply>) -> Self {
        Self {
            wxpay,
            order,
            call,
            appid: None,
            parameters: PhantomData,
        }
    }

    /// Sets options of the call that places the order: a timeout, further headers …
    ///
    /// ```no_run
    /// # use wechatpay_openapi::{WechatPay, Error, v3::pay::transactions::app};
    /// # async fn example(wxpay: WechatPay, order: app::PostRequest) -> Result<(), Error> {
    /// use std::time::Duration;
    /// let opened = wxpay
    ///     .cashier()
    ///     .app(&order)
    ///     .options(|call| call.timeout(Duration::from_secs(5)))
    ///     .await?;
    /// # Ok(()) }
    /// ```
    pub fn options(mut self, set: impl FnOnce(Call<'a, O::Reply>) -> Call<'a, O::Reply>) -> Self {
        self.call = set(self.call);
        self
    }

    /// The app in which the payer pays, where it is not the order's. Without it the parameters are those of the order's `appid`; of
    /// a service provider's order those of `sub_appid`, if it has one and the payer is named by `sub_openid` or pays in an app.
    pub fn appid(mut self, appid: &'a str) -> Self {
        self.appid = Some(appid);
        self
    }
}

impl<'a, O: Order> IntoFuture for Opening<'a, O, JsapiParameters> {
    type Output = Result<Opened<O::Reply, JsapiParameters>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let appid = self.appid.unwrap_or(self.order.appid());
        Box::pin(async move {
            let reply = self.call.await?;
            let signed = match O::prepay_id(&reply) {
                Ok(prepay_id) => Jsapi { appid, prepay_id }.sign(self.wxpay).await,
                Err(missing) => Err(missing.into()),
            };
            match signed {
                Ok(parameters) => Ok(Opened { reply, parameters }),
                Err(error) => Err(error.after(&reply)),
            }
        })
    }
}

impl<'a, O: Order> IntoFuture for Opening<'a, O, AppParameters> {
    type Output = Result<Opened<O::Reply, AppParameters>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let appid = self.appid.unwrap_or(self.order.appid());
        let partnerid = Some(self.order.mchid());
        Box::pin(async move {
            let reply = self.call.await?;
            let signed = match O::prepay_id(&reply) {
                Ok(prepay_id) => {
                    let opening = App {
                        appid,
                        prepay_id,
                        partnerid,
                    };
                    opening.sign(self.wxpay).await
                }
                Err(missing) => Err(missing.into()),
            };
            match signed {
                Ok(parameters) => Ok(Opened { reply, parameters }),
                Err(error) => Err(error.after(&reply)),
            }
        })
    }
}

impl<O: Order, P> fmt::Debug for Opening<'_, O, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl<R: fmt::Debug, P: fmt::Debug> fmt::Debug for Opened<R, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("reply", &self.reply)
            .field("parameters", &self.parameters)
            .finish()
    }
}
