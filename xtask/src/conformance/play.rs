//! A run of all cases of a witness.

use super::callable::{operations, why_not};
use super::program::Program;
use super::table::Table;
use super::witness::{Case, Witness};
use anyhow::Result;
use std::time::Instant;
use wechatpay_codegen::model::Api;

/// What is the same for every witness.
pub(super) struct Play<'a> {
    pub(super) api: &'a Api,
    pub(super) program: &'a Program,
    /// The products whose operations are called; none: all.
    pub(super) products: &'a [String],
}

impl Play<'_> {
    /// Has a witness's cases played, and judged by it.
    pub(super) async fn witnessed(&self, mut witness: impl Witness) -> Result<Table> {
        let mut table = Table::new(witness.name(), self.api, self.products);
        let server = witness.start().await?;
        let cases = self.wanted(&witness, &mut table);
        let started = Instant::now();
        let play = || self.program.play(self.api, witness.name(), &cases, &server);
        let outcomes = tokio::task::block_in_place(play)?;
        let seconds = started.elapsed().as_secs_f64();
        eprintln!(
            "{}: {} calls in {seconds:.1} s",
            witness.name(),
            cases.len()
        );
        for case in &cases {
            let problems = match outcomes.get(&case.id) {
                Some(outcome) => witness.judge(case, outcome),
                None => vec!["the program did not tell what came of it".to_owned()],
            };
            table.add(case, problems);
        }
        drop(cases);
        witness.stop().await;
        table.close();
        Ok(table)
    }

    /// The cases of operations that are called. One of an operation that is not described at all is a miss.
    fn wanted<'w>(&self, witness: &'w impl Witness, table: &mut Table) -> Vec<&'w Case> {
        let described = operations(self.api, &[]);
        let asked = operations(self.api, self.products);
        let mut wanted = Vec::new();
        for case in witness.cases() {
            match described.get(&case.operation) {
                None => table.miss(format!("{}: not described", case.operation)),
                Some((item, operation)) if why_not(item, operation).is_none() => {
                    if asked.contains_key(&case.operation) {
                        wanted.push(case);
                    }
                }
                Some(_) => {}
            }
        }
        wanted
    }
}
