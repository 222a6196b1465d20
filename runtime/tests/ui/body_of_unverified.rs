use wechatpay_runtime::Unverified;

fn body(reply: &Unverified) -> &[u8] {
    reply.body()
}

fn main() {}
