//! Calls without async: [`Call::send_blocking`], [`RawRequest::send_blocking`], and [`block_on`] for all else.
//!
//! One small runtime with a thread of its own drives the connections of all blocking calls in the process. It is started by the first of
//! them. Within an async runtime these functions refuse to block, since that would stop its other tasks; there a call is awaited. The
//! threads of tokio's `spawn_blocking` belong to a runtime too: there `Handle::current().block_on(call.into_future())` waits for a call.

use crate::call::{Call, RawReply, RawRequest};
use crate::error::{Error, Report};
use crate::reply::Reply;
use crate::value::Value;
use core::future::Future;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waits for a future on this thread.
///
/// ```
/// let three = wechatpay_runtime::blocking::block_on(async { 1 + 2 })?;
/// assert_eq!(three, 3);
/// # Ok::<(), wechatpay_runtime::Error>(())
/// ```
///
/// # Errors
/// Within an async runtime, and where the system gives no thread: nothing was done.
pub fn block_on<F: Future>(future: F) -> Result<F::Output, Error> {
    if Handle::try_current().is_ok() {
        let text = "this thread belongs to an async runtime, which must not be blocked; await the call instead, or in `spawn_blocking` give it to `Handle::current().block_on`";
        return Err(Report::configuration("blocking", &text).into());
    }
    Ok(runtime()?.block_on(future))
}

fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Result<Runtime, std::io::Error>> = OnceLock::new();
    let started = RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("wechatpay");
        builder.enable_all().build()
    });
    started.as_ref().map_err(|error| {
        let text = format!("no thread could be started: {error}");
        Report::configuration("blocking", &text).into()
    })
}

impl<'a, R: Value + 'a> Call<'a, R> {
    /// Sends the call and waits on this thread for its reply.
    ///
    /// # Errors
    /// As when the call is awaited; and within an async runtime, where nothing is sent.
    pub fn send_blocking(self) -> Result<Reply<R>, Error> {
        block_on(self.into_future())?
    }
}

impl RawRequest<'_> {
    /// Sends the request and waits on this thread for its reply.
    ///
    /// # Errors
    /// As when the request is awaited; and within an async runtime, where nothing is sent.
    pub fn send_blocking(self) -> Result<RawReply, Error> {
        block_on(self.into_future())?
    }
}
