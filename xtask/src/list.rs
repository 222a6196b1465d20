//! `cargo xtask list`: every described call.

use crate::cli::{Format, List};
use crate::generate::read_spec;
use anyhow::Result;

pub(crate) fn run(options: &List) -> Result<()> {
    let calls = wechatpay_codegen::list(&read_spec()?);
    match options.format {
        Format::Json => println!("{}", serde_json::to_string_pretty(&calls)?),
        Format::Text => {
            for call in &calls {
                println!("{:6} {}  {}", call.method, call.path, call.product);
            }
            println!("{} operations", calls.len());
        }
    }
    Ok(())
}
