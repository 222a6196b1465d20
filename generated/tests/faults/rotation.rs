//! Platform certificates that change while calls are on their way.

use crate::class::Class;
use crate::plan::{Plan, Step};
use crate::run::Stage;
use crate::table::told;
use crate::transport::Played;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::task::JoinSet;
use wechatpay_openapi::{AutomaticCertificates, RetryPolicy};
use wechatpay_sandbox::{Rotation, SandboxKeys};

/// How many calls are made at once.
pub(crate) const CALLS: usize = 64;

/// How many of their requests come before the certificates change.
pub(crate) const BEFORE: usize = CALLS / 2;

/// What became of the calls.
#[derive(Debug)]
pub(crate) struct Rotated {
    /// How many requests came, without those for certificates.
    pub(crate) attempts: usize,
    /// How many of them were answered with the new certificate's signature.
    pub(crate) by_the_new: usize,
    /// How often certificates were asked for after the client's first call.
    pub(crate) fetches: usize,
    /// How many calls ended in which way.
    pub(crate) ends: BTreeMap<String, usize>,
}

/// Makes calls of a class at once, by a client that fetches certificates by itself, and changes these in the middle. Gives the keys that are
/// played with from then on.
pub(crate) async fn rotate(
    stage: &Stage,
    class: Class,
    keys: &SandboxKeys,
) -> (Rotated, SandboxKeys) {
    let old = keys.with_new_certificate().expect("keys");
    let new = old.with_new_certificate().expect("keys");
    let faults = stage.sandbox.faults();
    faults.clear();
    let steps = std::iter::once(Some(Rotation::to(old).into()))
        .chain((0..BEFORE).map(|_| None))
        .chain([Some(Rotation::to(new.clone()).into())]);
    // The first request is that for certificates, which all calls wait for.
    faults.queue(steps);
    let before = stage.last_arrival();
    let transport = Played::new(Arc::clone(&stage.sandbox), Plan::Always(Step::Fine));
    let wxpay = stage
        .builder(transport, RetryPolicy::new())
        .apiv3_key(keys.apiv3_key())
        .platform_certificates_automatic(AutomaticCertificates::new())
        .build()
        .expect("a client");
    let mut calls = JoinSet::new();
    for number in 0..CALLS {
        let wxpay = wxpay.clone();
        calls.spawn(async move { class.call(&wxpay, &number.to_string()).await });
    }
    let mut ends = BTreeMap::new();
    for done in calls.join_all().await {
        *ends.entry(told(&done)).or_default() += 1;
    }
    let lists = |target: &str| target.starts_with("/v3/certificates");
    let arrived = stage.arrived_after(before);
    let attempts = arrived.iter().filter(|it| !lists(&it.target)).count();
    let newest = new.platform_certificates().last().expect("a certificate");
    let answers = stage.sandbox.requests().into_iter();
    let by_the_new = answers.filter(|it| {
        let mut headers = it.answer_headers.iter();
        let signed =
            headers.any(|header| *header == ("Wechatpay-Serial", newest.serial_no().into()));
        signed && !lists(&it.target)
    });
    let rotated = Rotated {
        attempts,
        by_the_new: by_the_new.count(),
        fetches: arrived.len() - attempts - 1,
        ends,
    };
    (rotated, new)
}

#[tokio::test]
async fn no_call_is_lost_nor_made_twice_when_certificates_change() {
    let stage = Stage::set().await;
    let mut keys = stage.sandbox.keys().clone();
    for class in Class::ALL {
        let (rotated, new) = rotate(&stage, class, &keys).await;
        assert_eq!(rotated.attempts, CALLS, "{class:?}");
        assert_eq!(rotated.by_the_new, CALLS - BEFORE, "{class:?}");
        assert_eq!(rotated.fetches, 1, "{class:?}");
        assert_eq!(rotated.ends, BTreeMap::from([("200".to_owned(), CALLS)]));
        keys = new;
    }
}
