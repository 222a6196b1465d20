//! Whether a request may be sent again after what became of it.

use super::{ErrorKind, Outcome, ServerError, TransportFailure};
use crate::operation::Repeatable;
use crate::verify::VerificationFailure;

/// Whether, and how, a request may be sent again. The operation has its say: what may have been carried out already is sent again only
/// where that cannot do it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retryable {
    /// Not at all: it would do no good, or might do the same thing twice. Where the outcome is unknown, query first.
    Never,
    /// The same request, with the same numbers, the same body and the same [`idempotency_key`](super::Error::idempotency_key) (if it
    /// has one), freshly signed, after a pause.
    SameRequest,
    /// As [`Retryable::SameRequest`], but not before the wait that the server asks for: it was asked too often, or the client keeps a rate.
    AfterWait,
    /// The same request, at once and at a backup host too: no byte of it was sent. The client itself may fail
    /// alike for some seconds more, while it leaves all hosts alone or fetches the platform's keys no sooner again.
    AnyHost,
}

/// How an attempt failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed<'e> {
    pub(crate) kind: &'e ErrorKind,
    pub(crate) outcome: Outcome,
    /// The status, where there was a reply.
    pub(crate) status: Option<u16>,
    /// The server's code, where its reply has one.
    pub(crate) code: Option<&'e str>,
    /// Why an error of the server's cannot be trusted, where its signature was refused.
    pub(crate) distrust: Option<&'e VerificationFailure>,
}

/// Decides by the protocol's table. Where a request leaves out the number by which it could be repeated, or is not described, the
/// caller gives [`Repeatable::Never`]: then only what `reads` (a `GET`) is known to be safe.
pub(crate) fn retryable(reads: bool, repeatable: Repeatable, failed: Failed<'_>) -> Retryable {
    // What never left can be done only once.
    if failed.outcome == Outcome::NotSent || is_safe(reads, repeatable) {
        after(failed)
    } else {
        Retryable::Never
    }
}

/// Whether an operation that was carried out already may be sent again.
fn is_safe(reads: bool, repeatable: Repeatable) -> bool {
    match repeatable {
        Repeatable::By(_) | Repeatable::Key => true,
        Repeatable::Never => reads,
    }
}

/// What a failure allows, as far as the operation does too.
fn after(failed: Failed<'_>) -> Retryable {
    match failed.kind {
        ErrorKind::Transport(failure) => match after_break(*failure) {
            Retryable::SameRequest if failed.outcome == Outcome::NotSent => Retryable::AnyHost,
            again => again,
        },
        ErrorKind::PlatformKeys if failed.outcome == Outcome::NotSent => Retryable::AnyHost,
        ErrorKind::RateLimited => Retryable::AfterWait,
        ErrorKind::Server => after_refusal(failed),
        ErrorKind::Verification(failure) => after_distrust(failure),
        // The same request would be refused, or its answer be read, in the same way again. A remote signer knows best whether to
        // ask its service again.
        ErrorKind::Configuration
        | ErrorKind::Signing
        | ErrorKind::PlatformKeys
        | ErrorKind::Validation
        | ErrorKind::Decoding
        | ErrorKind::Drift
        | ErrorKind::Paging
        | ErrorKind::Download(_)
        | ErrorKind::MissingField(_) => Retryable::Never,
    }
}

fn after_break(failure: TransportFailure) -> Retryable {
    match failure {
        TransportFailure::Connect
        | TransportFailure::Timeout
        | TransportFailure::Interrupted
        | TransportFailure::CircuitOpen => Retryable::SameRequest,
        // The next answer is as long, and the request the same.
        TransportFailure::TooLarge | TransportFailure::Unsendable => Retryable::Never,
    }
}

fn after_refusal(failed: Failed<'_>) -> Retryable {
    match failed.status {
        Some(429) => Retryable::AfterWait,
        Some(500..=599) => Retryable::SameRequest,
        _ if failed.code.is_some_and(ServerError::is_inside) => Retryable::SameRequest,
        _ => failed.distrust.map_or(Retryable::Never, after_distrust),
    }
}

