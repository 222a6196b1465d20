//! The cashier from an app.

use super::check::check;
use super::parameters::parameters;
use super::signature::{mchid, moment, rsa};
use crate::client::Client;
use crate::error::Error;

/// Opens the cashier from an app, by WeChat's Open SDK (`PayReq`).
#[derive(Clone, Copy, Debug)]
pub struct App<'a> {
    /// The app's id on WeChat's open platform: the one that the order was placed with.
    pub appid: &'a str,
    /// The `prepay_id` of the order, good for two hours.
    pub prepay_id: &'a str,
    /// The merchant's number, where it is not the client's own.
    pub partnerid: Option<&'a str>,
}

parameters! {
    /// What the cashier is opened with from an app.
    AppParameters {
        /// The app's id.
        appid = "appid",
        /// The merchant's number.
        partnerid = "partnerid",
        /// The `prepay_id`.
        prepayid = "prepayid",
        /// `Sign=WXPay`
        package = "package",
        /// A text that is used once.
        noncestr = "noncestr",
        /// Unix seconds, as a text.
        timestamp = "timestamp",
        /// The signature.
        sign = "sign",
    }
}

impl App<'_> {
    /// Signs for now.
    ///
    /// # Errors
    /// Where a value is empty or has control characters, and where the client has no merchant's key.
    #[inline]
    pub async fn sign(self, client: &Client) -> Result<AppParameters, Error> {
        let partnerid = match self.partnerid {
            Some(partnerid) => partnerid,
            None => mchid(client)?,
        };
        check(&[
            ("appid", self.appid),
            ("prepay_id", self.prepay_id),
            ("partnerid", partnerid),
        ])?;
        let (timestamp, noncestr) = moment(client)?;
        let sign = rsa(client, &[self.appid, &timestamp, &noncestr, self.prepay_id]).await?;
        Ok(AppParameters {
            appid: self.appid.to_owned(),
            partnerid: partnerid.to_owned(),
            prepayid: self.prepay_id.to_owned(),
            package: "Sign=WXPay".to_owned(),
            noncestr,
            timestamp,
            sign,
        })
    }
}
