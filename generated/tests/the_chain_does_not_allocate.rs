//! Cloning the client and walking the chain cost no allocation: the one shares, the other borrows.

use std::hint::black_box;
use wechatpay_openapi::WechatPay;

#[global_allocator]
static HEAP: dhat::Alloc = dhat::Alloc;

fn key(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/tests/vectors/keys");
    std::fs::read_to_string(format!("{folder}/{name}")).expect("a key file")
}

#[test]
fn neither_a_clone_nor_the_chain_allocates() {
    let wxpay = WechatPay::builder()
        .mchid("1900000109")
        .merchant_serial_no("5157F09EFDC096DE15EBE81A47057A7232F1B8E1")
        .merchant_private_key(key("merchant.key.pem").as_str())
        .platform_public_key_id("PUB_KEY_ID_01")
        .platform_public_key(key("platform-public.pub.pem").as_str())
        .build()
        .expect("a client");

    let _profiler = dhat::Profiler::builder().testing().build();
    let before = dhat::HeapStats::get();
    let clone = black_box(black_box(&wxpay).clone());
    let node = black_box(&clone)
        .v3()
        .payscore()
        .partner()
        .serviceorder()
        ._out_order_no_(black_box("1"))
        .sync();
    black_box(&node);
    let after = dhat::HeapStats::get();
    dhat::assert_eq!(after.total_blocks, before.total_blocks);

    // That the counter counts at all.
    black_box(String::from(black_box("heap")));
    let counted = dhat::HeapStats::get();
    dhat::assert!(counted.total_blocks > after.total_blocks);
}
