//! `cargo xtask sandbox`: WeChat Pay on a local port.

use crate::cli::Sandbox as Options;
use crate::generate::read_spec;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use wechatpay_sandbox::{Sandbox, SandboxKeys};

pub(crate) fn run(options: &Options) -> Result<()> {
    let api = read_spec()?;
    let folder = options.keys.clone().unwrap_or_else(default_folder);
    let keys = keys_in(&folder)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let sandbox = Sandbox::builder(api)
            .port(options.port)
            .keys(keys)
            .start()
            .await?;
        let client = sandbox.client_material()?;
        println!("WeChat Pay is played at {}", sandbox.url());
        for (family, url) in sandbox.family_urls().skip(1) {
            println!("hosts of {family:<14} {url}");
        }
        println!("mchid                   {}", client.mchid);
        println!("merchant serial_no      {}", client.serial_no);
        println!("platform public key id  {}", client.public_key_id);
        println!("keys and certificates   {}", folder.display());
        println!("Ctrl-C stops it.");
        tokio::signal::ctrl_c()
            .await
            .context("cannot wait for Ctrl-C")?;
        sandbox.shutdown().await;
        Ok(())
    })
}

fn default_folder() -> PathBuf {
    crate::workspace::root().join("target/sandbox-keys")
}

/// The keys of a folder, made and written there if it has none.
pub(crate) fn keys_in(folder: &Path) -> Result<SandboxKeys> {
    if folder.is_dir() && std::fs::read_dir(folder)?.next().is_some() {
        return SandboxKeys::read_from(folder)
            .with_context(|| format!("cannot read the keys in {}", folder.display()));
    }
    let keys = SandboxKeys::generate()?;
    keys.write_to(folder)
        .with_context(|| format!("cannot write the keys to {}", folder.display()))?;
    Ok(keys)
}
