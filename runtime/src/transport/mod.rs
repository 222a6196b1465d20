//! Sends bytes and receives bytes: reqwest over rustls, without redirects, retries, decompression.

mod failure;
mod form;

use crate::error::Answer;
use crate::verify::Unverified;
use bytes::{Bytes, BytesMut};
use core::time::Duration;
use http::{HeaderMap, HeaderValue};

pub(crate) use failure::Broken;
pub(crate) use form::Part;

/// A future behind a pointer, which may move between threads.
pub type BoxFuture<'a, T> = core::pin::Pin<Box<dyn core::future::Future<Output = T> + Send + 'a>>;

/// How connections are made and how much is taken from them.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) user_agent_suffix: Option<String>,
    pub(crate) max_reply_bytes: usize,
    pub(crate) environment_proxy: bool,
    pub(crate) http: Option<reqwest::Client>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: None,
            user_agent_suffix: None,
            max_reply_bytes: 16 * 1024 * 1024,
            environment_proxy: false,
            http: None,
        }
    }
}

/// The connections.
pub(crate) struct Transport {
    http: reqwest::Client,
    user_agent: HeaderValue,
    max_reply_bytes: usize,
}

/// One signed request.
pub(crate) struct Request {
    pub(crate) method: http::Method,
    pub(crate) url: reqwest::Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The parts of a form, which travel in place of the body.
    pub(crate) form: Option<Vec<Part>>,
    pub(crate) timeout: Duration,
}

impl Transport {
    /// Prepares connections; an error names the argument.
    pub(crate) fn new(settings: Settings) -> Result<Self, (&'static str, String)> {
        let user_agent = user_agent(settings.user_agent_suffix.as_deref())?;
        let max_reply_bytes = settings.max_reply_bytes;
        let http = match settings.http {
            Some(_) if settings.connect_timeout.is_some() => {
                let advice = "set it on the HTTP client that was given";
                return Err(("connect_timeout", advice.to_owned()));
            }
            Some(_) if settings.environment_proxy => {
                let advice = "set it on the HTTP client that was given";
                return Err(("use_proxy_from_environment", advice.to_owned()));
            }
            Some(http) => http,
            None => connect(&settings)
                .map_err(|error| ("http_client", format!("could not be built: {error}")))?,
        };
        Ok(Self {
            http,
            user_agent,
            max_reply_bytes,
        })
    }

    /// Sends a request once, and receives the whole reply.
    ///
    /// # Errors
    /// How the exchange failed, and what of the reply had arrived.
    pub(crate) async fn send(&self, mut request: Request) -> Result<Unverified, Broken> {
        let agent = self.user_agent.clone();
        request.headers.insert(http::header::USER_AGENT, agent);
        let sending = self
            .http
            .request(request.method, request.url)
            .headers(request.headers)
            .timeout(request.timeout);
        let sending = match request.form {
            Some(parts) => sending.multipart(form::form(parts).map_err(Broken::before_sending)?),
            None => sending.body(request.body),
        };
        let response = sending.send().await.map_err(Broken::before_reply)?;
        self.receive(response).await
    }

    /// Reads the body while it is not too long, whatever length was declared.
    async fn receive(&self, mut response: reqwest::Response) -> Result<Unverified, Broken> {
        let status = response.status().as_u16();
        let headers = core::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        let failure = loop {
            match response.chunk().await {
                Ok(Some(chunk)) if chunk.len() > self.max_reply_bytes - body.len() => {
                    break Broken::too_large();
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => return Ok(Unverified::new(status, headers, body)),
                Err(error) => break Broken::within_reply(error),
            }
        };
        Err(failure.with(Answer {
            status,
            headers,
            body: body.freeze(),
            verified: false,
        }))
    }
}

/// A client that does what is asked and nothing besides.
fn connect(settings: &Settings) -> Result<reqwest::Client, reqwest::Error> {
    let timeout = settings.connect_timeout.unwrap_or(Duration::from_secs(10));
    let builder = reqwest::Client::builder()
        .tls_backend_rustls()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // Another crate of the application may have switched on reqwest's decompression.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .connect_timeout(timeout)
        .tcp_nodelay(true);
    let builder = match settings.environment_proxy {
        true => builder,
        false => builder.no_proxy(),
    };
    builder.build()
}

fn user_agent(suffix: Option<&str>) -> Result<HeaderValue, (&'static str, String)> {
    let own = concat!("wechatpay-rust/", env!("CARGO_PKG_VERSION"));
    let text = match suffix {
        Some(suffix) => format!("{own} {suffix}"),
        None => own.to_owned(),
    };
    HeaderValue::from_str(&text).map_err(|_| {
        let advice = "a header carries visible ASCII characters and spaces alone";
        ("user_agent_suffix", advice.to_owned())
    })
}
