//! The cashier from a browser outside WeChat.

use crate::percent;

/// The address to send a browser outside WeChat to, from the reply's `h5_url`, with the page to come back to. Without such a page the
/// `h5_url` is used as it is.
///
/// The payer comes back whether or not there was a payment: ask for the order before you believe it.
///
/// ```
/// use wechatpay_runtime::cashier::h5_url;
/// let reply = "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx20&package=1";
/// assert_eq!(
///     h5_url(reply, "https://shop.example/orders?no=7"),
///     format!("{reply}&redirect_url=https%3A%2F%2Fshop.example%2Forders%3Fno%3D7")
/// );
/// ```
#[inline]
pub fn h5_url(h5_url: &str, redirect_url: &str) -> String {
    let (address, fragment) = match h5_url.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (h5_url, None),
    };
    let mut url = address.to_owned();
    url.push(if address.contains('?') { '&' } else { '?' });
    url.push_str("redirect_url=");
    percent::encode_into(&mut url, redirect_url);
    if let Some(fragment) = fragment {
        url.push('#');
        url.push_str(fragment);
    }
    url
}
