//! The socket: HTTP in, HTTP out.

use crate::bill::SandboxBill;
use crate::check_request::header;
use crate::log::{Log, ReceivedRequest};
use crate::play::{Exchange, Incoming, Stage, refused};
use crate::refusal::Refusal;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The longest body that is read, in bytes.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// The longest body of an upload. Videos may have 5 MB, and are the longest that WeChat Pay takes.
const MAX_UPLOAD: usize = 8 * 1024 * 1024;

/// What all exchanges of one sandbox share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) stage: Stage,
    pub(crate) log: Log,
}

/// The port of a host family.
#[derive(Clone)]
struct Port {
    shared: Arc<Shared>,
    family: Arc<str>,
}

/// Serves a host family until it is told to stop (or the sender is dropped) and the exchanges in flight have ended.
pub(crate) async fn serve(
    listener: TcpListener,
    shared: Arc<Shared>,
    family: String,
    stop: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let family = family.into();
    let router = Router::new()
        .fallback(exchange)
        .with_state(Port { shared, family });
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            // An error means that the sandbox was dropped, which says to stop as well.
            let _ = stop.await;
        })
        .await
}

async fn exchange(State(port): State<Port>, request: Request) -> Response {
    let Port { shared, family } = port;
    let (parts, body) = request.into_parts();
    let target = parts
        .uri
        .path_and_query()
        .map_or("*", |target| target.as_str());
    let limit = longest_body(&parts.headers);
    let body = to_bytes(body, limit).await;
    let exchange = match &body {
        Ok(body) => shared.stage.play(Incoming {
            family: &family,
            method: parts.method.as_str(),
            target,
            headers: &parts.headers,
            body,
        }),
        Err(_) => refused(Refusal::too_large(format!(
            "The body was cut short, or has more than {limit} bytes."
        ))),
    };
    let response = SandboxBill::serve(response(&exchange), target);
    shared.log.add(ReceivedRequest {
        family: family.as_ref().to_owned(),
        method: parts.method.to_string(),
        target: target.to_owned(),
        headers: discreet(parts.headers),
        body: body.map(|bytes| bytes.to_vec()).unwrap_or_default(),
        operation: exchange.operation,
        accepted: exchange.accepted,
        verdict: exchange.verdict,
        answer_headers: exchange.headers,
        answer: exchange.body,
        request_id: exchange.request_id,
    });
    response
}

fn longest_body(headers: &HeaderMap) -> usize {
    let sent = header(headers, "Content-Type").unwrap_or_default();
    match sent.starts_with("multipart/") {
        true => MAX_UPLOAD,
        false => MAX_BODY,
    }
}

/// The headers, with `Authorization` hidden from `Debug`.
fn discreet(mut headers: HeaderMap) -> HeaderMap {
    if let Some(authorization) = headers.get_mut(AUTHORIZATION) {
        authorization.set_sensitive(true);
    }
    headers
}

fn response(exchange: &Exchange) -> Response {
    let status = exchange.verdict.status();
    let mut response = Response::new(Body::from(exchange.body.clone()));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &exchange.headers {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(*name, value);
        }
    }
    response
}
