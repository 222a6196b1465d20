//! Carries requests by reqwest over rustls, without redirects, retries, decompression.

use super::body::Chunks;
use super::connecting::{InTime, connecting_in_time};
use super::{Body, BoxFuture, Failure, Incoming, Transport};
use crate::excerpt::told;
use bytes::Bytes;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use futures_core::Stream;
use http::Uri;
use http_body::{Frame, SizeHint};
use reqwest::{Client, Request, Response, Url};
use std::sync::Mutex;

/// How connections are made.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) environment_proxy: bool,
    pub(crate) http: Option<Client>,
}

/// Connections of reqwest, in a tokio runtime. Clones share them: several clients may use one pool.
#[derive(Clone, Debug)]
pub struct Reqwest {
    http: Client,
}

impl Settings {
    pub(crate) fn is_untouched(&self) -> bool {
        self.connect_timeout.is_none() && !self.environment_proxy && self.http.is_none()
    }
}

impl Reqwest {
    /// Takes a configured HTTP client. It must follow no redirects, retry nothing and decompress nothing, or signatures will not fit and
    /// payments may be made twice: begin with [`Reqwest::builder`].
    pub fn new(http: Client) -> Self {
        Self { http }
    }

    /// A builder of reqwest's that follows no redirects, retries nothing, decompresses nothing and takes no proxy from the environment: for a
    /// proxy, certificates, name resolution or pools of one's own. Its clients give up connecting when too little is left of an attempt's time,
    /// so that the attempt ends as not sent.
    ///
    /// ```
    /// use std::time::Duration;
    /// use wechatpay_runtime::transport::Reqwest;
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let http = Reqwest::builder()
    ///     .connect_timeout(Duration::from_secs(3))
    ///     .pool_max_idle_per_host(64)
    ///     .build()?;
    /// let client = wechatpay_runtime::Client::builder().http_client(http);
    /// # Ok(()) }
    /// ```
    pub fn builder() -> reqwest::ClientBuilder {
        careful().no_proxy()
    }

    /// One type of future, whether it is bounded or not.
    fn carry(
        &self,
        request: http::Request<Body>,
        limit: Option<Duration>,
    ) -> BoxFuture<'static, Result<http::Response<Incoming>, Failure>> {
        let sent = outgoing(request).map(|request| self.http.execute(request));
        Box::pin(connecting_in_time(limit, async move {
            match sent?.await {
                Ok(response) => Ok(incoming(response)),
                Err(error) => Err(failed(error)),
            }
        }))
    }

    /// Prepares connections; an error names the argument.
    pub(crate) fn connect(settings: Settings) -> Result<Self, (&'static str, String)> {
        let advice = "set it on the HTTP client that was given";
        let http = match settings.http {
            Some(_) if settings.connect_timeout.is_some() => {
                return Err(("connect_timeout", advice.to_owned()));
            }
            Some(_) if settings.environment_proxy => {
                return Err(("use_proxy_from_environment", advice.to_owned()));
            }
            Some(http) => http,
            None => build(&settings)
                .map_err(|error| ("http_client", format!("could not be built: {error}")))?,
        };
        Ok(Self { http })
    }
}

fn build(settings: &Settings) -> Result<Client, reqwest::Error> {
    let mut builder = match settings.environment_proxy {
        true => careful(),
        false => Reqwest::builder(),
    };
    if let Some(timeout) = settings.connect_timeout {
        builder = builder.connect_timeout(timeout);
    }
    builder.build()
}

/// A builder that does what is asked and nothing besides.
fn careful() -> reqwest::ClientBuilder {
    // Made beforehand, so that nothing can fail while there is a builder to be dropped: that is much code.
    let (redirect, retry) = (reqwest::redirect::Policy::none(), reqwest::retry::never());
    Client::builder()
        .tls_backend_rustls()
        .redirect(redirect)
        .retry(retry)
        .referer(false)
        // Another crate of the application may have switched on reqwest's decompression.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .connect_timeout(Duration::from_secs(10))
        .connector_layer(InTime)
        .tcp_nodelay(true)
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        self.carry(request, None)
    }

    fn send_within(
        &self,
        request: http::Request<Body>,
        limit: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        self.carry(request, Some(limit))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }
}

/// The request as reqwest takes it, with the target exactly as it was signed.
fn outgoing(request: http::Request<Body>) -> Result<Request, Failure> {
    let (head, body) = request.into_parts();
    let url = url(&head.uri)?;
    let mut request = Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    match body {
        Body::Bytes(bytes) if bytes.is_empty() => {}
        Body::Bytes(bytes) => *request.body_mut() = Some(bytes.into()),
        Body::Stream { length, chunks } => {
            let chunks = Mutex::new(chunks);
            *request.body_mut() = Some(reqwest::Body::wrap(Pieces { length, chunks }));
        }
    }
    Ok(request)
}

#[inline(never)]
fn url(uri: &Uri) -> Result<Url, Failure> {
    let url = Url::parse(&told(uri)).map_err(Failure::unsendable)?;
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let query = url.query().map_or(0, |query| query.len() + 1);
    if url.path().len() + query == target.len() && url.as_str().ends_with(target) {
        Ok(url)
    } else {
        Err(Failure::unsendable(
            "the target would be sent in another form than it is signed",
        ))
    }
}

/// A body in pieces, of a known length. reqwest wants it to be `Sync`, which the mutex makes it; nobody ever waits for it.
struct Pieces {
    length: u64,
    chunks: Mutex<Chunks>,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Failure;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failure>>> {
        let chunks = match self.chunks.get_mut() {
            Ok(chunks) => chunks,
            Err(poisoned) => poisoned.into_inner(),
        };
        let next = chunks.as_mut().poll_next(context);
        next.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

fn incoming(response: Response) -> http::Response<Incoming> {
    let (head, body) = http::Response::<reqwest::Body>::from(response).into_parts();
    http::Response::from_parts(head, Incoming::new(Received(body)))
}

/// The pieces of a reqwest body.
struct Received(reqwest::Body);

impl Stream for Received {
    type Item = Result<Bytes, Failure>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        use http_body::Body as _;
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                // Trailers are no part of the body.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(broken(error)))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// No answer came. Only a failure to connect tells that no byte was sent.
#[cold]
#[inline(never)]
fn failed(error: reqwest::Error) -> Failure {
    if error.is_connect() {
        Failure::not_sent(error.without_url())
    } else if error.is_builder() {
        Failure::unsendable(error.without_url())
    } else {
        broken(error)
    }
}

#[cold]
#[inline(never)]
fn broken(error: reqwest::Error) -> Failure {
    let timeout = error.is_timeout();
    // A URL may hold what nobody should read in a log.
    let error = error.without_url();
    if timeout {
        Failure::timeout(error)
    } else {
        Failure::interrupted(error)
    }
}
