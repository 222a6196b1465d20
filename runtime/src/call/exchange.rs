//! Sends a request as often as it may and need be sent: the same for every call.

use super::attempt::attempt;
use super::outgoing::Outgoing;
use crate::client::Client;
use crate::error::{CallName, Error, ErrorKind, Outcome, Report, Retryable, TransportFailure};
use crate::excerpt::told;
use crate::observe::Watch;
use crate::operation::{Method, Repeatable};
use crate::retry::{Hosts, RetryPolicy, Turn, Waits};
use crate::transport::{Incoming, least_of, left_of};
use crate::verify::Read;
use core::pin::pin;
use core::time::Duration;
use tracing::Instrument;

/// Sends a request until a reply of success came, nothing more may be tried, or its time is over. Tells how many attempts it took.
///
/// # Errors
/// How the last attempt failed, with what is known of the outcome of all.
pub(super) async fn exchange(client: &Client, outgoing: &Outgoing) -> Result<(Read, u32), Error> {
    exchange_head(client, outgoing, None).await
}

/// The same; where there is a place for the rest, the body of a reply of success is put there unread, and the reply is its head alone.
///
/// # Errors
/// As [`exchange`].
pub(super) async fn exchange_head(
    client: &Client,
    outgoing: &Outgoing,
    mut rest: Option<&mut Option<Incoming>>,
) -> Result<(Read, u32), Error> {
    let inner = client.inner();
    let policy = outgoing.retry.as_ref().unwrap_or(&inner.retry);
    let timeout = outgoing.timeout.unwrap_or(inner.timeout);
    let left = || left_of(timeout, outgoing.began);
    let least = least_of(timeout);
    let mut hosts = Hosts::new(match &outgoing.link {
        Some(origin) => vec![origin.as_str()],
        None => client.origins(outgoing.host, policy.uses_backup_hosts()),
    });
    let mut course = Course::new(policy, outgoing.method);
    loop {
        let unknown = course.may_have_been_carried_out();
        let Some(mut turn) = hosts.admitted(&inner.circuits, client.time(), unknown) else {
            return Err(course.left_alone(outgoing));
        };
        #[cfg(feature = "rate-limit")]
        {
            let mut waiting = course.waiting(&outgoing.name);
            let has_turn = has_turn(client, outgoing, || left().saturating_sub(least)).await;
            waiting.unknown = false;
            if !has_turn {
                return Err(course.over_the_rate(outgoing));
            }
        }
        if left() <= least {
            return Err(course.end(outgoing));
        }
        course.attempts += 1;
        let patience = left();
        let limit = patience.min(policy.limit_of_an_attempt());
        let patience = match course.waits_to_the_end(outgoing) {
            true => patience,
            false => limit,
        };
        let number = course.attempts;
        let mut watch = Watch::begin(client, outgoing, turn.origin, number, unknown);
        let span = watch.span();
        let rest = rest.as_deref_mut();
        let made = {
            let (turn, watch) = (&mut turn, &mut watch);
            // Pinned where it is made, or the future of a call would have room for it twice.
            let attempt = pin!(attempt(
                client, outgoing, turn, limit, patience, watch, rest
            ));
            attempt.instrument(span).await
        };
        watch.end(&made);
        note(&turn, client, &made);
        drop(turn);
        let error = match made {
            Ok(read) => return Ok((read, course.attempts)),
            Err(error) => error,
        };
        let wait = course.after(client, &error, &mut hosts);
        course.last = Some(error);
        match wait {
            Some(wait) if wait < left().saturating_sub(least) => {
                if !wait.is_zero() {
                    let mut waiting = course.waiting(&outgoing.name);
                    inner.transport.sleep(wait).await;
                    waiting.unknown = false;
                }
            }
            _ => return Err(course.end(outgoing)),
        }
    }
}

/// Waits until the operation is under its rate; `false` where the call has no time for that and an attempt.
#[cfg(feature = "rate-limit")]
async fn has_turn(client: &Client, outgoing: &Outgoing, left: impl Fn() -> Duration) -> bool {
    let inner = client.inner();
    loop {
        let wait = inner.rate_limits.wait(outgoing.method, &outgoing.name.path);
        if wait.is_zero() {
            return true;
        }
        if wait >= left() {
            return false;
        }
        inner.transport.sleep(wait).await;
    }
}

