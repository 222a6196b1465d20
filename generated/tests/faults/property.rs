//! What holds for any run of faults.

use crate::class::Class;
use crate::kind::kinds;
use crate::plan::{Plan, Step};
use crate::run::{Done, Stage};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use wechatpay_openapi::{Error, Outcome};
use wechatpay_sandbox::{AnswerFault, Arrival, Fault, LineFault, Reached};

/// Runs that are longer than a call has attempts, good answers among them.
fn runs() -> impl Strategy<Value = Vec<Step>> {
    let mut steps: Vec<_> = kinds().into_iter().map(|(_, step)| step).collect();
    // More often than others: what is surely not sent may be tried again by any call, and what is good ends it.
    steps.extend([Step::Refused, Step::Refused, Step::Fine, Step::Fine]);
    proptest::collection::vec(proptest::sample::select(steps), 0..5)
}

#[test]
fn no_run_of_faults_makes_a_write_twice_or_an_unverified_answer_a_success() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let stage = runtime.block_on(Stage::set());
    let config = ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let classes = proptest::sample::select(&Class::ALL[..]);
    let input = (classes, "[0-9a-zA-Z]{1,32}", runs());
    let judged = TestRunner::new(config).run(&input, |(class, number, steps)| {
        let plan = Plan::Steps(steps.clone());
        let done = runtime.block_on(stage.play(class, &number, plan));
        judge(class, &number, &steps, &done)
    });
    judged.unwrap_or_else(|failure| panic!("{failure}"));
}

fn judge(class: Class, number: &str, steps: &[Step], done: &Done) -> Result<(), TestCaseError> {
    judge_attempts(class, number, &done.arrivals)?;
    let met: Vec<&Step> = (0..done.course.hosts.len())
        .map(|attempt| steps.get(attempt).unwrap_or(&Step::Fine))
        .collect();
    match &done.result {
        Ok(success) => {
            prop_assert!(success.verified, "a success that nobody verified");
            let last = met.last();
            let answered = last.is_some_and(|step| is_answered_well(step));
            prop_assert!(answered, "a success in spite of {:?}", last);
        }
        Err(error) => judge_error(class, error, &met, done)?,
    }
    Ok(())
}

/// What left the client.
fn judge_attempts(class: Class, number: &str, arrivals: &[Arrival]) -> Result<(), TestCaseError> {
    if class == Class::Once {
        prop_assert!(arrivals.len() <= 1, "sent again after bytes of it left");
    }
    let heads = arrivals.iter().filter(|it| it.reached >= Reached::Head);
    let heads: Vec<_> = heads.collect();
    let signed = heads.iter().filter_map(|it| it.authorization());
    let nonces: BTreeSet<_> = signed.map(|it| it.nonce_str).collect();
    prop_assert_eq!(
        nonces.len(),
        heads.len(),
        "not each attempt has its own nonce"
    );
    let lines = heads
        .iter()
        .map(|it| (&it.method, &it.target, it.platform_serial()));
    let lines: BTreeSet<_> = lines.collect();
    prop_assert!(lines.len() <= 1, "attempts differ: {:?}", lines);
    let keys = heads.iter().map(|it| it.headers.get("Idempotency-Key"));
    let keys: BTreeSet<_> = keys.map(|key| key.map(|key| key.as_bytes())).collect();
    prop_assert!(keys.len() <= 1, "the key changed between attempts");
    if class == Class::Keyed {
        prop_assert!(!keys.contains(&None), "no key");
    }
    let whole = arrivals.iter().filter(|it| it.reached == Reached::Whole);
    let bodies: BTreeSet<_> = whole.map(|it| it.body.as_slice()).collect();
    prop_assert!(bodies.len() <= 1, "the body changed between attempts");
    if let (true, Some(body)) = (class != Class::Read, bodies.first()) {
        let body = String::from_utf8_lossy(body);
        let sent = format!(r#":"{number}""#);
        prop_assert!(body.contains(&sent), "the number changed: {}", body);
    }
    Ok(())
}

/// What the client told, against what its attempts met.
fn judge_error(
    class: Class,
    error: &Error,
    met: &[&Step],
    done: &Done,
) -> Result<(), TestCaseError> {
    let answered = met.last().is_some_and(|step| is_answered_well(step));
    prop_assert!(!answered, "an error in spite of a good answer");
    prop_assert_eq!(error.attempts() as usize, met.len());
    if class == Class::Read {
        return Ok(());
    }
    let never_left = met.iter().all(|step| **step == Step::Refused);
    prop_assert_eq!(never_left, done.arrivals.is_empty());
    let outcome = if never_left {
        Outcome::NotSent
    } else if met.iter().all(|step| is_harmless(step)) {
        // What was refused before and did not leave now was done neither time.
        match met.last() {
            Some(Step::Refused) => Outcome::NotSent,
            _ => Outcome::Answered,
        }
    } else {
        Outcome::Unknown
    };
    prop_assert_eq!(error.outcome(), outcome, "{:?} after {:?}", error, met);
    if class == Class::Once && !never_left {
        prop_assert!(
            !error.is_retryable(),
            "a payment that may be made twice: {:?}",
            error
        );
    }
    Ok(())
}

/// Whether an attempt got a good answer: what becomes of the connection after it takes nothing back.
fn is_answered_well(step: &Step) -> bool {
    matches!(
        step,
        Step::Fine | Step::Fault(Fault::Line(LineFault::ResetAnswered))
    )
}

/// Whether it is known of an attempt that it did nothing: it never left, or WeChat Pay itself refused it.
fn is_harmless(step: &Step) -> bool {
    match step {
        Step::Refused => true,
        Step::Fault(Fault::Answer(AnswerFault::Error { status, code, .. })) => {
            (400..500).contains(status) && code != "SYSTEM_ERROR"
        }
        Step::Fine | Step::Fault(_) => false,
    }
}
