//! The program that makes the calls: written to `target/conformance`, a package of its own.

use super::witness::{Case, DEFAULT_FAMILY, Outcome, Server};
use crate::workspace::{cargo, generated, must_succeed, root};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use wechatpay_codegen::model::Api;
use wechatpay_codegen::{Items, emit, output};

/// What of the program is written by hand.
const SOURCES: [(&str, &str); 5] = [
    ("main.rs", include_str!("../../conformance/main.rs")),
    ("client.rs", include_str!("../../conformance/client.rs")),
    ("outcome.rs", include_str!("../../conformance/outcome.rs")),
    ("player.rs", include_str!("../../conformance/player.rs")),
    ("typed.rs", include_str!("../../conformance/typed.rs")),
];

/// The program, as it was written and built.
pub(super) struct Program {
    folder: PathBuf,
}

impl Program {
    /// Writes the program, and builds it.
    pub(super) fn build(items: &Items) -> Result<Self> {
        let folder = root().join("target/conformance");
        let mut files = output::render(&emit::calls(items))?;
        for (name, text) in SOURCES {
            files.insert(format!("src/{name}"), text.to_owned());
        }
        files.insert("Cargo.toml".to_owned(), manifest());
        let lock =
            fs::read_to_string(root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
        files.insert("Cargo.lock".to_owned(), lock);
        remove_stale(&folder.join("src/calls"), &files)?;
        for (name, text) in &files {
            write(&folder.join(name), text)?;
        }
        let program = Self { folder };
        must_succeed(&mut program.cargo("build"))?;
        Ok(program)
    }

    /// Plays cases against a server, and gives what came of each by its number.
    pub(super) fn play(
        &self,
        api: &Api,
        name: &str,
        cases: &[&Case],
        server: &Server,
    ) -> Result<BTreeMap<usize, Outcome>> {
        let given = self.folder.join(format!("{name}.cases.jsonl"));
        let results = self.folder.join(format!("{name}.results.jsonl"));
        let mut lines = BufWriter::new(create(&given)?);
        for case in cases {
            serde_json::to_writer(&mut lines, case)?;
            writeln!(lines)?;
        }
        lines.flush()?;
        let mut command = self.cargo("run");
        command
            .env("CONFORMANCE_CLIENT", client(api, server)?.to_string())
            .env("CONFORMANCE_CASES", &given)
            .env("CONFORMANCE_RESULTS", &results);
        must_succeed(&mut command)?;
        let file =
            File::open(&results).with_context(|| format!("cannot open {}", results.display()))?;
        let mut outcomes = BTreeMap::new();
        for line in BufReader::new(file).lines() {
            let outcome: Outcome = serde_json::from_str(&line?)
                .with_context(|| format!("cannot read {}", results.display()))?;
            outcomes.insert(outcome.id, outcome);
        }
        Ok(outcomes)
    }

    fn cargo(&self, subcommand: &str) -> Command {
        let mut command = cargo(&[subcommand, "--quiet"]);
        command
            .arg("--manifest-path")
            .arg(self.folder.join("Cargo.toml"));
        if std::env::var_os("CARGO_TARGET_DIR").is_none() {
            command.env("CARGO_TARGET_DIR", root().join("target"));
        }
        command
    }
}

/// Products that are described no more have no module.
fn remove_stale(folder: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let entry = entry?;
        let name = format!("src/calls/{}", entry.file_name().to_string_lossy());
        if !files.contains_key(&name) {
            let path = entry.path();
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    }
    // What stays the same is not touched, so that it is not compiled again.
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn create(path: &Path) -> Result<File> {
    File::create(path).with_context(|| format!("cannot write {}", path.display()))
}

/// What the program's client is told. Each family of hosts that the server does not know is reached as the default one.
fn client(api: &Api, server: &Server) -> Result<Value> {
    let Some(default) = server.hosts.get(DEFAULT_FAMILY) else {
        bail!("the server names no host for the family `{DEFAULT_FAMILY}`");
    };
    let mut hosts = server.hosts.clone();
    for family in api.hosts.keys() {
        hosts
            .entry(family.clone())
            .or_insert_with(|| default.clone());
    }
    let client = &server.client;
    let brand = client.brand.as_ref().map(|(brand, serial_no)| {
        json!({
            "brand_id": brand.brand_id,
            "serial_no": serial_no,
            "private_key": brand.private_key,
        })
    });
    Ok(json!({
        "mchid": client.mchid,
        "serial_no": client.serial_no,
        "private_key": client.private_key,
        "brand": brand,
        "hosts": hosts,
    }))
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
wechatpay-openapi = {{ path = "{path}", default-features = false, features = ["full", "reqwest", "serde"] }}
base64 = "0.22"
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
tokio = {{ version = "1", features = ["rt-multi-thread", "macros"] }}

# As in the workspace, so that what both need is built once.
[profile.dev]
debug = "line-tables-only"
[profile.dev.package.conformance]
debug = false

[workspace]
"#
    )
}
