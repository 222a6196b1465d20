//! The whole command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The maintainers' commands of the WeChat Pay SDK.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Generate the SDK from the description in spec/
    #[command(after_help = "Example: cargo xtask gen --check")]
    Gen(Gen),
    /// Turn facts about the API into files of spec/
    #[command(
        after_help = "Example: cargo xtask import --facts ../shared/facts/operations.jsonl --under /v3/payscore"
    )]
    Import(Import),
    /// List every described call
    #[command(after_help = "Example: cargo xtask list --format json")]
    List(List),
    /// Play WeChat Pay on a local port
    #[command(after_help = "Example: cargo xtask sandbox --port 8787 --keys target/sandbox-keys")]
    Sandbox(Sandbox),
    /// Generate, then make a call against the sandbox
    #[command(after_help = "Example: cargo xtask demo")]
    Demo,
    /// Make every call of the generated crate against local servers that know the API
    #[command(after_help = "Example: cargo xtask conformance --product payscore")]
    Conformance(Conformance),
    /// Show what the client does about each fault: run the tests of it, and write docs/faults.md
    #[command(after_help = "Example: cargo xtask faults --check")]
    Faults(Faults),
    /// Damage signing, verification, decryption and retries, and see whether the tests notice (takes long)
    #[command(after_help = "Example: cargo xtask mutants")]
    Mutants {
        /// How many are judged at once
        #[arg(long, default_value = "1")]
        jobs: NonZeroUsize,
        /// Judge only those that were not caught the last time
        #[arg(long)]
        iterate: bool,
    },
    /// Run the test vectors alone, with every crate that they are about
    #[command(after_help = "Example: WECHATPAY_VECTORS=../shared/vectors cargo xtask vectors")]
    Vectors,
    /// Let many callers use the store of platform keys while keys change and fetches fail
    #[command(after_help = "Example: cargo xtask stress")]
    Stress,
    /// Measure how much a release program grows by the SDK, over the same call by hand
    #[command(after_help = "Example: cargo xtask size")]
    Size,
    /// Measure calls of the SDK beside the same calls by hand
    #[command(after_help = "Example: cargo xtask bench")]
    Bench,
    /// Run every check and every test
    #[command(after_help = "Example: cargo xtask ci")]
    Ci,
}

#[derive(Args)]
pub(crate) struct Gen {
    /// Write nothing; fail if anything in generated/ is not what spec/ gives
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args)]
pub(crate) struct Import {
    /// The facts: one operation a line, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: PathBuf,
    /// Only paths at or below this one; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) under: Vec<String>,
    /// Only exactly this path; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) only: Vec<String>,
    /// Replace files that differ from what the facts give, keeping what only a person can know
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Print the report without writing anything
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct List {
    /// How to print the list
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

#[derive(Args)]
pub(crate) struct Sandbox {
    /// The port on 127.0.0.1 of the default host family; the others get the following ones. 0 takes free ones
    #[arg(long, default_value_t = 8787)]
    pub(crate) port: u16,
    /// The folder of the keys, target/sandbox-keys unless given: read if it holds some, else made and written there
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Conformance {
    /// Only the calls of this product; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) product: Vec<String>,
    /// Make cases and answers from these facts too, with nothing of the description: one operation a line, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Option<PathBuf>,
    /// How to print the tables
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: TableFormat,
}

#[derive(Args)]
pub(crate) struct Faults {
    /// Write nothing; fail if the client does anything else than is recorded
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For the terminal
    #[default]
    Text,
    /// For the documentation
    Markdown,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// For scripts
    Json,
}