/// Remembers of a host whether it answers.
fn note(turn: &Turn<'_>, client: &Client, made: &Result<Read, Error>) {
    match made {
        Ok(_) => turn.answered(),
        Err(error) if error.status().is_some() => turn.answered(),
        Err(error) => match error.kind() {
            ErrorKind::Transport(TransportFailure::Connect) => turn.unreached(client.time()),
            ErrorKind::Transport(TransportFailure::Timeout) => turn.silent(client.time()),
            _ => {}
        },
    }
}

/// A call between two attempts. Where the application drops it there, nobody gets the error of the attempt that may have been carried
/// out, so the log tells it.
struct Waiting<'n> {
    name: &'n CallName,
    unknown: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.unknown {
            tracing::warn!(
                method = self.name.method,
                path = &*self.name.path,
                outcome = %Outcome::Unknown,
                "a call was dropped while it waited to be tried again: the outcome is unknown"
            );
        }
    }
}

/// What became of one call so far.
struct Course<'p> {
    policy: &'p RetryPolicy,
    reads: bool,
    attempts: u32,
    waits: Option<Waits>,
    /// Whether an earlier attempt than the last one may have been carried out.
    unknown: bool,
    last: Option<Error>,
}

impl<'p> Course<'p> {
    fn new(policy: &'p RetryPolicy, method: Method) -> Self {
        Self {
            policy,
            reads: method == Method::Get,
            attempts: 0,
            waits: None,
            unknown: false,
            last: None,
        }
    }

    /// Whether an attempt that ended may have been carried out, and the call is a write.
    fn may_have_been_carried_out(&self) -> bool {
        self.unknown && !self.reads
    }

    /// Whether no other attempt may follow one that was sent and not answered.
    fn waits_to_the_end(&self, outgoing: &Outgoing) -> bool {
        let once = matches!(outgoing.name.repeatable, Repeatable::Never);
        self.attempts >= self.policy.most_attempts() || (once && !self.reads)
    }

    fn waiting<'n>(&self, name: &'n CallName) -> Waiting<'n> {
        Waiting {
            name,
            unknown: self.may_have_been_carried_out(),
        }
    }

    /// How long to wait before the next attempt; `None` where there is none. Turns to another host where the request never left.
    fn after(&mut self, client: &Client, error: &Error, hosts: &mut Hosts<'_>) -> Option<Duration> {
        let more = self.attempts < self.policy.most_attempts();
        let again = error.retryable();
        if !more || again == Retryable::Never {
            return None;
        }
        self.unknown |= error.outcome() == Outcome::Unknown;
        if again == Retryable::AnyHost && !hosts.turn() {
            return Some(Duration::ZERO);
        }
        let waits = self.waits.get_or_insert_with(|| Waits::new(self.policy));
        Some(waits.next(error.headers(), client.time()))
    }

    /// The error of a call that has no time to wait for its turn.
    #[cfg(feature = "rate-limit")]
    fn over_the_rate(mut self, outgoing: &Outgoing) -> Error {
        if self.last.is_none() {
            let text = "the operation is over the rate that the client keeps, and the call has no time to wait";
            let report = Report::new(ErrorKind::RateLimited, Outcome::NotSent, text);
            self.last = Some(report.call(&outgoing.name).into());
        }
        self.end(outgoing)
    }

    /// The error of a call all of whose hosts are left alone.
    fn left_alone(mut self, outgoing: &Outgoing) -> Error {
        if self.last.is_none() {
            let failure = TransportFailure::CircuitOpen;
            let kind = ErrorKind::Transport(failure);
            let report = Report::new(kind, Outcome::NotSent, told(&failure));
            self.last = Some(report.call(&outgoing.name).into());
        }
        self.end(outgoing)
    }

    /// The last error. A write that an earlier attempt may have carried out has an unknown outcome, whatever was said of a later one.
    fn end(self, outgoing: &Outgoing) -> Error {
        let unknown = self.may_have_been_carried_out();
        match self.last {
            Some(error) => error.after_attempts(self.attempts, unknown),
            None => {
                let kind = ErrorKind::Transport(TransportFailure::Timeout);
                let report = Report::new(
                    kind,
                    Outcome::NotSent,
                    "too little time was left to make an attempt",
                );
                report.call(&outgoing.name).into()
            }
        }
    }
}
