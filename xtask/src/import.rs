//! `cargo xtask import`: from facts to spec/.

use crate::cli::{Format, Import};
use crate::generate::read_spec;
use crate::workspace::spec;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;
use wechatpay_codegen::import::{ImportOptions, import};
use wechatpay_codegen::model::Api;

pub(crate) fn run(options: &Import) -> Result<()> {
    let existing = if spec().is_dir() {
        read_spec()?
    } else {
        Api::default()
    };
    let facts = File::open(&options.facts)
        .with_context(|| format!("cannot open {}", options.facts.display()))?;
    let import_options = ImportOptions {
        under: options.under.clone(),
        only: options.only.clone(),
        overwrite: options.overwrite,
    };
    let imported = import(BufReader::new(facts), &existing, &import_options)
        .with_context(|| format!("cannot import {}", options.facts.display()))?;
    if !options.dry_run {
        write(&spec(), &imported.files)?;
    }
    match options.format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&imported.report)?),
        Format::Text => print!("{}", imported.report),
    }
    let done = if options.dry_run {
        "would be written"
    } else {
        "written"
    };
    eprintln!(
        "{} files of spec/ {done}; read them through before you commit them",
        imported.files.len()
    );
    Ok(())
}

fn write(root: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    for (name, text) in files {
        let path = root.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
