//! The cashier in the WeChat browser and in mini programs.

use super::check::check;
use super::parameters::parameters;
use super::signature::{moment, rsa};
use crate::client::Client;
use crate::error::Error;

/// Opens the cashier in the WeChat browser (`WeixinJSBridge`, `wx.chooseWXPay`) or in a mini program (`wx.requestPayment`).
#[derive(Clone, Copy, Debug)]
pub struct Jsapi<'a> {
    /// The official account or mini program in which the payer pays: the one that the order was placed with.
    pub appid: &'a str,
    /// The `prepay_id` of the order, good for two hours.
    pub prepay_id: &'a str,
}

parameters! {
    /// What the cashier is opened with in the WeChat browser and in mini programs.
    ///
    /// `wx.chooseWXPay` alone wants the timestamp as `timestamp`; all others take the members as they are.
    JsapiParameters {
        /// The official account or mini program.
        app_id = "appId",
        /// Unix seconds, as a text.
        time_stamp = "timeStamp",
        /// A text that is used once.
        nonce_str = "nonceStr",
        /// `prepay_id=…`
        package = "package",
        /// `RSA`
        sign_type = "signType",
        /// The signature.
        pay_sign = "paySign",
    }
}

impl Jsapi<'_> {
    /// Signs for now.
    ///
    /// # Errors
    /// Where a value is empty or has control characters, and where the client has no merchant's key.
    #[inline]
    pub async fn sign(self, client: &Client) -> Result<JsapiParameters, Error> {
        check(&[("appid", self.appid), ("prepay_id", self.prepay_id)])?;
        let (time_stamp, nonce_str) = moment(client)?;
        let package = format!("prepay_id={}", self.prepay_id);
        let pay_sign = rsa(client, &[self.appid, &time_stamp, &nonce_str, &package]).await?;
        Ok(JsapiParameters {
            app_id: self.appid.to_owned(),
            time_stamp,
            nonce_str,
            package,
            sign_type: "RSA".to_owned(),
            pay_sign,
        })
    }
}
