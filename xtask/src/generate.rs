//! `cargo xtask gen`: from spec/ to generated/.

use crate::cli::Gen;
use crate::workspace::{generated, spec};
use anyhow::{Result, bail};
use std::io::IsTerminal;
use wechatpay_codegen::model::Api;
use wechatpay_codegen::output;

pub(crate) fn run(options: &Gen) -> Result<()> {
    let api = read_spec()?;
    let tree = wechatpay_codegen::emit(&wechatpay_codegen::lower(&api)?);
    if options.check {
        let problems = output::check(&tree, &generated())?;
        if !problems.is_empty() {
            bail!("generated/ is not what spec/ gives; run `cargo xtask gen`:\n{problems}");
        }
        println!("generated/ is what spec/ gives.");
        return Ok(());
    }
    println!("{}", output::write(&tree, &generated())?);
    Ok(())
}

/// The description, checked. Warnings are printed; errors are the result.
pub(crate) fn read_spec() -> Result<Api> {
    match wechatpay_codegen::read_dir(&spec()) {
        Ok(checked) => {
            eprint!("{}", checked.warnings.render(std::io::stderr().is_terminal()));
            Ok(checked.api)
        }
        Err(report) => bail!("{}", report.render(std::io::stderr().is_terminal())),
    }
}
