//! `cargo xtask gen`: from spec/ to generated/.

use crate::cli::Gen;
use crate::last_run;
use crate::readme;
use crate::workspace::{generated, spec};
use anyhow::{Result, bail};
use std::io::IsTerminal;
use wechatpay_codegen::model::Api;
use wechatpay_codegen::output::{self, Stale, Staleness, Summary};
use wechatpay_codegen::{Items, Report};

/// The most files that are named one by one.
const MOST_NAMED: usize = 20;

pub(crate) fn run(options: &Gen) -> Result<()> {
    if options.check {
        return check(&lower(&read_spec()?)?);
    }
    if let Some(summary) = last_run::unchanged_since() {
        println!("{summary}; nothing changed since");
        return Ok(());
    }
    let (api, warned) = read()?;
    let summary = output::write(&lower(&api)?, &generated())?;
    print_files(&summary);
    let counts = counts(&summary);
    println!(
        "{counts}; {} files written, {} removed, {} unchanged",
        summary.written.len(),
        summary.removed.len(),
        summary.unchanged
    );
    if readme::write()? {
        println!("wrote   the table of products in README.md");
    }
    // What is warned of is to be seen each time.
    if !warned {
        last_run::remember(&counts);
    }
    Ok(())
}

fn check(items: &Items) -> Result<()> {
    let stale = output::check(items, &generated())?;
    if stale.is_empty() {
        if !readme::is_current()? {
            bail!(
                "the table of products in README.md is not what spec/ gives.\nRun `cargo xtask gen` and commit what it writes."
            );
        }
        println!("generated/ and the table in README.md are what spec/ gives.");
        return Ok(());
    }
    let mut lines: Vec<String> = stale.iter().take(MOST_NAMED).map(line).collect();
    if stale.len() > MOST_NAMED {
        lines.push(format!("  … and {} more", stale.len() - MOST_NAMED));
    }
    bail!(
        "generated/ is not what spec/ gives:\n{}\nRun `cargo xtask gen` and commit what it writes.",
        lines.join("\n")
    )
}

fn line(stale: &Stale) -> String {
    let what = match stale.staleness {
        Staleness::Missing => "missing",
        Staleness::Different => "different",
        Staleness::Extra => "no longer described",
    };
    format!("  generated/{}: {what}", stale.path)
}

fn print_files(summary: &Summary) {
    for path in summary.written.iter().take(MOST_NAMED) {
        println!("wrote   generated/{path}");
    }
    if summary.written.len() > MOST_NAMED {
        println!("wrote   … and {} more", summary.written.len() - MOST_NAMED);
    }
    for path in &summary.removed {
        println!("removed generated/{path}");
    }
}

fn counts(summary: &Summary) -> String {
    format!(
        "{} operations, {} types, {} lines",
        summary.operations, summary.types, summary.lines
    )
}

/// The description, checked. Warnings are printed; errors are the result.
pub(crate) fn read_spec() -> Result<Api> {
    read().map(|(api, _)| api)
}

/// The same, and whether there were warnings.
fn read() -> Result<(Api, bool)> {
    match wechatpay_codegen::check_dir(&spec()) {
        Ok(checked) => {
            let warnings = shown(&checked.warnings);
            eprint!("{warnings}");
            Ok((checked.api, !warnings.is_empty()))
        }
        Err(report) => bail!("{}", shown(&report)),
    }
}

/// What will be emitted.
pub(crate) fn lower(api: &Api) -> Result<Items> {
    wechatpay_codegen::lower(api).map_err(|errors| {
        anyhow::anyhow!("not everything that spec/ describes can be emitted:\n{errors}")
    })
}

fn shown(report: &Report) -> String {
    report.render("spec/", std::io::stderr().is_terminal())
}
