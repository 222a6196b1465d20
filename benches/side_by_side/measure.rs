//! What is measured.

use crate::keys::{Keys, key_pair};
use crate::sdk::LIMIT;
use crate::who::{Caller, Who};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256,
};
use cpu_time::ProcessTime;
use std::process::Command;
use std::time::Duration;
use tokio::runtime::Runtime;

const TASK: &str = "WECHATPAY_BENCH_TASK";
const URL: &str = "WECHATPAY_BENCH_URL";
/// Time enough for ten thousand calls to arrive before the first is answered.
const LONG: Duration = Duration::from_secs(300);

/// What a process of its own does.
#[derive(Clone, Copy)]
pub(crate) enum Task {
    /// So many calls at once, and then tells what it took.
    Calls(Who, usize),
}

/// What a process took from its start.
pub(crate) struct Took {
    /// The peak of its resident memory in bytes.
    pub(crate) memory: u64,
    pub(crate) cpu: Duration,
}

impl Task {
    /// The task that this process was started for.
    pub(crate) fn asked_for() -> Option<Self> {
        let text = std::env::var(TASK).ok()?;
        let (who, count) = text.split_once(' ')?;
        let who = if who == "sdk" { Who::Sdk } else { Who::ByHand };
        Some(Self::Calls(who, count.parse().ok()?))
    }

    pub(crate) fn run(self) {
        let Self::Calls(who, in_flight) = self;
        let url = std::env::var(URL).expect("a URL");
        let caller = who.caller(&Keys::read(), &url, LONG);
        runtime().block_on(caller.calls(in_flight));
        println!("{} {}", peak(), ProcessTime::now().as_duration().as_nanos());
    }
}

/// Starts this program again for a task, and reads what it took.
pub(crate) fn in_child(task: Task, url: &str) -> Took {
    let Task::Calls(who, in_flight) = task;
    let who = if who == Who::Sdk { "sdk" } else { "by-hand" };
    let output = Command::new(std::env::current_exe().expect("this program"))
        .env(TASK, format!("{who} {in_flight}"))
        .env(URL, url)
        .output()
        .expect("a process");
    let told = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    read(told.trim()).unwrap_or_else(|| panic!("{who} with {in_flight} calls: {error}"))
}

fn read(told: &str) -> Option<Took> {
    let (memory, cpu) = told.split_once(' ')?;
    Some(Took {
        memory: memory.parse().ok()?,
        cpu: Duration::from_nanos(cpu.parse().ok()?),
    })
}

/// The CPU of one call of each: rounds that take turns.
pub(crate) fn cpu(keys: &Keys, url: &str, in_flight: usize) -> [Vec<Duration>; 2] {
    let runtime = runtime();
    let callers = Who::BOTH.map(|who| who.caller(keys, url, LIMIT));
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..31 {
        for (caller, times) in callers.iter().zip(&mut times) {
            let time = batch(&runtime, caller, in_flight);
            // The first round opens connections.
            if round > 0 {
                times.push(time);
            }
        }
    }
    times
}

/// The median of how many times the one is the other, round by round, so that what else the machine did then counts for both.
pub(crate) fn median_ratio(of: &[Duration], it: &[Duration]) -> f64 {
    let ratio = |(of, it): (&Duration, &Duration)| it.as_secs_f64() / of.as_secs_f64();
    let mut ratios: Vec<f64> = of.iter().zip(it).map(ratio).collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

fn batch(runtime: &Runtime, caller: &Caller, in_flight: usize) -> Duration {
    let batches = 128 / in_flight;
    let began = ProcessTime::now();
    for _ in 0..batches {
        runtime.block_on(caller.calls(in_flight));
    }
    let calls = u32::try_from(batches * in_flight).expect("few calls");
    began.elapsed() / calls
}

/// The CPU of a signature and a verification by themselves.
pub(crate) fn crypto(keys: &Keys) -> Duration {
    let random = SystemRandom::new();
    let own = key_pair(&keys.private_key);
    let public = own.public_key().as_ref();
    let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public).expect("a key");
    let text = [b'x'; 512];
    let mut signature = vec![0; own.public_modulus_len()];
    let times: Vec<_> = (0..30)
        .map(|_| {
            let began = ProcessTime::now();
            for _ in 0..64 {
                own.sign(&RSA_PKCS1_SHA256, &random, &text, &mut signature)
                    .expect("a signature");
                public
                    .verify_sig(&text, &signature)
                    .expect("a good signature");
            }
            began.elapsed() / 64
        })
        .collect();
    median(&times)
}

pub(crate) fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// The peak of this process's resident memory in bytes, as Linux tells it; 0 elsewhere.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.and_then(|line| line.split_whitespace().next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0) * 1024
}
