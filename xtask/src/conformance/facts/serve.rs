//! The server: a listener for each family of hosts, and a record of what each case's request had wrong.

use super::check::{Received, problems};
use super::operation::{Operation, Reply};
use super::plan::{Answer, Plan};
use super::secret;
use crate::conformance::witness::CASE_HEADER;
use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderValue, StatusCode};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use wechatpay_sandbox::{Clock, SandboxKeys, seal, sign};

/// The longest body that is read, in bytes.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// What all listeners share.
pub(super) struct Stage {
    pub(super) operations: Vec<Operation>,
    pub(super) plans: Vec<Plan>,
    received: Mutex<BTreeMap<usize, Vec<Record>>>,
}

/// What a request had wrong.
type Record = Vec<String>;

impl Stage {
    pub(super) fn new(operations: Vec<Operation>, plans: Vec<Plan>) -> Self {
        Self {
            operations,
            plans,
            received: Mutex::default(),
        }
    }

    /// The plan of a case, and its operation.
    pub(super) fn plan(&self, id: usize) -> Option<(&Plan, &Operation)> {
        let plan = self.plans.get(id)?;
        Some((plan, self.operations.get(plan.operation)?))
    }

    /// What was wrong with each request of a case.
    pub(super) fn received(&self, id: usize) -> Vec<Record> {
        let received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        received.get(&id).cloned().unwrap_or_default()
    }

    fn record(&self, id: usize, problems: Record) {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        received.entry(id).or_default().push(problems);
    }
}

/// A family of hosts that listens.
pub(super) struct Listener {
    pub(super) url: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Listener {
    /// Begins to listen.
    ///
    /// # Errors
    /// There is no free port.
    pub(super) async fn start(stage: Arc<Stage>, family: &str, keys: SandboxKeys) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .context("cannot listen on loopback")?;
        let url = format!("http://{}", listener.local_addr()?);
        let host = Arc::new(Host {
            stage,
            family: family.to_owned(),
            keys,
        });
        let router = Router::new().fallback(exchange).with_state(host);
        let (stop, stopped) = oneshot::channel();
        let served = axum::serve(listener, router).with_graceful_shutdown(async {
            // An error means that the listener was dropped, which says to stop as well.
            let _ = stopped.await;
        });
        let served = tokio::spawn(async { served.await });
        Ok(Self { url, stop, served })
    }

    /// Stops, after the exchanges in flight.
    pub(super) async fn stop(self) {
        drop(self.stop);
        // Whatever ended it, it has ended.
        let _ = self.served.await;
    }
}

/// What one family's exchanges share.
struct Host {
    stage: Arc<Stage>,
    family: String,
    keys: SandboxKeys,
}

async fn exchange(State(host): State<Arc<Host>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let target = parts
        .uri
        .path_and_query()
        .map_or("", |target| target.as_str());
    let id = parts
        .headers
        .get(CASE_HEADER)
        .and_then(|id| id.to_str().ok()?.parse().ok());
    let Some((id, (plan, operation))) = id.and_then(|id| Some((id, host.stage.plan(id)?))) else {
        return refused(&format!("the header {CASE_HEADER} names no case"));
    };
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        host.stage.record(
            id,
            vec!["the body was cut short, or is too long".to_owned()],
        );
        return refused("the body could not be read");
    };
    let received = Received {
        family: &host.family,
        method: parts.method.as_str(),
        target,
        headers: &parts.headers,
        body: &body,
    };
    let found = problems(operation, &plan.case, &host.keys, &received).await;
    host.stage.record(id, found);
    let answered = plan
        .answer(operation)
        .and_then(|answer| response(operation, &answer, &host.keys));
    answered.unwrap_or_else(|why| {
        host.stage
            .record(id, vec![format!("the witness could not answer: {why}")]);
        refused(&why)
    })
}

/// The answer as it is sent: encrypted texts for whoever asked, signed by the family's key where the facts say so.
fn response(
    operation: &Operation,
    answer: &Answer,
    keys: &SandboxKeys,
) -> Result<Response, String> {
    let mut headers = vec![(
        "Request-ID",
        "08D6A5B7C90610E1031895A8A4F0012094B205280A-0".to_owned(),
    )];
    let body = match (&operation.reply, &answer.sent, &answer.file) {
        (Reply::Document(node), Some(sent), _) => {
            headers.push(("Content-Type", "application/json; charset=utf-8".to_owned()));
            let reader = if operation.by_brand {
                keys.brand()
            } else {
                Some(keys.merchant())
            };
            let reader = reader.ok_or("no brand plays")?;
            let mut encrypt = |text: &str| {
                seal::encrypt_field(reader.public_key(), text).map_err(|error| error.to_string())
            };
            secret::changed(node, sent, &mut encrypt)?
                .to_string()
                .into_bytes()
        }
        (Reply::File(media), _, Some(file)) => {
            headers.push(("Content-Type", media.clone()));
            file.clone()
        }
        _ => Vec::new(),
    };
    if operation.signed {
        headers.extend(signature(keys, &body)?);
    }
    let mut response = Response::new(Body::from(body));
    *response.status_mut() =
        StatusCode::from_u16(operation.status).map_err(|error| error.to_string())?;
    for (name, value) in headers {
        let value = HeaderValue::from_str(&value).map_err(|error| error.to_string())?;
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

fn signature(keys: &SandboxKeys, body: &[u8]) -> Result<[(&'static str, String); 4], String> {
    let key = keys.platform_public_key().key();
    let timestamp = Clock::system().now().to_string();
    let nonce = "5c7ZQxVrLkUt9wYbNfGhJd3sPm8aE2Rk".to_owned();
    let message = sign::reply_message(&timestamp, &nonce, body);
    let signature = sign::sign(key.private_key, &message).map_err(|error| error.to_string())?;
    Ok([
        ("Wechatpay-Timestamp", timestamp),
        ("Wechatpay-Nonce", nonce),
        ("Wechatpay-Serial", key.serial.to_owned()),
        ("Wechatpay-Signature", signature),
    ])
}

/// An unsigned error, as a gateway gives it.
fn refused(why: &str) -> Response {
    let mut response = Response::new(Body::from(why.to_owned()));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}
