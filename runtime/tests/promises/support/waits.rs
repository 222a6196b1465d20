//! A transport that keeps how long a call would wait.

use std::sync::{Arc, Mutex};
use std::time::Duration;
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Reqwest, Transport};

/// Sends by reqwest, and keeps each wait that it is asked for.
#[derive(Clone)]
pub(crate) struct Waits {
    http: Reqwest,
    end: bool,
    asked: Arc<Mutex<Vec<Duration>>>,
}

impl Waits {
    /// Waits that end when their time is over.
    pub(crate) fn ending() -> Self {
        Self {
            http: Reqwest::new(Reqwest::builder().build().expect("a client")),
            end: true,
            asked: Arc::default(),
        }
    }

    /// Waits that never end.
    #[cfg(feature = "rate-limit")]
    pub(crate) fn endless() -> Self {
        Self {
            end: false,
            ..Self::ending()
        }
    }

    /// What was asked for since this was called last.
    pub(crate) fn take(&self) -> Vec<Duration> {
        std::mem::take(&mut self.asked.lock().expect("the waits"))
    }
}

impl Transport for Waits {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        self.http.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.asked.lock().expect("the waits").push(duration);
        match self.end {
            true => self.http.sleep(duration),
            false => Box::pin(std::future::pending()),
        }
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        self.http.spawn(task);
    }
}
