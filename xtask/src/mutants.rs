//! `cargo xtask mutants`: whether the runtime's tests notice damage to signing, verification, decryption and retries.
//!
//! cargo-mutants damages one function after the other and runs the tests. What no test notices must stand in docs/mutants.md, with
//! the reason why that does no harm.

use crate::workspace::{cargo, root, shown};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::Command;

/// The page of those that survive.
const PAGE: &str = "docs/mutants.md";

/// What is damaged.
const FILES: [&str; 17] = [
    "runtime/src/call/answer.rs",
    "runtime/src/call/attempt.rs",
    "runtime/src/call/exchange.rs",
    "runtime/src/call/keys.rs",
    "runtime/src/call/opening.rs",
    "runtime/src/call/sending.rs",
    "runtime/src/credentials/private_key.rs",
    "runtime/src/credentials/public_key.rs",
    "runtime/src/download/unseal.rs",
    "runtime/src/encrypt/*.rs",
    "runtime/src/error/retryable.rs",
    "runtime/src/platform/answer.rs",
    "runtime/src/platform/store.rs",
    "runtime/src/retry/*.rs",
    "runtime/src/sign/*.rs",
    "runtime/src/sm/*.rs",
    "runtime/src/verify/*.rs",
];

/// More than there are cores: many tests wait for a limit of time or a pause between attempts.
const TEST_THREADS: &str = "24";

/// Of each property, where the test does not say how many itself. What damage changes shows in few cases or in none.
const PROPERTY_CASES: &str = "16";

/// What judges them, one after the other, each with the seconds after which its tests count as hanging. The unit tests build and run
/// in a third of the time, and about half of all mutants get no further.
const JUDGES: [(&str, &str); 2] = [("--lib", "30"), ("--test=promises", "60")];

/// Codes by which cargo-mutants says that mutants were missed, or that tests took too long with some.
const MISSED: [i32; 2] = [2, 3];

/// Judges so many at once. With `iterate` those that were caught by the last run, or did not compile, are passed over: the way to see
/// whether a new test catches what survived.
///
/// # Errors
/// Where cargo-mutants can't be run, a mutant survives that the page does not explain, or one is explained that does not survive.
pub(crate) fn run(jobs: NonZeroUsize, iterate: bool) -> Result<()> {
    let output = root().join("target");
    let mut iterate = iterate;
    for (target, limit) in JUDGES {
        let mut mutants = cargo(&[
            "mutants",
            "--package",
            "wechatpay-runtime",
            "--all-features",
        ]);
        mutants
            .args(["--jobs", &jobs.to_string()])
            .args(["--timeout", limit, "--no-shuffle", "--output"])
            .arg(&output)
            // For the builds too, so that other tests are not built.
            .arg(format!("--cargo-arg={target}"));
        if iterate {
            mutants.arg("--iterate");
        }
        for file in FILES {
            mutants.args(["--file", file]);
        }
        judge_by(&mut mutants)?;
        iterate = true;
    }
    let survivors = survivors(&output.join("mutants.out/missed.txt"))?;
    let page = root().join(PAGE);
    let page = fs::read_to_string(&page).with_context(|| format!("cannot read {PAGE}"))?;
    judge(&survivors, &explained(&page))
}

/// Runs cargo-mutants to its end, whatever it finds.
fn judge_by(mutants: &mut Command) -> Result<()> {
    mutants
        .env("RUST_TEST_THREADS", TEST_THREADS)
        .env("PROPTEST_CASES", PROPERTY_CASES)
        .env("CARGO_PROFILE_DEV_DEBUG", "none");
    let status = mutants
        .status()
        .with_context(|| format!("cannot start `{}`", shown(mutants)))?;
    let judged = status.success() || status.code().is_some_and(|code| MISSED.contains(&code));
    ensure!(
        judged,
        "`cargo mutants` failed: {status}; `cargo install cargo-mutants --locked` installs it"
    );
    Ok(())
}

/// The mutants that no test noticed, without their lines and columns, which change with every edit.
fn survivors(missed: &Path) -> Result<BTreeSet<String>> {
    let text =
        fs::read_to_string(missed).with_context(|| format!("cannot read {}", missed.display()))?;
    Ok(text.lines().map(without_place).collect())
}

/// `runtime/src/a.rs:1:2: replace x` → `runtime/src/a.rs: replace x`.
fn without_place(line: &str) -> String {
    let (place, what) = line.split_once(": ").unwrap_or((line, ""));
    let file = place.split(':').next().unwrap_or(place);
    format!("{file}: {what}")
}

/// The mutants that the page explains: each a point of a list that begins with its name as code.
fn explained(page: &str) -> BTreeSet<String> {
    let points = page.lines().filter_map(|line| line.strip_prefix("- `"));
    points
        .filter_map(|point| point.split_once("` – "))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn judge(survivors: &BTreeSet<String>, explained: &BTreeSet<String>) -> Result<()> {
    for gone in explained.difference(survivors) {
        println!("{PAGE} explains a mutant that survives no more: {gone}");
    }
    let new: Vec<_> = survivors
        .difference(explained)
        .map(String::as_str)
        .collect();
    if new.is_empty() && explained.is_subset(survivors) {
        println!(
            "{} mutants survive, all explained in {PAGE}.",
            survivors.len()
        );
        return Ok(());
    }
    bail!(
        "{} mutants survive that {PAGE} does not explain:\n  {}",
        new.len(),
        new.join("\n  ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUTANT: &str = "runtime/src/sign/mod.rs: replace nonce -> String with \"xyzzy\".into()";

    #[test]
    fn a_mutant_is_known_by_its_name_wherever_it_stands() {
        let line = "runtime/src/sign/mod.rs:12:5: replace nonce -> String with \"xyzzy\".into()";
        assert_eq!(without_place(line), MUTANT);
    }

    #[test]
    fn only_explained_mutants_may_survive_and_only_survivors_be_explained() {
        let page = format!("# Mutants\n\n- `{MUTANT}` – any nonce will do.\n- no mutant\n");
        let explained = explained(&page);
        assert_eq!(explained, BTreeSet::from([MUTANT.to_owned()]));
        assert!(judge(&explained, &explained).is_ok());
        assert!(judge(&explained, &BTreeSet::new()).is_err());
        assert!(judge(&BTreeSet::new(), &explained).is_err());
    }
}
