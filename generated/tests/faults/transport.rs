//! A transport that makes each attempt meet its step, tells of it, and does not wait.

use crate::plan::{Plan, Step};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use wechatpay_openapi::transport::{Body, BoxFuture, Failure, Incoming, Reqwest, Transport};
use wechatpay_sandbox::{Reached, Sandbox};

/// The time that an attempt may take. No wait is nearly as long as this, so that the transport can tell the two apart: of an attempt's
/// time some is over when the client begins to count.
pub(crate) const ATTEMPT: Duration = Duration::from_millis(1_234_567);

/// How often it is looked whether a request has arrived.
const LOOK: Duration = Duration::from_millis(1);

/// Carries attempts of one call by reqwest.
#[derive(Clone)]
pub(crate) struct Played {
    inner: Arc<Inner>,
}

struct Inner {
    reqwest: Reqwest,
    sandbox: Arc<Sandbox>,
    plan: Plan,
    course: Mutex<Course>,
}

/// What the client did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Course {
    /// The place of each attempt's host.
    pub(crate) hosts: Vec<usize>,
    /// The waits between attempts.
    pub(crate) waits: Vec<Duration>,
    /// The number of the last arrival when the attempt at hand began, where that hangs.
    hangs_after: Option<u64>,
}

impl Played {
    pub(crate) fn new(sandbox: Arc<Sandbox>, plan: Plan) -> Self {
        // A connection that is kept may be closed under a request: each attempt has its own.
        let http = Reqwest::builder().pool_max_idle_per_host(0).build();
        let inner = Inner {
            reqwest: Reqwest::new(http.expect("an HTTP client")),
            sandbox,
            plan,
            course: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    pub(crate) fn course(&self) -> Course {
        self.inner.course().clone()
    }
}

impl Inner {
    fn course(&self) -> MutexGuard<'_, Course> {
        self.course.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the last request that arrived whole.
    fn arrived(&self) -> u64 {
        let arrivals = self.sandbox.arrivals().into_iter().rev();
        let mut whole = arrivals.filter(|it| it.reached == Reached::Whole);
        whole.next().map_or(0, |it| it.number)
    }

    fn begin(&self, uri: &http::Uri) -> (usize, Step) {
        let url = uri.to_string();
        let hosts = self.sandbox.host_urls("default");
        let host = hosts.iter().position(|host| url.starts_with(host));
        let host = host.expect("a host of the sandbox");
        let arrived = self.arrived();
        let mut course = self.course();
        let step = self.plan.step(course.hosts.len(), host);
        course.hosts.push(host);
        course.hangs_after = step.hangs().then_some(arrived);
        (host, step)
    }

    async fn send(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Incoming>, Failure> {
        let (host, step) = self.begin(request.uri());
        match step {
            Step::Fine => self.reqwest.send(request).await,
            Step::Fault(fault) => {
                self.sandbox.faults().queue([Some(fault)]);
                self.reqwest.send(request).await
            }
            Step::Refused => {
                let shut = self.sandbox.shut("default", host).await;
                shut.expect("a host that can be shut");
                let sent = self.reqwest.send(request).await;
                let opened = self.sandbox.open("default", host).await;
                opened.expect("a host that can be opened");
                sent
            }
        }
    }

    /// Ends with an attempt's time: never, but where the attempt hangs. There it is over when the request has arrived.
    async fn end_of_attempt(&self) {
        loop {
            let hangs_after = self.course().hangs_after;
            if hangs_after.is_some_and(|before| self.arrived() > before) {
                return;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Transport for Played {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        Box::pin(self.inner.send(request))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let inner = Arc::clone(&self.inner);
        if duration > ATTEMPT / 2 {
            return Box::pin(async move { inner.end_of_attempt().await });
        }
        inner.course().waits.push(duration);
        Box::pin(std::future::ready(()))
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }
}
