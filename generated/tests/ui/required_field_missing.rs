//! `detail` is required and was forgotten.

use wechatpay_openapi::WechatPay;
use wechatpay_openapi::v3::payscore::partner::serviceorder::_out_order_no_::sync;

async fn order_was_paid(wxpay: &WechatPay) {
    let request = sync::PostRequest::new().service_id("500001").sub_mchid("1900000109").r#type("Order_Paid");
    let _ = wxpay.v3().payscore().partner().serviceorder()._out_order_no_("1").sync().post(&request).await;
}

fn main() {}
