//! The maintainers' commands. `cargo xtask` alone lists them.

mod bench;
mod ci;
mod cli;
mod conformance;
mod demo;
mod faults;
mod generate;
mod import;
mod last_run;
mod list;
mod mutants;
mod proofs;
mod readme;
mod sandbox;
mod size;
mod workspace;

use clap::Parser;
use cli::{Cli, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Gen(options) => generate::run(&options),
        Command::Import(options) => import::run(&options),
        Command::List(options) => list::run(&options),
        Command::Sandbox(options) => sandbox::run(&options),
        Command::Demo => demo::run(),
        Command::Conformance(options) => conformance::run(&options),
        Command::Faults(options) => faults::run(&options),
        Command::Mutants { jobs, iterate } => mutants::run(jobs, iterate),
        Command::Vectors => proofs::vectors(),
        Command::Stress => proofs::stress(),
        Command::Size => size::run(),
        Command::Bench => bench::run(),
        Command::Ci => ci::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
