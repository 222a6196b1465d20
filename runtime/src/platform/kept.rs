//! Which certificates stay when others come.

use super::answer::Opened;
use crate::credentials::{Certificate, PlatformKeys, is_same_serial};

/// For how long a certificate verifies that WeChat Pay no longer lists, in seconds: what it signed before may be on its way, and a signature is accepted
/// for 300 seconds.
const FAREWELL: u64 = 600;

/// A certificate that was fetched.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) opened: Opened,
    /// When it was first not listed.
    unlisted: Option<u64>,
}

impl Kept {
    #[inline]
    fn certificate(&self) -> &Certificate {
        &self.opened.certificate
    }

    #[inline]
    fn has_ended(&self, now: u64) -> bool {
        let (_, until) = self.certificate().validity();
        until < i64::try_from(now).unwrap_or(i64::MAX)
    }
}

/// The certificates after an answer: those that it lists, and those that it lists no longer until nothing of theirs can be on its way.
/// One that has ended goes where another has not.
#[inline]
pub(super) fn renewed(old: Vec<Kept>, listed: Vec<Opened>, now: u64) -> Vec<Kept> {
    let mut kept: Vec<Kept> = Vec::with_capacity(listed.len());
    for opened in listed {
        if !holds(&kept, &opened.certificate) {
            kept.push(Kept {
                opened,
                unlisted: None,
            });
        }
    }
    if kept.iter().any(|one| !one.has_ended(now)) {
        kept.retain(|one| !one.has_ended(now));
    }
    let leaving = old.into_iter().map(|one| Kept {
        unlisted: one.unlisted.or(Some(now)),
        ..one
    });
    for one in leaving {
        let since = one.unlisted.map_or(0, |since| now.abs_diff(since));
        if since < FAREWELL && !one.has_ended(now) && !holds(&kept, one.certificate()) {
            kept.push(one);
        }
    }
    kept
}

/// The keys that were given, and the certificates that are kept.
#[inline]
pub(super) fn keys(given: &PlatformKeys, kept: &[Kept]) -> PlatformKeys {
    kept.iter().fold(given.clone(), |keys, one| {
        let certificate = one.certificate();
        match (keys.find(certificate.serial_no()), one.unlisted) {
            (Some(_), _) => keys,
            (None, None) => keys.with_certificate(certificate.clone()),
            (None, Some(_)) => keys.with_retired(certificate),
        }
    })
}

/// When the certificate ends that ends last, in Unix seconds.
#[inline]
pub(super) fn last_end(kept: &[Kept]) -> i64 {
    let current = kept.iter().filter(|one| one.unlisted.is_none());
    let ends = current.map(|one| one.certificate().validity().1);
    ends.max().unwrap_or(i64::MAX)
}

/// What WeChat Pay lists, to be saved.
#[inline]
pub(super) fn listed(kept: &[Kept]) -> impl Iterator<Item = &Opened> {
    let listed = kept.iter().filter(|one| one.unlisted.is_none());
    listed.map(|one| &one.opened)
}

#[inline]
fn holds(kept: &[Kept], certificate: &Certificate) -> bool {
    let mut serials = kept.iter().map(|one| one.certificate().serial_no());
    serials.any(|serial| is_same_serial(serial, certificate.serial_no()))
}
