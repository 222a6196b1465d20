//! The plug-in that sends coupons in a mini program.

use super::check::check;
use super::parameters::{Members, json};
use super::signature::{apiv2_key, mchid};
use crate::check::{Rule, Violation};
use crate::client::Client;
use crate::error::{Error, Report};
use crate::sign::apiv2::hmac_sha256;
use core::fmt;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The most coupons that the plug-in sends at once.
const MOST: u32 = 10;

/// Sends coupons in a mini program, by the plug-in `send-coupon`: at most ten at once.
///
/// ```no_run
/// # fn example(wxpay: wechatpay_runtime::Client) -> Result<(), wechatpay_runtime::Error> {
/// use wechatpay_runtime::cashier::{CouponToSend, SendCoupons};
/// let coupon = CouponToSend {
///     stock_id: "98065001",
///     out_request_no: "89560002019101000121",
///     coupon_code: None,
/// };
/// let plug_in = SendCoupons { coupons: &[coupon], send_coupon_merchant: None };
/// println!("{}", plug_in.sign(&wxpay)?.to_json());
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SendCoupons<'a> {
    /// The coupons, in the order in which they are numbered.
    pub coupons: &'a [CouponToSend<'a>],
    /// The merchant who sends them, where it is not the client's own.
    pub send_coupon_merchant: Option<&'a str>,
}

/// One coupon to send.
#[derive(Clone, Copy, Debug)]
pub struct CouponToSend<'a> {
    /// The batch.
    pub stock_id: &'a str,
    /// The merchant's number of this sending, once in a batch for a user.
    pub out_request_no: &'a str,
    /// The coupon's code, where the batch says that the sender chooses it.
    pub coupon_code: Option<&'a str>,
}

/// What the plug-in is given.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendCouponsParameters {
    /// The coupons: `send_coupon_params`.
    pub send_coupon_params: Vec<SendCouponParam>,
    /// The merchant who sends them.
    pub send_coupon_merchant: String,
    /// The signature.
    pub sign: String,
}

/// One coupon, as the plug-in is given it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SendCouponParam {
    /// The batch.
    pub stock_id: String,
    /// The merchant's number of this sending.
    pub out_request_no: String,
    /// The coupon's code.
    pub coupon_code: Option<String>,
}

impl SendCoupons<'_> {
    /// Signs.
    ///
    /// # Errors
    /// Where there is no coupon or are more than ten, a value is empty or has control characters, and where the client has no merchant
    /// or no APIv2 key.
    #[inline]
    pub fn sign(self, client: &Client) -> Result<SendCouponsParameters, Error> {
        let merchant = match self.send_coupon_merchant {
            Some(merchant) => merchant,
            None => mchid(client)?,
        };
        self.count()?;
        let mut numbered = Vec::with_capacity(self.coupons.len() * 3);
        for (index, coupon) in self.coupons.iter().enumerate() {
            numbered.push((format!("stock_id{index}"), coupon.stock_id));
            numbered.push((format!("out_request_no{index}"), coupon.out_request_no));
            if let Some(code) = coupon.coupon_code {
                numbered.push((format!("coupon_code{index}"), code));
            }
        }
        let mut signed: Vec<(&str, &str)> = numbered
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        signed.push(("send_coupon_merchant", merchant));
        check(&signed)?;
        Ok(SendCouponsParameters {
            sign: hmac_sha256(signed, apiv2_key(client)?),
            send_coupon_merchant: merchant.to_owned(),
            send_coupon_params: self.coupons.iter().map(SendCouponParam::of).collect(),
        })
    }

    #[inline]
    fn count(&self) -> Result<(), Error> {
        let actual = self.coupons.len();
        let rule = match actual {
            0 => Rule::TooFewItems { least: 1, actual },
            _ if actual > MOST as usize => Rule::TooManyItems { most: MOST, actual },
            _ => return Ok(()),
        };
        Err(Report::validation(vec![Violation::new("coupons", rule)]).into())
    }
}

impl SendCouponParam {
    #[inline]
    fn of(coupon: &CouponToSend<'_>) -> Self {
        Self {
            stock_id: coupon.stock_id.to_owned(),
            out_request_no: coupon.out_request_no.to_owned(),
            coupon_code: coupon.coupon_code.map(str::to_owned),
        }
    }
}

impl SendCouponsParameters {
    /// The JSON that the front end expects.
    #[inline]
    pub fn to_json(&self) -> String {
        json(&Written(self))
    }
}

struct Written<'a>(&'a SendCouponsParameters);

impl Serialize for Written<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        let params: Vec<WrittenParam<'_>> =
            self.0.send_coupon_params.iter().map(WrittenParam).collect();
        map.serialize_entry("send_coupon_params", &params)?;
        map.serialize_entry("send_coupon_merchant", &self.0.send_coupon_merchant)?;
        map.serialize_entry("sign", &self.0.sign)?;
        map.end()
    }
}

struct WrittenParam<'a>(&'a SendCouponParam);

impl Serialize for WrittenParam<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = vec![
            ("stock_id", self.0.stock_id.as_str()),
            ("out_request_no", self.0.out_request_no.as_str()),
        ];
        if let Some(code) = &self.0.coupon_code {
            members.push(("coupon_code", code));
        }
        Members(&members).serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl Serialize for SendCouponsParameters {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written(self).serialize(serializer)
    }
}

impl fmt::Debug for SendCouponsParameters {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendCouponsParameters")
            .field("send_coupon_params", &self.send_coupon_params)
            .field("send_coupon_merchant", &self.send_coupon_merchant)
            .field("sign", &format_args!("<hidden>"))
            .finish()
    }
}
