//! The program that makes the calls: written to `target/conformance`, a package of its own.

use crate::workspace::{cargo, generated, root};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wechatpay_codegen::{Items, emit, output};
use wechatpay_sandbox::ClientMaterial;

/// Writes the program, and gives its folder.
pub(crate) fn write(items: &Items) -> Result<PathBuf> {
    let folder = root().join("target/conformance");
    let mut files = output::render(&emit::calls(items))?;
    files.insert(
        "src/main.rs".to_owned(),
        include_str!("../../conformance/main.rs").to_owned(),
    );
    files.insert("Cargo.toml".to_owned(), manifest());
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    files.insert("Cargo.lock".to_owned(), lock);
    for (name, text) in &files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(folder)
}

/// The command that builds and runs it, as a client of a sandbox.
pub(crate) fn command(folder: &Path, url: &str, client: &ClientMaterial) -> Command {
    let mut command = cargo(&["run", "--quiet"]);
    command
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(root().join("target"))
        .env("CONFORMANCE_URL", url)
        .env("CONFORMANCE_MCHID", &client.mchid)
        .env("CONFORMANCE_SERIAL_NO", &client.serial_no)
        .env("CONFORMANCE_PRIVATE_KEY", &client.private_key)
        .env("CONFORMANCE_PUBLIC_KEY", &client.public_key)
        .env("CONFORMANCE_PUBLIC_KEY_ID", &client.public_key_id);
    command
}

fn manifest() -> String {
    let path = generated().display().to_string().replace('\\', "/");
    format!(
        r#"[package]
name = "conformance"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
wechatpay-openapi = {{ path = "{path}", default-features = false, features = ["full"] }}
tokio = {{ version = "1", features = ["rt", "macros"] }}

[workspace]
"#
    )
}
