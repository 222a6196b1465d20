//! The SDK beside the same call by hand, in ratios: CPU, memory, cold start, and ten thousand calls in flight.
//!
//! Run it by `cargo xtask bench`; with `-- --serve` it is only a gateway for the clients in `benches/peers`. Each measurement of memory and of a start has a process of its own; CPU is measured in rounds that take turns,
//! so that what else the machine does meets both alike.

#[path = "../call/by_hand.rs"]
mod by_hand;
mod gateway;
#[path = "../call/keys.rs"]
mod keys;
mod measure;
#[path = "../call/sdk.rs"]
mod sdk;
#[path = "../call/server.rs"]
mod server;
mod who;

use keys::Keys;
use measure::{Task, cpu, crypto, in_child};
use std::time::{Duration, Instant};
use who::Who;

/// How many calls are made at once where it is about many.
const MANY: usize = 10_000;

fn main() {
    if let Some(reply) = server::asked_for() {
        return server::serve(&reply);
    }
    if let Some(task) = Task::asked_for() {
        return task.run();
    }
    let keys = Keys::read();
    if std::env::args().any(|argument| argument == "--serve") {
        return gateway::serve(keys);
    }
    let reply = keys.signed_reply();
    let server = server::start(&reply);
    println!("{:<44}{:>14}{:>14}{:>9}", "", "by hand", "sdk", "ratio");
    let alone = crypto(&keys);
    println!("{:<44}{:>14}", "sign + verify alone, CPU a call", us(alone));
    for in_flight in [1, 64] {
        let [by_hand, sdk] = cpu(&keys, server.url(), in_flight);
        let name = format!("CPU a call, {in_flight} in flight");
        row(&name, &us(by_hand), &us(sdk), ratio(by_hand, sdk));
        let name = "  over sign + verify";
        let over = |it: Duration| format!("{:.2}", ratio(alone, it));
        println!("{name:<44}{:>14}{:>14}", over(by_hand), over(sdk));
    }
    let [by_hand, sdk] = Who::BOTH.map(|who| in_child(Task::Memory(who, 64), server.url()));
    row(
        "peak memory, 64 in flight",
        &mb(by_hand),
        &mb(sdk),
        sdk as f64 / by_hand as f64,
    );
    let [by_hand, sdk] = starts(server.url());
    row(
        "cold start to the first answer, wall",
        &us(by_hand),
        &us(sdk),
        ratio(by_hand, sdk),
    );
    let many = Who::BOTH.map(|who| {
        let gateway = server::start_holding(&reply, MANY);
        let idle = in_child(Task::Memory(who, 1), server.url());
        let peak = in_child(Task::Memory(who, MANY), gateway.url());
        peak.saturating_sub(idle) / MANY as u64
    });
    let name = format!("memory a request, {MANY} in flight, none lost");
    let kb = |bytes: u64| format!("{:.1} kB", bytes as f64 / 1e3);
    row(
        &name,
        &kb(many[0]),
        &kb(many[1]),
        many[1] as f64 / many[0] as f64,
    );
}

/// The wall time from the start of a process to its first answer: the median of processes that take turns.
fn starts(url: &str) -> [Duration; 2] {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..15 {
        for (who, times) in Who::BOTH.into_iter().zip(&mut times) {
            let began = Instant::now();
            in_child(Task::Memory(who, 1), url);
            times.push(began.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

fn row(name: &str, by_hand: &str, sdk: &str, ratio: f64) {
    println!("{name:<44}{by_hand:>14}{sdk:>14}{ratio:>9.2}");
}

fn ratio(of: Duration, it: Duration) -> f64 {
    it.as_secs_f64() / of.as_secs_f64()
}

fn us(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}

fn mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
