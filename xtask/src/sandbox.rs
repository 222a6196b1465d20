//! `cargo xtask sandbox`: WeChat Pay on a local port.

use crate::cli::Sandbox as Options;
use crate::generate::read_spec;
use anyhow::{Context, Result};
use std::path::Path;
use wechatpay_sandbox::{Sandbox, SandboxKeys};

pub(crate) fn run(options: &Options) -> Result<()> {
    let api = read_spec()?;
    let keys = match &options.keys {
        Some(folder) => keys_in(folder)?,
        None => SandboxKeys::generate()?,
    };
    tokio::runtime::Runtime::new()?.block_on(async {
        let sandbox = Sandbox::builder(api).port(options.port).keys(keys).start().await?;
        println!("{}", sandbox.client_material());
        println!("Listening on {}; Ctrl-C stops it.", sandbox.url());
        tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
        sandbox.shutdown().await;
        Ok(())
    })
}

/// The keys of a folder, made and written there if it has none.
fn keys_in(folder: &Path) -> Result<SandboxKeys> {
    if folder.is_dir() && std::fs::read_dir(folder)?.next().is_some() {
        return Ok(SandboxKeys::read_from(folder)?);
    }
    let keys = SandboxKeys::generate()?;
    keys.write_to(folder)?;
    Ok(keys)
}
