//! Two path variables are both texts: given by position, they could be swapped.

use wechatpay_openapi::WechatPay;
use wechatpay_openapi::v3::payscore::users::_openid_::permissions::_service_id_::{terminate, terminate::PostRequest};

async fn terminate_permission(wxpay: &WechatPay, request: &PostRequest) {
    let _ = terminate(wxpay, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o", "500001", request).await;
}

fn main() {}
