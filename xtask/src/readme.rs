//! The README's table of products, between two marks; the rest of the file is people's.

use crate::workspace::{generated, root};
use anyhow::{Context, Result};
use std::fs;
use wechatpay_codegen::{output, products_path};

const BEGIN: &str = "<!-- BEGIN products";
const END: &str = "<!-- END products";

/// Puts the emitted table in its place, and tells whether anything changed.
pub(crate) fn write() -> Result<bool> {
    let (old, new) = versions()?;
    if old == new {
        return Ok(false);
    }
    fs::write(root().join("README.md"), new).context("cannot write README.md")?;
    Ok(true)
}

/// Whether the table is the emitted one.
pub(crate) fn is_current() -> Result<bool> {
    let (old, new) = versions()?;
    Ok(old == new)
}

fn versions() -> Result<(String, String)> {
    let old = fs::read_to_string(root().join("README.md")).context("cannot read README.md")?;
    let table = fs::read_to_string(generated().join(products_path()))
        .context("cannot read the table of products")?;
    let new = output::replace_between(&old, BEGIN, END, &table)
        .context("README.md has no marks for the table of products")?;
    Ok((old, new))
}
