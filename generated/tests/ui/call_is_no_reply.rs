//! A call that was not awaited has no reply to read.

use wechatpay_openapi::WechatPay;
use wechatpay_openapi::v3::pay::transactions::jsapi;

fn prepay_id(wxpay: &WechatPay, request: &jsapi::PostRequest) -> Option<String> {
    wxpay.v3().pay().transactions().jsapi().post(request).prepay_id
}

fn main() {}
