//! Heap allocations of a call, counted: the SDK's beside those of the same call by hand. It fails where the SDK needs more than 1.3 times as many.
//!
//! Run it by `cargo xtask bench`.

#[path = "call/by_hand.rs"]
mod by_hand;
#[path = "call/keys.rs"]
mod keys;
#[path = "call/sdk.rs"]
mod sdk;
#[path = "call/server.rs"]
mod server;

use keys::Keys;
use sdk::LIMIT;
use tokio::runtime::Runtime;

#[global_allocator]
static HEAP: dhat::Alloc = dhat::Alloc;

/// How many times as many allocations as by hand are allowed.
const MOST: f64 = 1.3;
const CALLS: u64 = 200;

fn main() {
    if let Some(reply) = server::asked_for() {
        return server::serve(&reply);
    }
    let keys = Keys::read();
    let server = server::start(&keys.signed_reply());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let hand = by_hand::Client::new(&keys, server.url(), LIMIT);
    let wxpay = sdk::wechat_pay(&keys, server.url(), LIMIT);
    let by_hand = counted(&runtime, async || hand.prepay().await);
    let by_sdk = counted(&runtime, async || sdk::prepay(&wxpay).await);
    let ratio = by_sdk.0 / by_hand.0;
    println!(
        "heap allocations a call: by hand {:.1}, sdk {:.1}, ratio {ratio:.2}",
        by_hand.0, by_sdk.0
    );
    println!(
        "heap bytes a call: by hand {:.0}, sdk {:.0}",
        by_hand.1, by_sdk.1
    );
    assert!(ratio <= MOST, "more than {MOST} times as many as by hand");
}

/// Allocations and bytes of one call, in the mean, once the connection is open.
fn counted(runtime: &Runtime, call: impl AsyncFn() -> String) -> (f64, f64) {
    runtime.block_on(async {
        call().await;
        let _profiler = dhat::Profiler::builder().testing().build();
        let before = dhat::HeapStats::get();
        for _ in 0..CALLS {
            call().await;
        }
        let after = dhat::HeapStats::get();
        let calls = CALLS as f64;
        let blocks = (after.total_blocks - before.total_blocks) as f64 / calls;
        let bytes = (after.total_bytes - before.total_bytes) as f64 / calls;
        (blocks, bytes)
    })
}
