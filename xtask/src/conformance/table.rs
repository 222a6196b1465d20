//! What came of a run, by product.

mod show;

pub(super) use show::preface;

use super::callable::{operations, why_not};
use super::witness::{Case, Kind};
use std::collections::{BTreeMap, BTreeSet};
use wechatpay_codegen::model::Api;

/// What came of the cases of a witness.
pub(super) struct Table {
    witness: &'static str,
    rows: BTreeMap<String, Row>,
    /// The product of each operation that is to be called.
    products: BTreeMap<String, String>,
    /// The operations that are not called, by why.
    uncalled: BTreeMap<&'static str, Vec<String>>,
    misses: Vec<String>,
}

/// What came of a product's operations.
#[derive(Default)]
struct Row {
    described: usize,
    called: BTreeSet<String>,
    kinds: BTreeMap<Kind, Tally>,
}

/// What came of one kind of cases.
#[derive(Default)]
struct Tally {
    tried: BTreeSet<String>,
    failed: BTreeSet<String>,
}

impl Table {
    /// A table of the operations of some products; of all, where none is named.
    pub(super) fn new(witness: &'static str, api: &Api, products: &[String]) -> Self {
        let mut table = Self {
            witness,
            rows: BTreeMap::new(),
            products: BTreeMap::new(),
            uncalled: BTreeMap::new(),
            misses: Vec::new(),
        };
        for (name, (item, operation)) in operations(api, products) {
            table.row(&item.product).described += 1;
            match why_not(item, operation) {
                Some(why) => table.uncalled.entry(why).or_default().push(name),
                None => {
                    table.products.insert(name, item.product.clone());
                }
            }
        }
        table
    }

    /// Adds what a witness found wrong with a case.
    pub(super) fn add(&mut self, case: &Case, problems: Vec<String>) {
        let Some(product) = self.products.get(&case.operation).cloned() else {
            return;
        };
        let row = self.row(&product);
        row.called.insert(case.operation.clone());
        let tally = row.kinds.entry(case.kind).or_default();
        tally.tried.insert(case.operation.clone());
        if !problems.is_empty() {
            tally.failed.insert(case.operation.clone());
        }
        let strictly = if case.strict { ", strictly" } else { "" };
        let misses = problems.into_iter();
        self.misses.extend(
            misses.map(|problem| format!("{} [{}{strictly}] {problem}", case.operation, case.kind)),
        );
    }

    /// Adds a miss that belongs to no case.
    pub(super) fn miss(&mut self, miss: String) {
        if !self.misses.contains(&miss) {
            self.misses.push(miss);
        }
    }

    /// Notes which operations had no case.
    pub(super) fn close(&mut self) {
        let uncalled = self.products.iter().filter(|(operation, product)| {
            let row = self.rows.get(*product);
            !row.is_some_and(|row| row.called.contains(*operation))
        });
        let misses: Vec<_> = uncalled
            .map(|(operation, _)| format!("{operation}: no case"))
            .collect();
        self.misses.extend(misses);
    }

    /// What went wrong, a line each.
    pub(super) fn misses(&self) -> &[String] {
        &self.misses
    }

    fn row(&mut self, product: &str) -> &mut Row {
        self.rows.entry(product.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests;
