//! The rules against the facts, where they are there: the file named by `WECHATPAY_FACTS`, else `../shared/facts/operations.jsonl`.

use super::{PRODUCTS, RULES, rule_of};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The paths of all operations, or a word on standard error that there are no facts.
fn paths() -> Option<Vec<String>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/facts/operations.jsonl");
    let file = std::env::var_os("WECHATPAY_FACTS").map_or(beside, PathBuf::from);
    if !file.exists() {
        eprintln!("not run: there are no facts at {}", file.display());
        return None;
    }
    let facts = std::fs::read_to_string(&file).expect("the facts can be read");
    let paths = facts.lines().map(|line| {
        let operation: Value = serde_json::from_str(line).expect("an operation");
        operation["path"].as_str().expect("a path").to_owned()
    });
    Some(paths.collect())
}

#[test]
fn a_rule_covers_every_operation() {
    let Some(paths) = paths() else { return };
    assert!(!paths.is_empty(), "the facts hold no operation");
    let missed: BTreeSet<_> = paths
        .iter()
        .filter(|path| rule_of(path).is_none())
        .collect();
    assert!(missed.is_empty(), "no rule for {missed:#?}");
}

#[test]
fn an_operation_uses_every_rule() {
    let Some(paths) = paths() else { return };
    let used: BTreeSet<_> = paths.iter().filter_map(|path| rule_of(path)).collect();
    let unused: Vec<_> = RULES.iter().filter(|rule| !used.contains(rule)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:#?}");
}

#[test]
fn every_product_has_two_operations_or_more() {
    let Some(paths) = paths() else { return };
    let mut counts: BTreeMap<&str, usize> = PRODUCTS.iter().map(|(name, ..)| (*name, 0)).collect();
    for (_, product) in paths.iter().filter_map(|path| rule_of(path)) {
        *counts.entry(product).or_default() += 1;
    }
    counts.retain(|_, count| *count < 2);
    assert!(counts.is_empty(), "too few operations: {counts:?}");
}
