//! A whole call's CPU on loopback: the SDK beside the same call written by hand with reqwest and aws-lc-rs.
//!
//! The server is another process, and its answer was signed once, so that the process time measured here is the client's alone.

mod by_hand;
mod cpu;
mod keys;
mod sdk;
mod server;

use cpu::ProcessCpu;
use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput};
use keys::Keys;
use sdk::LIMIT;
use std::hint::black_box;
use std::sync::Arc;
use tokio::runtime::Runtime;

const IN_FLIGHT: [usize; 2] = [1, 64];

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
    let mut criterion = Criterion::default()
        .with_measurement(ProcessCpu)
        .configure_from_args();
    let mut group = criterion.benchmark_group("jsapi prepay, CPU");
    for in_flight in IN_FLIGHT {
        group.throughput(Throughput::Elements(in_flight as u64));
        by_hand(&mut group, &runtime, &keys, server.url(), in_flight);
        by_sdk(&mut group, &runtime, &keys, server.url(), in_flight);
    }
    group.finish();
    chain(&mut criterion, &keys, server.url());
    criterion.final_summary();
}

type Group<'a> = BenchmarkGroup<'a, ProcessCpu>;

fn by_hand(group: &mut Group<'_>, runtime: &Runtime, keys: &Keys, url: &str, in_flight: usize) {
    let client = Arc::new(by_hand::Client::new(keys, url, LIMIT));
    group.bench_function(format!("by hand/{in_flight}"), |bencher| {
        bencher.iter(|| {
            let client = client.clone();
            runtime.block_on(all(in_flight, move || {
                let client = client.clone();
                async move { black_box(client.prepay().await) }
            }));
        });
    });
}

fn by_sdk(group: &mut Group<'_>, runtime: &Runtime, keys: &Keys, url: &str, in_flight: usize) {
    let wxpay = sdk::wechat_pay(keys, url, LIMIT);
    group.bench_function(format!("sdk/{in_flight}"), |bencher| {
        bencher.iter(|| {
            let wxpay = wxpay.clone();
            runtime.block_on(all(in_flight, move || {
                let wxpay = wxpay.clone();
                async move { black_box(sdk::prepay(&wxpay).await) }
            }));
        });
    });
}

/// The chain by itself: what walking it costs.
fn chain(criterion: &mut Criterion<ProcessCpu>, keys: &Keys, url: &str) {
    let wxpay = sdk::wechat_pay(keys, url, LIMIT);
    criterion.bench_function("chain alone", |bencher| {
        bencher.iter_batched(
            || (),
            |()| black_box(black_box(&wxpay).v3().pay().transactions().jsapi()),
            BatchSize::SmallInput,
        );
    });
}

/// Runs `in_flight` calls at once, each in a task of its own.
async fn all<F, Fut>(in_flight: usize, call: F)
where
    F: Fn() -> Fut,
    Fut: Future<Output = String> + Send + 'static,
{
    let tasks: Vec<_> = (0..in_flight).map(|_| tokio::spawn(call())).collect();
    for task in tasks {
        task.await.expect("a task that ends");
    }
}
