//! `cargo xtask ci`: every check and every test, in the order of their cost.

use crate::workspace::{cargo, must_succeed, shown};
use anyhow::Result;
use std::process::Command;
use std::time::Instant;

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
        cargo(&["test", "--workspace", "--all-features"]),
        documentation(),
        cargo(&["xtask", "conformance"]),
        cargo(&["xtask", "demo"]),
    ];
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

/// The pages of documentation, where a warning is an error.
fn documentation() -> Command {
    let mut command = cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}
