//! `cargo xtask size`: how much a release program grows by the SDK, over one that makes the same call by hand.

use crate::workspace::{cargo, must_succeed, root};
use anyhow::{Context, Result};
use std::path::Path;

/// By how much a program may grow, in bytes.
const BOUND: u64 = 250_000;

pub(crate) fn run() -> Result<()> {
    let by_hand = built("by_hand")?;
    let sdk = built("sdk")?;
    println!("by hand {by_hand:>9} bytes");
    println!("by SDK  {sdk:>9} bytes");
    let growth = sdk.saturating_sub(by_hand);
    let verdict = if growth <= BOUND { "within" } else { "beyond" };
    println!("growth  {growth:>9} bytes, {verdict} the bound of {BOUND}");
    Ok(())
}

/// Builds a program of `benches/size` with the release profile as cargo has it, stripped; gives its size. It takes the versions that
/// the workspace's lock file names, so that both programs are made of the same.
fn built(name: &str) -> Result<u64> {
    let folder = root().join("benches/size").join(name);
    let lock = folder.join("Cargo.lock");
    std::fs::copy(root().join("Cargo.lock"), &lock)
        .with_context(|| format!("cannot write {}", lock.display()))?;
    let target = root().join("target/size");
    let mut command = cargo(&["build", "--release", "--manifest-path"]);
    command.arg(folder.join("Cargo.toml"));
    command.arg("--target-dir").arg(&target);
    must_succeed(&mut command)?;
    let program = target.join("release").join(name);
    length(&program.with_extension(std::env::consts::EXE_EXTENSION))
}

fn length(program: &Path) -> Result<u64> {
    let metadata = std::fs::metadata(program);
    let metadata = metadata.with_context(|| format!("no program {}", program.display()))?;
    Ok(metadata.len())
}
