//! What goes wrong between a client and WeChat Pay, as data.
//!
//! [`Faults`] says which requests meet which [`Fault`]. The rest is done in three places: a [`LineFault`] to the connection's
//! bytes, an [`AnswerFault`] to the answer before it is signed, a [`SignatureFault`] to its signature. A [`Rotation`] is no fault of the
//! request that meets it: from then on other keys are played with. A host that is down is
//! no fault of a request: see [`Sandbox::shut`](crate::Sandbox::shut).
//!
//! Faults hide no mistake of the client: a request that the sandbox refuses is answered by its refusal, whatever fault stands
//! in the queue, unless the fault breaks the connection before.

pub(crate) mod answer;
pub(crate) mod line;
mod rotation;
mod schedule;
pub(crate) mod signature;

pub use answer::{AnswerFault, RetryAfter};
pub use line::LineFault;
pub use rotation::Rotation;
pub use schedule::Faults;
pub use signature::SignatureFault;

/// What a request meets in place of a good answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The bytes do not come through.
    Line(LineFault),
    /// The answer is another.
    Answer(AnswerFault),
    /// The answer is good, its signature is not.
    Signature(SignatureFault),
    /// The platform's certificates change, for this request and all that follow.
    Rotation(Rotation),
}

impl From<LineFault> for Fault {
    fn from(fault: LineFault) -> Self {
        Self::Line(fault)
    }
}

impl From<AnswerFault> for Fault {
    fn from(fault: AnswerFault) -> Self {
        Self::Answer(fault)
    }
}

impl From<SignatureFault> for Fault {
    fn from(fault: SignatureFault) -> Self {
        Self::Signature(fault)
    }
}

impl From<Rotation> for Fault {
    fn from(rotation: Rotation) -> Self {
        Self::Rotation(rotation)
    }
}
