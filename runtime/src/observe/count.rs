//! Attempts as metrics, through the `metrics` facade: whatever recorder the application installs gets them.

use super::Attempt;
use metrics::{Label, counter, histogram};

/// A counter of attempts, by method, path, host, status and end.
const ATTEMPTS: &str = "wechatpay_attempts_total";
/// A histogram of their durations in seconds, by the same.
const DURATION: &str = "wechatpay_attempt_duration_seconds";

pub(super) fn count(attempt: &Attempt<'_>) {
    let status = attempt.status.map_or_else(String::new, |it| it.to_string());
    // The path of a request that is not described may hold numbers without end, which no label should.
    let path = attempt.operation.map_or("(not described)", |it| it.path);
    let labels = vec![
        Label::from_static_parts("method", attempt.method),
        Label::from_static_parts("path", path),
        Label::new("host", attempt.origin.to_owned()),
        Label::new("status", status),
        Label::from_static_parts("end", attempt.end.name()),
    ];
    counter!(ATTEMPTS, labels.clone()).increment(1);
    histogram!(DURATION, labels).record(attempt.duration.as_secs_f64());
}
