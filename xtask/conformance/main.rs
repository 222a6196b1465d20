//! Plays cases through the generated crate: makes the call of each, and writes down what came of it.

mod calls;
mod client;
mod outcome;
mod player;
mod typed;

use player::{Case, Playable};
use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use tokio::task::JoinSet;
use wechatpay_openapi::WechatPay;

/// How many calls are on their way at once.
const AT_ONCE: usize = 8;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the cases could not be played: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let wxpay: &'static WechatPay = Box::leak(Box::new(client::client()?));
    let known: HashMap<_, _> = calls::CALLS
        .iter()
        .copied()
        .flatten()
        .map(|playable| (playable.operation, playable))
        .collect();
    let cases = BufReader::new(File::open(env::var("CONFORMANCE_CASES")?)?);
    let mut results = BufWriter::new(File::create(env::var("CONFORMANCE_RESULTS")?)?);
    let mut playing = JoinSet::new();
    for line in cases.lines() {
        let case: &'static Case = Box::leak(Box::new(serde_json::from_str(&line?)?));
        if playing.len() >= AT_ONCE
            && let Some(outcome) = playing.join_next().await
        {
            writeln!(results, "{}", outcome?)?;
        }
        match begin(wxpay, case, known.get(case.operation.as_str()).copied()) {
            Ok(call) => {
                playing.spawn(call);
            }
            Err(why) => writeln!(results, "{}", outcome::unplayed(case, &why))?,
        }
    }
    while let Some(outcome) = playing.join_next().await {
        writeln!(results, "{}", outcome?)?;
    }
    results.flush()?;
    Ok(())
}

fn begin(
    wxpay: &'static WechatPay,
    case: &'static Case,
    playable: Option<&Playable>,
) -> player::Playing {
    let playable = playable.ok_or("the generated crate has no such operation")?;
    if case.is_example {
        (playable.example)(wxpay, case)
    } else {
        (playable.play)(wxpay, case)
    }
}
