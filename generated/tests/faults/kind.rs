//! The faults of the table, with the names that they have there.

use crate::plan::Step;
use std::time::Duration;
use wechatpay_sandbox::{AnswerFault, Fault, LineFault, RetryAfter, SignatureFault};

/// The longest reply that the client takes, in bytes.
pub(crate) const LONGEST_REPLY: usize = 64 * 1024;

/// How many seconds `Retry-After` asks for.
pub(crate) const RETRY_AFTER: u64 = 7;

/// All faults of single attempts.
pub(crate) fn kinds() -> Vec<(&'static str, Step)> {
    let seconds = RetryAfter::Seconds(RETRY_AFTER);
    let date = RetryAfter::Date(RETRY_AFTER);
    let pause = Duration::from_millis(50);
    let frequent = AnswerFault::error(429, "FREQUENCY_LIMITED");
    let exceeded = AnswerFault::error(429, "RATELIMIT_EXCEEDED");
    let faults: Vec<(&str, Fault)> = vec![
        ("accepted, then closed at once", LineFault::Closed.into()),
        (
            "reset while the request is read",
            LineFault::ResetOnHead.into(),
        ),
        ("reset before the answer", LineFault::ResetUnanswered.into()),
        (
            "reset within the answer",
            LineFault::ResetWithinAnswer.into(),
        ),
        ("reset after the answer", LineFault::ResetAnswered.into()),
        ("no answer in time", LineFault::Silent.into()),
        ("an answer of slow bytes", LineFault::Slow { pause }.into()),
        ("half a body", LineFault::HalfBody.into()),
        ("`Content-Length` too long", LineFault::LengthTooLong.into()),
        (
            "`Content-Length` too short",
            LineFault::LengthTooShort.into(),
        ),
        ("302, a gateway's page", AnswerFault::page(302).into()),
        (
            "400 `PARAM_ERROR`",
            AnswerFault::error(400, "PARAM_ERROR").into(),
        ),
        (
            "400 `SYSTEM_ERROR`",
            AnswerFault::error(400, "SYSTEM_ERROR").into(),
        ),
        ("404, a gateway's page", AnswerFault::page(404).into()),
        ("429 `FREQUENCY_LIMITED`", frequent.clone().into()),
        (
            "429 with `Retry-After` in seconds",
            exceeded.clone().with_retry_after(seconds).into(),
        ),
        (
            "429 with `Retry-After` as a date",
            exceeded.with_retry_after(date).into(),
        ),
        (
            "500 `SYSTEM_ERROR`",
            AnswerFault::error(500, "SYSTEM_ERROR").into(),
        ),
        ("500 without a code", AnswerFault::WithoutCode.into()),
        ("502, a gateway's page", AnswerFault::page(502).into()),
        (
            "503 with `Retry-After`",
            AnswerFault::page(503).with_retry_after(seconds).into(),
        ),
        ("a wrong signature", SignatureFault::Wrong.into()),
        (
            "a stale timestamp",
            SignatureFault::Stale { seconds: -301 - 60 }.into(),
        ),
        (
            "a timestamp to come",
            SignatureFault::Stale { seconds: 301 + 60 }.into(),
        ),
        (
            "an unknown serial number",
            SignatureFault::UnknownSerial.into(),
        ),
        ("no signature", SignatureFault::Missing.into()),
        ("a probe (`SIGNTEST`)", SignatureFault::Probe.into()),
        ("half a body, signed", AnswerFault::Garbled.into()),
        (
            "a body too large",
            AnswerFault::Padded {
                bytes: LONGEST_REPLY,
            }
            .into(),
        ),
    ];
    let faults = faults.into_iter();
    let faults = faults.map(|(name, fault)| (name, Step::Fault(fault)));
    [("connection refused", Step::Refused)]
        .into_iter()
        .chain(faults)
        .collect()
}

/// How long an answer asks the client to wait.
pub(crate) fn asked_wait(step: &Step) -> Option<Duration> {
    let Step::Fault(Fault::Answer(fault)) = step else {
        return None;
    };
    let (AnswerFault::Error { retry_after, .. } | AnswerFault::Page { retry_after, .. }) = fault
    else {
        return None;
    };
    match (*retry_after)? {
        RetryAfter::Seconds(seconds) => Some(Duration::from_secs(seconds)),
        // Dates have whole seconds: up to one of them was over when it was written.
        RetryAfter::Date(seconds) => Some(Duration::from_secs(seconds - 1)),
    }
}

/// Runs of different faults: what an earlier attempt may have done stays in the last one's error.
pub(crate) fn mixtures() -> Vec<(&'static str, Vec<Step>)> {
    let step = |fault: Fault| Step::Fault(fault);
    let reset = || step(LineFault::ResetUnanswered.into());
    let silent = || step(LineFault::Silent.into());
    let wrong = || step(SignatureFault::Wrong.into());
    let refused = || Step::Refused;
    let error = |status, code| step(AnswerFault::error(status, code).into());
    let limited = || error(429, "FREQUENCY_LIMITED");
    let bad = || error(400, "PARAM_ERROR");
    vec![
        ("refused, then a reset", vec![refused(), reset()]),
        ("a reset, then refused", vec![reset(), refused()]),
        (
            "a reset, then refused by all",
            vec![reset(), refused(), refused()],
        ),
        (
            "no answer in time, then 400 `PARAM_ERROR`",
            vec![silent(), bad()],
        ),
        ("429, then 400 `PARAM_ERROR`", vec![limited(), bad()]),
        (
            "500 `SYSTEM_ERROR`, then 429 twice",
            vec![error(500, "SYSTEM_ERROR"), limited(), limited()],
        ),
        (
            "a wrong signature, then 404 `ORDER_NOT_EXIST`",
            vec![wrong(), error(404, "ORDER_NOT_EXIST")],
        ),
        ("refused, then 400 `PARAM_ERROR`", vec![refused(), bad()]),
        (
            "429, then refused by all",
            vec![limited(), refused(), refused()],
        ),
    ]
}
