//! What holds for any run of faults.

use crate::class::Class;
use crate::kind::kinds;
use crate::plan::{Plan, Step};
use crate::run::{Done, Stage};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use wechatpay_openapi::Outcome;
use wechatpay_sandbox::Reached;

/// Runs that are longer than a call has attempts, good answers among them.
fn runs() -> impl Strategy<Value = Vec<Step>> {
    let mut steps: Vec<_> = kinds().into_iter().map(|(_, step)| step).collect();
    // Twice as often as others: what is surely not sent may be tried again by any call, and what is good ends it.
    steps.extend([Step::Refused, Step::Fine, Step::Fine]);
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
    let arrivals = &done.arrivals;
    if class == Class::Once {
        prop_assert!(arrivals.len() <= 1, "sent again after bytes of it left");
    }
    let authorizations = arrivals.iter().filter_map(|it| it.authorization());
    let nonces: Vec<_> = authorizations.map(|it| it.nonce_str).collect();
    let heads = arrivals.iter().filter(|it| it.reached >= Reached::Head);
    prop_assert_eq!(
        nonces.len(),
        heads.clone().count(),
        "an attempt without a signature"
    );
    let fresh: BTreeSet<_> = nonces.iter().collect();
    prop_assert_eq!(fresh.len(), nonces.len(), "a nonce was used twice");
    for head in heads {
        prop_assert_eq!(
            (&head.method, &head.target),
            (&arrived_first(done).0, &arrived_first(done).1)
        );
    }
    let whole = arrivals.iter().filter(|it| it.reached == Reached::Whole);
    let bodies: BTreeSet<_> = whole.map(|it| it.body.as_slice()).collect();
    prop_assert!(bodies.len() <= 1, "the body changed between attempts");
    if let (Class::Numbered | Class::Once, Some(body)) = (class, bodies.first()) {
        let text = String::from_utf8_lossy(body);
        let sent = format!(r#":"{number}""#);
        prop_assert!(text.contains(&sent), "the number changed: {}", text);
    }
    let last = done.course.hosts.len().checked_sub(1);
    let last = last.and_then(|last| steps.get(last)).unwrap_or(&Step::Fine);
    match &done.result {
        Ok(success) => {
            prop_assert!(success.verified, "a success that nobody verified");
            prop_assert_eq!(last, &Step::Fine, "a success in spite of a fault");
        }
        Err(error) => {
            prop_assert_ne!(last, &Step::Fine, "an error in spite of a good answer");
            let not_sent = error.outcome() == Outcome::NotSent;
            if class != Class::Read {
                prop_assert_eq!(
                    not_sent,
                    arrivals.is_empty(),
                    "not sent, or was it? {:?}",
                    error
                );
            }
            if class == Class::Once && error.is_retryable() {
                prop_assert!(not_sent, "a payment that may be made twice: {:?}", error);
            }
        }
    }
    Ok(())
}

/// The method and the target of the first head that arrived.
fn arrived_first(done: &Done) -> (String, String) {
    let first = done.arrivals.iter().find(|it| it.reached >= Reached::Head);
    first.map_or_else(Default::default, |it| {
        (it.method.clone(), it.target.clone())
    })
}
