//! The page on which a user takes one coupon.

use super::check::check;
use super::payscore::query;
use super::signature::{apiv2_key, mchid};
use crate::client::Client;
use crate::error::Error;
use crate::sign::apiv2::hmac_sha256;
use core::fmt;

/// Sends one coupon of a merchant's in the WeChat browser: a page of WeChat Pay's, to which the user is redirected.
#[derive(Clone, Copy)]
pub struct CouponPage<'a> {
    /// The batch.
    pub stock_id: &'a str,
    /// The merchant's number of this sending.
    pub out_request_no: &'a str,
    /// The user.
    pub open_id: &'a str,
    /// The coupon's code, where the batch says that the sender chooses it.
    pub coupon_code: Option<&'a str>,
    /// The merchant who sends it, where it is not the client's own.
    pub send_coupon_merchant: Option<&'a str>,
}

impl CouponPage<'_> {
    /// The page's address, signed.
    ///
    /// # Errors
    /// Where a value is empty or has control characters, and where the client has no merchant or no APIv2 key.
    #[inline]
    pub fn url(self, client: &Client) -> Result<String, Error> {
        let merchant = match self.send_coupon_merchant {
            Some(merchant) => merchant,
            None => mchid(client)?,
        };
        let mut members = vec![
            ("stock_id", self.stock_id),
            ("out_request_no", self.out_request_no),
            ("send_coupon_merchant", merchant),
            ("open_id", self.open_id),
        ];
        if let Some(code) = self.coupon_code {
            members.push(("coupon_code", code));
        }
        check(&members)?;
        let sign = hmac_sha256(members.iter().copied(), apiv2_key(client)?);
        members.push(("sign", &sign));
        Ok(format!(
            "https://action.weixin.qq.com/busifavor/getcouponinfo?{}#wechat_pay&wechat_redirect",
            query(&members)
        ))
    }
}

impl fmt::Debug for CouponPage<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CouponPage")
            .field("stock_id", &self.stock_id)
            .field("out_request_no", &self.out_request_no)
            .field("open_id", &format_args!("<hidden>"))
            .finish_non_exhaustive()
    }
}