/// A reply that nobody can trust is no answer. Another try helps where the next reply may be a better one: after a probe, after
/// damage on the way, and with a key that was fetched in the meantime. It does not where our side is set up wrongly.
fn after_distrust(failure: &VerificationFailure) -> Retryable {
    match failure {
        VerificationFailure::Probe
        | VerificationFailure::BadSignature
        | VerificationFailure::OtherScheme { .. }
        | VerificationFailure::UnknownSerial(_)
        | VerificationFailure::MissingHeader(_)
        | VerificationFailure::MalformedHeader(_) => Retryable::SameRequest,
        VerificationFailure::ClockSkew { .. } | VerificationFailure::MerchantSerial(_) => {
            Retryable::Never
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Algorithm;
    use crate::operation::Method;

    const BY_NUMBER: (Method, Repeatable) = (Method::Post, Repeatable::By("out_trade_no"));
    const BY_KEY: (Method, Repeatable) = (Method::Post, Repeatable::Key);
    const READ: (Method, Repeatable) = (Method::Get, Repeatable::Never);
    const ONCE: [(Method, Repeatable); 4] = [
        (Method::Post, Repeatable::Never),
        (Method::Put, Repeatable::Never),
        (Method::Patch, Repeatable::Never),
        (Method::Delete, Repeatable::Never),
    ];
    const SAFE: [(Method, Repeatable); 3] = [READ, BY_NUMBER, BY_KEY];

    fn broken(failure: TransportFailure, outcome: Outcome) -> (ErrorKind, Outcome) {
        (ErrorKind::Transport(failure), outcome)
    }

    fn decide(
        (method, repeatable): (Method, Repeatable),
        (kind, outcome): &(ErrorKind, Outcome),
        status: Option<u16>,
        code: Option<&str>,
    ) -> Retryable {
        let failed = Failed {
            kind,
            outcome: *outcome,
            status,
            code,
            distrust: None,
        };
        retryable(method == Method::Get, repeatable, failed)
    }

    #[test]
    fn what_never_left_may_go_anywhere() {
        let refused = broken(TransportFailure::Connect, Outcome::NotSent);
        let keyless = (ErrorKind::PlatformKeys, Outcome::NotSent);
        for operation in SAFE.into_iter().chain(ONCE) {
            for failed in [&refused, &keyless] {
                let decided = decide(operation, failed, None, None);
                assert_eq!(decided, Retryable::AnyHost, "{operation:?}");
            }
        }
    }

    #[test]
    fn what_was_sent_is_sent_again_only_where_that_cannot_do_it_twice() {
        for failure in [
            TransportFailure::Connect,
            TransportFailure::Timeout,
            TransportFailure::Interrupted,
        ] {
            let sent = broken(failure, Outcome::Unknown);
            for operation in SAFE {
                let decided = decide(operation, &sent, None, None);
                assert_eq!(decided, Retryable::SameRequest, "{operation:?}");
            }
            for operation in ONCE {
                assert_eq!(decide(operation, &sent, None, None), Retryable::Never);
            }
        }
    }

    #[test]
    fn statuses_and_codes_decide_as_the_protocol_says() {
        use Retryable::{AfterWait, Never, SameRequest};
        let cases = [
            (500, None, SameRequest),
            (502, None, SameRequest),
            (503, Some("SYSTEM_ERROR"), SameRequest),
            (400, Some("SYSTEM_ERROR"), SameRequest),
            (403, Some("SYSTEMERROR"), SameRequest),
            (429, Some("FREQUENCY_LIMITED"), AfterWait),
            (429, Some("SYSTEM_ERROR"), AfterWait),
            (429, None, AfterWait),
            (400, Some("PARAM_ERROR"), Never),
            (401, Some("SIGN_ERROR"), Never),
            (404, None, Never),
            (302, None, Never),
        ];
        let answered = (ErrorKind::Server, Outcome::Answered);
        for (status, code, expected) in cases {
            for operation in SAFE {
                let decided = decide(operation, &answered, Some(status), code);
                assert_eq!(decided, expected, "{operation:?} {status} {code:?}");
            }
            for operation in ONCE {
                assert_eq!(
                    decide(operation, &answered, Some(status), code),
                    Never,
                    "{operation:?} {status} {code:?}"
                );
            }
        }
    }

    #[test]
    fn replies_that_cannot_be_trusted_are_no_answers() {
        let skew = VerificationFailure::ClockSkew {
            sent: 1,
            now: 1_000,
        };
        let cases = [
            (VerificationFailure::Probe, Retryable::SameRequest),
            (VerificationFailure::BadSignature, Retryable::SameRequest),
            (
                VerificationFailure::OtherScheme {
                    named: "RSA".to_owned(),
                    key: Algorithm::Rsa,
                },
                Retryable::SameRequest,
            ),
            (
                VerificationFailure::UnknownSerial("1A".to_owned()),
                Retryable::SameRequest,
            ),
            (
                VerificationFailure::MerchantSerial("1A".to_owned()),
                Retryable::Never,
            ),
            (skew, Retryable::Never),
        ];
        for (failure, expected) in cases {
            let rejected = (ErrorKind::Verification(failure), Outcome::Unknown);
            for operation in SAFE {
                assert_eq!(decide(operation, &rejected, Some(200), None), expected);
            }
            for operation in ONCE {
                let decided = decide(operation, &rejected, Some(200), None);
                assert_eq!(decided, Retryable::Never);
            }
        }
    }

    #[test]
    fn what_may_have_been_sent_is_not_tried_elsewhere_for_want_of_a_key() {
        for outcome in [Outcome::Answered, Outcome::Unknown] {
            let keyless = (ErrorKind::PlatformKeys, outcome);
            for operation in SAFE.into_iter().chain(ONCE) {
                let decided = decide(operation, &keyless, None, None);
                assert_eq!(decided, Retryable::Never, "{operation:?}");
            }
        }
    }

    #[test]
    fn what_had_no_time_to_be_sent_may_be_sent() {
        let late = broken(TransportFailure::Timeout, Outcome::NotSent);
        let hurried = (ErrorKind::RateLimited, Outcome::NotSent);
        for operation in SAFE.into_iter().chain(ONCE) {
            let decided = decide(operation, &late, None, None);
            assert_eq!(decided, Retryable::AnyHost, "{operation:?}");
            let decided = decide(operation, &hurried, None, None);
            assert_eq!(decided, Retryable::AfterWait, "{operation:?}");
        }
    }

    #[test]
    fn a_refusal_that_cannot_be_trusted_is_no_answer_either() {
        use Retryable::{AfterWait, Never, SameRequest};
        let skew = VerificationFailure::ClockSkew {
            sent: 1,
            now: 1_000,
        };
        for (status, failure, expected) in [
            (404, &VerificationFailure::Probe, SameRequest),
            (400, &VerificationFailure::BadSignature, SameRequest),
            (429, &VerificationFailure::BadSignature, AfterWait),
            (404, &skew, Never),
            (500, &skew, SameRequest),
        ] {
            let decide = |(method, repeatable)| {
                let failed = Failed {
                    kind: &ErrorKind::Server,
                    outcome: Outcome::Unknown,
                    status: Some(status),
                    code: None,
                    distrust: Some(failure),
                };
                retryable(method == Method::Get, repeatable, failed)
            };
            for operation in SAFE {
                assert_eq!(decide(operation), expected, "{status} {failure}");
            }
            for operation in ONCE {
                assert_eq!(decide(operation), Never);
            }
        }
    }

    #[test]
    fn what_will_fail_alike_is_never_tried_again() {
        let kinds = [
            ErrorKind::Configuration,
            ErrorKind::Validation,
            ErrorKind::Decoding,
            ErrorKind::Drift,
            ErrorKind::Transport(TransportFailure::TooLarge),
            ErrorKind::Transport(TransportFailure::Unsendable),
        ];
        for kind in kinds {
            for outcome in [Outcome::NotSent, Outcome::Answered, Outcome::Unknown] {
                let failed = (kind.clone(), outcome);
                assert_eq!(decide(READ, &failed, None, None), Retryable::Never);
            }
        }
    }
}
