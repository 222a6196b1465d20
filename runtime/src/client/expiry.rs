//! The end of an API certificate, after which WeChat Pay refuses what is signed.

use crate::credentials::Certificate;
use crate::sign::SigningIdentity;
use core::time::Duration;
use std::time::SystemTime;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long before the end of a certificate it is warned of.
const NEAR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// When a certificate ends, and how long that is from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    expires_at: SystemTime,
    left: Duration,
}

impl Expiry {
    #[inline]
    pub(super) fn of(certificate: &Certificate, now: SystemTime) -> Self {
        let expires_at = certificate.expires_at();
        let left = expires_at.duration_since(now).unwrap_or_default();
        Self { expires_at, left }
    }

    /// When the certificate ends.
    #[inline]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// The time until then; zero after it.
    #[inline]
    pub fn left(&self) -> Duration {
        self.left
    }

    /// The whole days until then; zero on the last day, and after it.
    #[inline]
    pub fn days_left(&self) -> u64 {
        self.left.as_secs() / DAY.as_secs()
    }

    /// Whether the certificate has ended.
    #[inline]
    pub fn is_over(&self) -> bool {
        self.left.is_zero()
    }

    /// Whether it ends within 30 days, or has ended.
    #[inline]
    pub fn is_near(&self) -> bool {
        self.left <= NEAR
    }
}

/// Tells the log where an identity's certificate is near its end.
#[inline]
pub(super) fn warn(signer: &SigningIdentity, now: SystemTime) {
    let certificate = signer.certificate.as_ref();
    let Some(expiry) = certificate.map(|certificate| Expiry::of(certificate, now)) else {
        return;
    };
    let (id, serial_no) = (signer.id.as_str(), signer.serial_no.as_str());
    if expiry.is_over() {
        tracing::warn!(
            id,
            serial_no,
            "the API certificate has ended: WeChat Pay refuses what it signs; renew it on the merchant platform"
        );
    } else if expiry.is_near() {
        let days_left = expiry.days_left();
        tracing::warn!(
            id,
            serial_no,
            days_left,
            "the API certificate ends soon: renew it on the merchant platform"
        );
    }
}
