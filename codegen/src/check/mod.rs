//! tmp
use crate::{diagnostic::Diagnostic, read::Spec};
pub(crate) fn check(_: &Spec) -> Vec<Diagnostic> {
    Vec::new()
}
