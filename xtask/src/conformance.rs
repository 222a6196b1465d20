//! `cargo xtask conformance`: every operation called through the generated crate, and judged by witnesses of the API.

mod callable;
mod compare;
mod damage;
mod described;
mod facts;
mod play;
mod program;
mod table;
mod verdict;
mod witness;

use crate::cli::Conformance;
use crate::generate::{lower, read_spec};
use crate::workspace::spec;
use anyhow::{Context, Result, bail};
use callable::operations;
use described::Described;
use facts::{FromFacts, Scope};
use play::Play;
use program::Program;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;
use wechatpay_codegen::model::Api;

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
    let mut misses = table.misses().to_vec();
    if let Some(file) = &options.facts {
        let witness = from_facts(file, &api, &options.product)?;
        let notes = witness.notes().to_vec();
        let table = runtime.block_on(play.witnessed(witness))?;
        print!("\n{}", table.shown(options.format));
        print!("{}", facts::told(&notes, options.format));
        misses.extend_from_slice(table.misses());
    }
    tell(&misses)
}

/// The witness of some facts. Of the description it is told names alone.
fn from_facts(file: &Path, api: &Api, products: &[String]) -> Result<FromFacts> {
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let names = |products: &[String]| -> BTreeSet<String> {
        operations(api, products).into_keys().collect()
    };
    let scope = Scope {
        described: &names(&[]),
        wanted: &names(products),
        deviations: &read(&spec().join("deviations.yaml"))?,
    };
    FromFacts::new(&read(file)?, scope).with_context(|| format!("with {}", file.display()))
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
