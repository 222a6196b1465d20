//! `cargo xtask conformance`: every operation called through the generated crate, against the sandbox.

mod program;

use crate::generate::{lower, read_spec};
use crate::workspace::must_succeed;
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use wechatpay_codegen::model::Api;
use wechatpay_sandbox::{ReceivedRequest, Sandbox, SandboxKeys, Verdict};

pub(crate) fn run() -> Result<()> {
    let api = read_spec()?;
    let folder = program::write(&lower(&api)?)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let builder = Sandbox::builder(api.clone()).keys(SandboxKeys::shared()?);
        let sandbox = builder.kept_requests(usize::MAX).start().await?;
        let client = sandbox.client_material()?;
        let mut program = program::command(&folder, &sandbox.url(), &client);
        let outcome = tokio::task::block_in_place(|| must_succeed(&mut program));
        let requests = sandbox.requests();
        sandbox.shutdown().await;
        outcome?;
        judge(&api, &requests)
    })
}

/// Prints a table by product, and fails unless every described operation was received and answered.
fn judge(api: &Api, requests: &[ReceivedRequest]) -> Result<()> {
    let answered: BTreeSet<&str> = requests
        .iter()
        .filter(|request| matches!(request.verdict, Verdict::Answered(_)))
        .filter_map(|request| request.operation.as_deref())
        .collect();
    let mut table: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for item in api.paths.values() {
        for method in item.operations.keys() {
            let name = format!("{} {}", method.as_str(), item.path.as_str());
            let row = table.entry(&item.product).or_default();
            row.0 += 1;
            if answered.contains(name.as_str()) {
                row.1 += 1;
            } else {
                missed.push(name);
            }
        }
    }
    println!("{:<24} {:>10} {:>10}", "product", "described", "answered");
    for (product, (described, answered)) in &table {
        println!("{product:<24} {described:>10} {answered:>10}");
    }
    if !missed.is_empty() {
        bail!(
            "not received, or not answered with a success:\n  {}",
            missed.join("\n  ")
        );
    }
    Ok(())
}
