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
use measure::{Task, cpu, crypto, in_child, median, median_ratio};
use std::time::{Duration, Instant};
use who::Who;

/// How many calls are made at once where it is about many.
const MANY: usize = 10_000;
/// How many processes of each are started for a start's time.
const STARTS: usize = 31;

/// Times by hand, and the SDK's, round by round.
type Both = [Vec<Duration>; 2];

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
        let times = cpu(&keys, server.url(), in_flight);
        compare(&format!("CPU a call, {in_flight} in flight"), &times);
        let [by_hand, sdk] = times.map(|times| times_as_long(alone, median(&times)));
        let name = "  over sign + verify";
        println!("{name:<44}{by_hand:>14.2}{sdk:>14.2}");
    }
    let peaks = Who::BOTH.map(|who| in_child(Task::Calls(who, 64), server.url()).memory as f64);
    let [by_hand, sdk] = peaks.map(|bytes| format!("{:.1} MB", bytes / 1e6));
    let name = "peak memory, 64 in flight";
    row(name, &by_hand, &sdk, peaks[1] / peaks[0]);
    let (wall, cpu) = starts(server.url());
    compare("cold start to the first answer, wall", &wall);
    compare("  CPU", &cpu);
    let many = Who::BOTH.map(|who| {
        let gateway = server::start_holding(&reply, MANY);
        let idle = in_child(Task::Calls(who, 1), server.url()).memory;
        let peak = in_child(Task::Calls(who, MANY), gateway.url()).memory;
        peak.saturating_sub(idle) as f64 / MANY as f64
    });
    let [by_hand, sdk] = many.map(|bytes| format!("{:.1} kB", bytes / 1e3));
    let name = format!("memory a request, {MANY} in flight, none lost");
    row(&name, &by_hand, &sdk, many[1] / many[0]);
}

/// Processes from their start to their first answer, which take turns: wall time and CPU of each.
fn starts(url: &str) -> (Both, Both) {
    let (mut wall, mut cpu) = (Both::default(), Both::default());
    for _ in 0..STARTS {
        for (index, who) in Who::BOTH.into_iter().enumerate() {
            let began = Instant::now();
            let took = in_child(Task::Calls(who, 1), url);
            wall[index].push(began.elapsed());
            cpu[index].push(took.cpu);
        }
    }
    (wall, cpu)
}

/// The medians of times, and of their ratios round by round.
fn compare(name: &str, times: &Both) {
    let ratio = median_ratio(&times[0], &times[1]);
    row(name, &us(median(&times[0])), &us(median(&times[1])), ratio);
}

fn row(name: &str, by_hand: &str, sdk: &str, ratio: f64) {
    println!("{name:<44}{by_hand:>14}{sdk:>14}{ratio:>9.2}");
}

fn times_as_long(of: Duration, it: Duration) -> f64 {
    it.as_secs_f64() / of.as_secs_f64()
}

fn us(time: Duration) -> String {
    format!("{:.0} µs", time.as_secs_f64() * 1e6)
}
