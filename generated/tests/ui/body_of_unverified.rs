use wechatpay_openapi::Unverified;

fn body(reply: &Unverified) -> &[u8] {
    reply.body()
}

fn main() {}
