//! How a client behaves: what a builder sets and a client keeps as it is.

use super::addresses::Served;
use super::{Clock, Nonces};
use crate::call::OpenRemotely;
use crate::credentials::{Apiv2Key, Apiv3Key};
use crate::observe::Observer;
#[cfg(feature = "rate-limit")]
use crate::retry::RateLimits;
use crate::retry::{CircuitBreaker, Circuits, RetryPolicy};
use core::time::Duration;
use std::sync::Arc;
use std::time::SystemTime;

/// How a client behaves. The builder hands it on whole.
pub(crate) struct Conduct {
    pub(crate) apiv3_key: Option<Apiv3Key>,
    pub(crate) apiv2_key: Option<Apiv2Key>,
    pub(super) addresses: Option<Box<dyn Served>>,
    pub(crate) timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) circuits: Circuits,
    #[cfg(feature = "rate-limit")]
    pub(crate) rate_limits: RateLimits,
    pub(crate) strict: bool,
    pub(crate) max_reply_bytes: usize,
    pub(crate) clock: Clock,
    pub(crate) nonces: Option<Nonces>,
    pub(crate) observers: Vec<Observer>,
    /// Opens the encrypted fields of replies, where a signer does.
    pub(crate) opening: Option<OpenRemotely>,
}

impl Conduct {
    /// The defaults.
    #[inline(never)]
    pub(super) fn new() -> Box<Self> {
        Box::new(Self {
            apiv3_key: None,
            apiv2_key: None,
            addresses: None,
            timeout: Duration::from_secs(30),
            retry: RetryPolicy::new(),
            circuits: Circuits::new(CircuitBreaker::new()),
            #[cfg(feature = "rate-limit")]
            rate_limits: RateLimits::default(),
            strict: false,
            max_reply_bytes: 16 * 1024 * 1024,
            clock: Arc::new(SystemTime::now),
            nonces: None,
            observers: Vec::new(),
            opening: None,
        })
    }
}
