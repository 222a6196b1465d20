//! What a page, a mini program or an app needs to open WeChat Pay's cashier, and its other pages.
//!
//! Each kind is a value with names for what goes into it, and `sign` makes the parameters, which are given to the front end as they are:
//!
//! ```no_run
//! # async fn example(wxpay: wechatpay_runtime::Client) -> Result<(), wechatpay_runtime::Error> {
//! use wechatpay_runtime::cashier::Jsapi;
//!
//! let opening = Jsapi { appid: "wxd678efh567hg6787", prepay_id: "wx201410272009395522657a690389285100" };
//! let parameters = opening.sign(&wxpay).await?;
//! println!("{}", parameters.to_json()); // {"appId":"wxd678efh567hg6787","timeStamp":"…", …}
//! # Ok(()) }
//! ```
//!
//! | what opens | by | signed with |
//! | --- | --- | --- |
//! | the cashier, in the WeChat browser or a mini program | [`Jsapi`] | the merchant's private key |
//! | the cashier, from an app | [`App`] | the merchant's private key |
//! | the cashier, from another browser | [`h5_url`] | nothing |
//! | the cashier, by a QR code | the reply's `code_url` as it is | nothing |
//! | payscore's pages | [`PayscoreConfirm`], [`PayscoreDetail`] | the APIv2 key |
//! | the plug-in that sends coupons in a mini program | [`SendCoupons`] | the APIv2 key |
//! | the page that sends one coupon | [`CouponPage`] | the APIv2 key |
//!
//! The timestamp is the client's clock's, and parameters are good for minutes: make them when they are asked for.

mod app;
mod check;
mod coupon_page;
mod h5;
mod jsapi;
mod parameters;
mod payscore;
mod send_coupons;
mod signature;

pub use app::{App, AppParameters};
pub use coupon_page::CouponPage;
pub use h5::h5_url;
pub use jsapi::{Jsapi, JsapiParameters};
pub use payscore::{
    PayscoreConfirm, PayscoreConfirmParameters, PayscoreDetail, PayscoreDetailParameters,
};
pub use send_coupons::{CouponToSend, SendCouponParam, SendCoupons, SendCouponsParameters};
