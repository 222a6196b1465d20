//! What each attempt of a call meets.

use wechatpay_sandbox::{Fault, LineFault};

/// What one attempt meets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// A good answer.
    Fine,
    /// Nobody listens.
    Refused,
    /// A fault of the sandbox.
    Fault(Fault),
}

/// What the attempts of a call meet.
#[derive(Clone, Debug)]
pub(crate) enum Plan {
    /// One step after the other, then good answers.
    Steps(Vec<Step>),
    /// Each attempt the same.
    Always(Step),
    /// The first host is down, its backup serves.
    FirstHostDown,
}

impl Plan {
    /// What an attempt meets, by its number from 0 and by the place of its host.
    pub(crate) fn step(&self, attempt: usize, host: usize) -> Step {
        match self {
            Self::Steps(steps) => steps.get(attempt).cloned().unwrap_or(Step::Fine),
            Self::Always(step) => step.clone(),
            Self::FirstHostDown if host == 0 => Step::Refused,
            Self::FirstHostDown => Step::Fine,
        }
    }
}

impl Step {
    /// Whether an attempt hangs until the client's time for it is over.
    pub(crate) fn hangs(&self) -> bool {
        let Self::Fault(Fault::Line(fault)) = self else {
            return false;
        };
        matches!(fault, LineFault::Silent | LineFault::Slow { .. })
    }
}
