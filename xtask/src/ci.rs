//! `cargo xtask ci`: every check and every test, in the order of their cost.

use crate::generate::read_spec;
use crate::workspace::{cargo, must_succeed, root, shown};
use anyhow::Result;
use std::process::Command;
use std::time::Instant;

/// The facts about the API, which are no part of this repository.
const FACTS: &str = "../shared/facts/operations.jsonl";

pub(crate) fn run() -> Result<()> {
    let mut steps = vec![
        cargo(&["fmt", "--all", "--check"]),
        cargo(&["xtask", "gen", "--check"]),
        cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]),
        cargo(&["test", "--workspace", "--all-features", "--no-fail-fast"]),
        // What a program is told of keys whose feature it left out.
        cargo(&[
            "test",
            "-p",
            "wechatpay-runtime",
            "--test",
            "promises",
            "sm2",
        ]),
        // The core carries calls for any HTTP client, and needs neither reqwest nor tokio.
        cargo(&["check", "-p", "wechatpay-runtime", "--no-default-features"]),
        documentation(),
    ];
    steps.extend(each_product()?);
    steps.extend([conformance(), cargo(&["xtask", "demo"])]);
    let started = Instant::now();
    for step in &mut steps {
        let step_started = Instant::now();
        println!("==> {}", shown(step));
        must_succeed(step)?;
        println!("    {:.0} s", step_started.elapsed().as_secs_f64());
    }
    println!(
        "All checks passed in {:.0} s.",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// The generated crate with each product alone, and with none.
fn each_product() -> Result<Vec<Command>> {
    let products = read_spec()?.products.into_keys();
    let alone = products.chain([String::new()]).map(|product| {
        cargo(&[
            "check",
            "--package",
            "wechatpay-openapi",
            "--no-default-features",
            "--features",
            &product,
        ])
    });
    Ok(alone.collect())
}

/// The calls, judged by the description, and by the facts where they are at hand.
fn conformance() -> Command {
    let mut command = cargo(&["xtask", "conformance"]);
    if root().join(FACTS).is_file() {
        command.args(["--facts", FACTS]);
    } else {
        println!("{FACTS} is not there: the calls will be judged by the description alone.");
    }
    command
}

/// The pages of documentation, where a warning is an error.
fn documentation() -> Command {
    let mut command = cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}
