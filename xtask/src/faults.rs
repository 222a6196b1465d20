//! `cargo xtask faults`: what the client does about each fault, as a snapshot and as a page of the documentation.

use crate::cli::Faults;
use crate::workspace::{cargo, generated, must_succeed, root};
use anyhow::{Context, Result, bail};
use std::fs;

/// Where the tests keep the tables.
const SNAPSHOT: &str = "tests/faults/snapshots/fault_table.snap";

/// The program of the tests, and what of the crate it needs.
const TESTS: [&str; 7] = [
    "test",
    "--package",
    "wechatpay-openapi",
    "--features",
    "fund-app,marketing-partnerships,pay,refund",
    "--test",
    "faults",
];

pub(crate) fn run(options: &Faults) -> Result<()> {
    let mut tests = cargo(&TESTS);
    if options.check {
        return must_succeed(tests.env("INSTA_UPDATE", "no"));
    }
    tests
        .env("INSTA_UPDATE", "always")
        .env("FAULT_PAGE_IS_WRITTEN_LATER", "1");
    must_succeed(&mut tests)?;
    let path = root().join("docs/faults.md");
    let page = format!("{HEAD}\n{}", tables()?);
    if fs::read_to_string(&path).is_ok_and(|old| old == page) {
        println!("docs/faults.md is up to date.");
        return Ok(());
    }
    fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()))?;
    println!("docs/faults.md was written.");
    Ok(())
}

/// The tables, without the snapshot's head.
fn tables() -> Result<String> {
    let path = generated().join(SNAPSHOT);
    let snapshot = fs::read_to_string(&path)
        .with_context(|| format!("the tests left no snapshot at {}", path.display()))?;
    let mut parts = snapshot.splitn(3, "---\n");
    match (parts.next(), parts.next(), parts.next()) {
        (Some(""), Some(_), Some(tables)) => Ok(tables.to_owned()),
        _ => bail!("{} has no head of a snapshot", path.display()),
    }
}

/// What stands above the tables.
const HEAD: &str = "\
# What the client does when things go wrong

Written by `cargo xtask faults` from what the tests see the client do; `cargo xtask faults --check` fails where it does otherwise.
The [sandbox](../xtask/sandbox/src/fault) plays the faults over real sockets, on a host with one backup. The policy is the default one,
[three attempts](../runtime/src/retry/policy.rs).

- *read*: `GET /v3/pay/transactions/out-trade-no/{out_trade_no}`
- *write with a number*: `POST /v3/refund/domestic/refunds`, which the description calls `repeatable: by out_refund_no`
- *write without*: `POST /v3/pay/transactions/codepay`, which it does not: the code on the user's telephone is good for one payment

A cell says which hosts were tried how often; then the status of success, or the error: its outcome (what is known of the request), its
kind, and whether the application may try again by itself. *Unknown* means that the request left and nobody knows whether it was carried
out: query first. What the application may do again, it does with the same number.

For any run of these faults the [tests](../generated/tests/faults/property.rs) hold that a write without a number is sent at most once after
any byte of it left; that all attempts of a call have the same body, number and key, each a nonce of its own; that no unverified answer is
given as a success; and that the outcome that is told is what happened.

Who cannot connect in an attempt's time has sent nothing: the call goes to the backup host, as after a refused connection
([tests](../runtime/tests/promises/connections_are_given_up_in_time.rs)).

A call that the application drops in flight may have been carried out: the sandbox sees the request arrive whole and the client leave. It
is not sent again, and as nobody is left to get an error, the log tells it. A call that was never polled is not sent.
";
