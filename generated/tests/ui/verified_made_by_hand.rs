use wechatpay_openapi::{Unverified, Verified};

fn trust(reply: Unverified) -> Verified {
    Verified(reply)
}

fn main() {}
