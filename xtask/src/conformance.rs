//! `cargo xtask conformance`: every operation called through the generated crate, and judged by witnesses of the API.

mod callable;
mod compare;
mod damage;
mod described;
mod play;
mod program;
mod table;
mod verdict;
mod witness;

use crate::cli::Conformance;
use crate::generate::{lower, read_spec};
use anyhow::{Result, bail};
use described::Described;
use play::Play;
use program::Program;
use std::time::Instant;

/// How many misses are told one by one.
const MOST_TOLD: usize = 60;

pub(crate) fn run(options: &Conformance) -> Result<()> {
    let api = read_spec()?;
    let unknown = |product: &&String| !api.products.contains_key(*product);
    if let Some(product) = options.product.iter().find(unknown) {
        bail!("spec/products.yaml has no product `{product}`");
    }
    print!("{}", table::preface(options.format));
    let started = Instant::now();
    let program = Program::build(&lower(&api)?)?;
    eprintln!("built in {:.1} s", started.elapsed().as_secs_f64());
    let play = Play {
        api: &api,
        program: &program,
        products: &options.product,
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let table = runtime.block_on(play.witnessed(Described::new(&api)?))?;
    print!("{}", table.shown(options.format));
    tell(table.misses())
}

/// Fails where anything was missed, and tells the first misses.
fn tell(misses: &[String]) -> Result<()> {
    let told: Vec<_> = misses
        .iter()
        .take(MOST_TOLD)
        .map(|miss| format!("\n  {miss}"))
        .collect();
    let (told, count) = (told.concat(), misses.len());
    match count {
        0 => Ok(()),
        _ if count <= MOST_TOLD => bail!("{count} misses:{told}"),
        _ => bail!("{count} misses:{told}\n  … and {} more", count - MOST_TOLD),
    }
}
