//! Calls that the application drops while they are in flight.

use crate::class::Class;
use crate::plan::{Plan, Step};
use crate::run::Stage;
use crate::transport::Played;
use std::sync::Arc;
use wechatpay_openapi::RetryPolicy;
use wechatpay_sandbox::{Arrival, End, LineFault, Reached};

#[tokio::test]
async fn a_dropped_call_had_arrived_and_is_not_sent_again() {
    let stage = Stage::set().await;
    for class in Class::ALL {
        let plan = Plan::Always(Step::Fault(LineFault::Silent.into()));
        let transport = Played::new(Arc::clone(&stage.sandbox), plan);
        let wxpay = stage.client(transport, RetryPolicy::new());
        let before = stage.last_arrival();
        let arrived = || stage.arrived_after(before);
        tokio::select! {
            biased;
            () = until(|| arrived().iter().any(|it| it.reached == Reached::Whole)) => {}
            done = class.call(&wxpay, "1") => panic!("it ended: {done:?}"),
        }
        until(|| arrived().iter().all(|it| it.end != End::Underway)).await;
        let arrived = arrived();
        assert_eq!(arrived.len(), 1, "{class:?}");
        assert_eq!(arrived[0].end, End::ClientLeft);
    }
}

#[tokio::test]
async fn a_call_that_is_dropped_before_it_is_polled_is_not_sent() {
    let stage = Stage::set().await;
    let plan = Plan::Always(Step::Fine);
    let transport = Played::new(Arc::clone(&stage.sandbox), plan);
    let wxpay = stage.client(transport.clone(), RetryPolicy::new());
    drop(Class::Once.call(&wxpay, "1"));
    assert!(Class::Read.call(&wxpay, "1").await.is_ok());
    let arrivals = stage.sandbox.arrivals();
    let methods: Vec<_> = arrivals
        .iter()
        .map(|it: &Arrival| it.method.as_str())
        .collect();
    assert_eq!(methods, ["GET"]);
    assert_eq!(transport.course().hosts, [0]);
}

async fn until(holds: impl Fn() -> bool) {
    while !holds() {
        tokio::task::yield_now().await;
    }
}
