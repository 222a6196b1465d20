//! What is wrong with the arguments of a builder.

use crate::error::{Error, Report};
use core::fmt;

/// An argument's name, and what is wrong with it.
pub(crate) type Fault = (&'static str, String);

/// All that is wrong.
#[derive(Default)]
pub(super) struct Faults {
    noted: Vec<Fault>,
    /// Forgets what is noted of an argument: only what a configuration got wrong is made good by giving it again.
    forget: Option<fn(&mut Vec<Fault>, &str)>,
}

impl Faults {
    /// Notes what is wrong with an argument. It is a function of its own, and takes what `format_args!` makes, since it is called very often.
    #[cold]
    #[inline(never)]
    pub(super) fn note(&mut self, argument: &'static str, fault: fmt::Arguments<'_>) {
        self.noted.push((argument, std::fmt::format(fault)));
    }

    /// Whether something is wrong with an argument already.
    #[inline(never)]
    pub(super) fn tell_of(&self, argument: &str) -> bool {
        self.noted.iter().any(|(name, _)| *name == argument)
    }

    /// Takes note that all that was noted is a configuration's: what is given from now on goes before it.
    #[inline]
    pub(super) fn are_configured(&mut self) {
        self.forget = Some(|noted, argument| noted.retain(|(name, _)| *name != argument));
    }

    /// Takes note that an argument is given. It is called by every setter.
    #[inline(never)]
    pub(super) fn anew(&mut self, argument: &str) {
        if let Some(forget) = self.forget {
            forget(&mut self.noted, argument);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.noted.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.noted.is_empty()
    }

    /// Takes others in.
    pub(super) fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.noted.extend(faults);
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [Fault] {
        &mut self.noted
    }

    /// One error for all mistakes, named after the first.
    #[cold]
    #[inline(never)]
    pub(super) fn error(&self) -> Error {
        let mut faults = self.noted.iter();
        let (argument, first) = match faults.next() {
            Some((argument, fault)) => (*argument, fault.as_str()),
            None => ("http_client", "the HTTP client could not be built"),
        };
        let mut text = first.to_owned();
        for (name, fault) in faults {
            for part in ["; `", name, "`: ", fault] {
                text.push_str(part);
            }
        }
        Report::configuration(argument, &text).into()
    }
}
