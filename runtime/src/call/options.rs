//! What hangs on a call.

use crate::retry::RetryPolicy;
use core::time::Duration;

/// The options of one call.
#[derive(Clone, Default)]
pub(super) struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) strict: bool,
    pub(super) unchecked: bool,
}
