use wechatpay_runtime::{Unverified, Verified};

fn trust(reply: Unverified) -> Verified {
    Verified(reply)
}

fn main() {}
