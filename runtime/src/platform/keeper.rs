//! The task that fetches certificates in time where no call does: a service may be idle for a day, or take notifications only.

use super::renewal::{Next, Renewal};
use crate::transport::BoxFuture;
use futures_util::FutureExt;
use futures_util::future::{AbortHandle, abortable};
use std::sync::Weak;

/// The task, and what ends it. It keeps no renewal alive.
#[inline]
pub(super) fn keeper(renewal: Weak<Renewal>) -> (BoxFuture<'static, ()>, AbortHandle) {
    let left = Left(renewal.clone());
    let (task, handle) = abortable(async move {
        let _left = left;
        keep(renewal).await;
    });
    (Box::pin(task.map(drop)), handle)
}

#[inline]
async fn keep(renewal: Weak<Renewal>) {
    loop {
        let Some(next) = renewal.upgrade().map(|renewal| renewal.next()) else {
            return;
        };
        match next {
            Next::Due(sleep) => sleep.await,
            // A failure is in the log, and in the plan.
            Next::Fetched(fetching) => drop(fetching.await),
        }
    }
}

/// Tells that the task is no more, however it ended.
struct Left(Weak<Renewal>);

impl Drop for Left {
    #[inline]
    fn drop(&mut self) {
        if let Some(renewal) = self.0.upgrade() {
            renewal.keeper_left();
        }
    }
}
