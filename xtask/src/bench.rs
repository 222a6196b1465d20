//! `cargo xtask bench`: the SDK beside the same call by hand.

use crate::workspace::{cargo, must_succeed};
use anyhow::Result;

/// Runs the measurements that give ratios; they need nothing but this machine.
///
/// # Errors
/// Where one can't be run, or the SDK misses a bound that does not depend on the machine.
pub(crate) fn run() -> Result<()> {
    for bench in ["allocations", "side_by_side"] {
        must_succeed(&mut cargo(&[
            "bench",
            "--package",
            "wechatpay-benches",
            "--bench",
            bench,
        ]))?;
    }
    Ok(())
}
