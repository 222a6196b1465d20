//! Payscore's pages.

use super::check::check;
use super::parameters::parameters;
use super::signature::{apiv2_key, mchid, moment};
use crate::client::Client;
use crate::error::Error;
use crate::percent;
use crate::sign::apiv2::{SIGN_TYPE, hmac_sha256};

/// Opens the page on which a user confirms a payscore order (`wxpayScoreUse`); for service providers as for merchants, each by its own number.
///
/// ```no_run
/// # fn example(wxpay: wechatpay_runtime::Client) -> Result<(), wechatpay_runtime::Error> {
/// use wechatpay_runtime::cashier::PayscoreConfirm;
/// let page = PayscoreConfirm { package: "the `package` of the order that was created" };
/// let extra_data = page.sign(&wxpay)?.to_json();
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PayscoreConfirm<'a> {
    /// The `package` of the reply that created the order.
    pub package: &'a str,
}

/// Opens the page that shows a payscore order (`wxpayScoreDetail`). A service provider or an institution opens that of a sub-merchant's order by the same
/// parameters: the merchant's number is its own, the sub-merchant's is not among them.
///
/// ```no_run
/// # fn example(wxpay: wechatpay_runtime::Client) -> Result<(), wechatpay_runtime::Error> {
/// use wechatpay_runtime::cashier::PayscoreDetail;
/// let page = PayscoreDetail {
///     service_id: "2002000000000558128851361561536",
///     out_order_no: "1234323JKHDFE1243252",
/// };
/// let query = page.sign(&wxpay)?.to_query(); // for an app or a page; a mini program takes the JSON
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PayscoreDetail<'a> {
    /// The service's id.
    pub service_id: &'a str,
    /// The merchant's number of the order.
    pub out_order_no: &'a str,
}

parameters! {
    /// What the page that confirms an order is opened with: `extraData` in a mini program, `queryString` in a page, `query` in an app.
    PayscoreConfirmParameters {
        /// The merchant's number.
        mch_id = "mch_id",
        /// The order's `package`.
        package = "package",
        /// Unix seconds, as a text.
        timestamp = "timestamp",
        /// A text that is used once.
        nonce_str = "nonce_str",
        /// `HMAC-SHA256`
        sign_type = "sign_type",
        /// The signature.
        sign = "sign",
    }
}

parameters! {
    /// What the page that shows an order is opened with: `extraData` in a mini program, `queryString` in a page, `query` in an app.
    PayscoreDetailParameters {
        /// The merchant's number.
        mch_id = "mch_id",
        /// The service's id.
        service_id = "service_id",
        /// The merchant's number of the order.
        out_order_no = "out_order_no",
        /// Unix seconds, as a text.
        timestamp = "timestamp",
        /// A text that is used once.
        nonce_str = "nonce_str",
        /// `HMAC-SHA256`
        sign_type = "sign_type",
        /// The signature.
        sign = "sign",
    }
}

impl PayscoreConfirm<'_> {
    /// Signs for now.
    ///
    /// # Errors
    /// Where a value is empty or has control characters, and where the client has no merchant or no APIv2 key.
    #[inline]
    pub fn sign(self, client: &Client) -> Result<PayscoreConfirmParameters, Error> {
        check(&[("package", self.package)])?;
        let (timestamp, nonce_str) = moment(client)?;
        let mut parameters = PayscoreConfirmParameters {
            mch_id: mchid(client)?.to_owned(),
            package: self.package.to_owned(),
            timestamp,
            nonce_str,
            sign_type: SIGN_TYPE.to_owned(),
            sign: String::new(),
        };
        parameters.sign = hmac_sha256(parameters.members(), apiv2_key(client)?);
        Ok(parameters)
    }
}

impl PayscoreDetail<'_> {
    /// Signs for now.
    ///
    /// # Errors
    /// Where a value is empty or has control characters, and where the client has no merchant or no APIv2 key.
    #[inline]
    pub fn sign(self, client: &Client) -> Result<PayscoreDetailParameters, Error> {
        check(&[
            ("service_id", self.service_id),
            ("out_order_no", self.out_order_no),
        ])?;
        let (timestamp, nonce_str) = moment(client)?;
        let mut parameters = PayscoreDetailParameters {
            mch_id: mchid(client)?.to_owned(),
            service_id: self.service_id.to_owned(),
            out_order_no: self.out_order_no.to_owned(),
            timestamp,
            nonce_str,
            sign_type: SIGN_TYPE.to_owned(),
            sign: String::new(),
        };
        parameters.sign = hmac_sha256(parameters.members(), apiv2_key(client)?);
        Ok(parameters)
    }
}

/// What is the same for the parameters of all pages.
macro_rules! page {
    ($type:ident, $business:literal) => {
        impl $type {
            /// What `businessType` is.
            pub const BUSINESS_TYPE: &'static str = $business;

            /// The members as `name=value` pairs, for pages and apps.
            #[inline]
            pub fn to_query(&self) -> String {
                query(&self.members())
            }
        }
    };
}

page!(PayscoreConfirmParameters, "wxpayScoreUse");
page!(PayscoreDetailParameters, "wxpayScoreDetail");

#[inline]
pub(super) fn query(members: &[(&'static str, &str)]) -> String {
    let mut query = String::with_capacity(256);
    for (name, value) in members {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        percent::encode_into(&mut query, value);
    }
    query
}
