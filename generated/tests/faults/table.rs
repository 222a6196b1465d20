//! The table of what the client does, as a snapshot and in the documentation.

use crate::class::{Class, Success};
use crate::kind::{asked_wait, kinds, mixtures};
use crate::plan::{Plan, Step};
use crate::rotation::{BEFORE, CALLS, Rotated, rotate};
use crate::run::{Done, Stage};
use std::time::Duration;
use wechatpay_openapi::{Error, ErrorKind, Outcome, RetryPolicy, Retryable};

/// The page that shows the tables.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/faults.md");

/// Its tables are in the documentation too.
#[tokio::test]
async fn what_the_client_does_about_each_fault_is_as_recorded() {
    let stage = Stage::set().await;
    let policy = RetryPolicy::new;
    let mut passes = Table::new(
        "A fault that passes",
        "The first attempt meets it; what follows is answered well.",
    );
    for (name, step) in kinds() {
        let wait = asked_wait(&step);
        let plan = Plan::Steps(vec![step]);
        passes.row(&stage, name, policy(), &plan, wait).await;
    }
    let down = "the first host is down, its backup serves";
    let alone = "connection refused, backup hosts switched off";
    let once = Plan::Steps(vec![Step::Refused]);
    passes
        .row(&stage, down, policy(), &Plan::FirstHostDown, None)
        .await;
    passes
        .row(&stage, alone, policy().backup_hosts(false), &once, None)
        .await;
    let mut stays = Table::new("A fault that stays", "Every attempt meets it.");
    for (name, step) in kinds() {
        let wait = asked_wait(&step);
        stays
            .row(&stage, name, policy(), &Plan::Always(step), wait)
            .await;
    }
    let mut mixed = Table::new(
        "One fault after the other",
        "Where they end before the attempts do, what follows is answered well.",
    );
    for (name, steps) in mixtures() {
        mixed
            .row(&stage, name, policy(), &Plan::Steps(steps), None)
            .await;
    }
    let mut rotated = Table::new(
        "Certificates that change",
        "Many calls at once, by a client that fetches the platform certificates by itself. From some request on WeChat Pay signs with a new one.",
    );
    rotated.rotation(&stage).await;
    let tables = [passes, stays, mixed, rotated];
    let text = tables.map(|table| table.text).join("\n");
    let settings = {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
    };
    settings.bind(|| insta::assert_snapshot!("fault_table", text));
    let page = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(
        page.contains(text.trim()) || std::env::var_os("FAULT_PAGE_IS_WRITTEN_LATER").is_some(),
        "docs/faults.md shows other tables; `cargo xtask faults` writes it"
    );
}

#[tokio::test]
async fn a_good_call_is_made_once() {
    let stage = Stage::set().await;
    for class in Class::ALL {
        let done = stage.play(class, "1", Plan::Always(Step::Fine)).await;
        let success = done.result.expect("a reply");
        assert_eq!((success.status, success.verified), (200, true));
        assert_eq!(done.arrivals.len(), 1);
        assert!(done.course.waits.is_empty());
    }
}

/// A table in Markdown.
struct Table {
    text: String,
}

impl Table {
    fn new(title: &str, told: &str) -> Self {
        Self {
            text: format!(
                "## {title}\n\n{told}\n\n| fault | read | write with a number | write without |\n| --- | --- | --- | --- |\n"
            ),
        }
    }

    async fn row(
        &mut self,
        stage: &Stage,
        name: &str,
        policy: RetryPolicy,
        plan: &Plan,
        wait: Option<Duration>,
    ) {
        let mut cells = Vec::new();
        for class in Class::SHOWN {
            let policy = policy.clone();
            let done = stage.play_by(policy, class, "1", plan.clone()).await;
            cells.push(cell(&done, wait));
        }
        self.cells(name, &cells);
    }

    async fn rotation(&mut self, stage: &Stage) {
        let mut keys = stage.sandbox.keys().clone();
        let mut cells = Vec::new();
        for class in Class::SHOWN {
            let (rotated, new) = rotate(stage, class, &keys).await;
            cells.push(rotation_cell(&rotated));
            keys = new;
        }
        let name = format!("a new platform certificate after {BEFORE} of {CALLS} requests");
        self.cells(&name, &cells);
    }

    fn cells(&mut self, name: &str, cells: &[String]) {
        let cells = cells.join(" | ");
        self.text.push_str(&format!("| {name} | {cells} |\n"));
    }
}

/// `64 requests, 32 of them answered by the new certificate, fetched once; 64 × 200`.
fn rotation_cell(rotated: &Rotated) -> String {
    let ends = rotated.ends.iter();
    let ends: Vec<_> = ends
        .map(|(end, calls)| format!("{calls} × {end}"))
        .collect();
    format!(
        "{} requests, {} answered by the new certificate, fetched ×{}: {}",
        rotated.attempts,
        rotated.by_the_new,
        rotated.fetches,
        ends.join(", ")
    )
}

/// What the client did, and what it told.
fn cell(done: &Done, wait: Option<Duration>) -> String {
    let hosts = hosts(&done.course.hosts);
    let waits = &done.course.waits;
    let waited = match wait {
        Some(wait) if !waits.is_empty() && waits.iter().all(|own| *own >= wait) => {
            ", waited as asked"
        }
        Some(_) if !waits.is_empty() => ", did not wait as asked",
        _ => "",
    };
    format!("{hosts}{waited}: {}", told(&done.result))
}

/// `first ×2, backup ×1`.
fn hosts(hosts: &[usize]) -> String {
    let runs = hosts.chunk_by(|one, other| one == other);
    let runs = runs.map(|run| {
        let name = if run[0] == 0 { "first" } else { "backup" };
        format!("{name} ×{}", run.len())
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The status of success, or the error.
pub(crate) fn told(result: &Result<Success, Error>) -> String {
    match result {
        Ok(success) if success.verified => success.status.to_string(),
        Ok(success) => format!("{}, not verified", success.status),
        Err(error) => told_error(error),
    }
}

fn told_error(error: &Error) -> String {
    let outcome = match error.outcome() {
        Outcome::NotSent => "**not sent**",
        Outcome::Answered => "**answered**",
        Outcome::Unknown => "**unknown**",
    };
    let again = match error.retryable() {
        Retryable::Never => "never again",
        Retryable::SameRequest => "again",
        Retryable::AfterWait => "again after a wait",
        Retryable::AnyHost => "again, any host",
        other => unreachable!("{other:?}"),
    };
    let status = match error.status() {
        Some(status) if *error.kind() == ErrorKind::Server => format!(" {status}"),
        _ => String::new(),
    };
    format!("{outcome}, {}{status}, {again}", kind(error.kind()))
}

/// The kind without what it carries.
fn kind(kind: &ErrorKind) -> String {
    let text = format!("{kind:?}");
    let inner = match kind {
        ErrorKind::Transport(failure) => format!("{failure:?}"),
        ErrorKind::Verification(failure) => format!("{failure:?}"),
        _ => text,
    };
    inner
        .split([' ', '(', '{'])
        .next()
        .unwrap_or_default()
        .to_owned()
}
