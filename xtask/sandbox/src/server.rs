//! The socket: HTTP in, HTTP out, or what a fault makes of it.

use crate::arrival::{Arrivals, End, Reached, discreet, target};
use crate::bill::SandboxBill;
use crate::check_request::header;
use crate::door::{Door, Place};
use crate::fault::{Fault, Faults, LineFault};
use crate::line::{Line, LineIo};
use crate::log::{Log, ReceivedRequest};
use crate::play::{Exchange, Incoming, Stage, refused};
use crate::receive::receive;
use crate::refusal::Refusal;
use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::{Request, State};
use axum::response::Response;
use axum::serve::IncomingStream;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::oneshot;

/// The longest body that is read, in bytes.
const MAX_BODY: usize = 2 * 1024 * 1024;

/// The longest body of an upload. Videos may have 5 MB, and are the longest that WeChat Pay takes.
const MAX_UPLOAD: usize = 8 * 1024 * 1024;

/// What all exchanges of one sandbox share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) stage: RwLock<Stage>,
    pub(crate) faults: Faults,
    pub(crate) arrivals: Arrivals,
    pub(crate) log: Log,
}

/// The port of a host.
#[derive(Clone)]
struct Port {
    shared: Arc<Shared>,
    place: Place,
}

/// The connection that a request came by.
#[derive(Clone)]
struct Came(Arc<Line>);

impl Connected<IncomingStream<'_, Door>> for Came {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        let LineIo(line) = stream.io();
        Self(Arc::clone(line))
    }
}

/// Serves a host until it is told to stop (or the sender is dropped) and the exchanges in flight have ended.
pub(crate) async fn serve(
    door: Door,
    place: Place,
    shared: Arc<Shared>,
    stop: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let router = Router::new()
        .fallback(exchange)
        .with_state(Port { shared, place });
    axum::serve(door, router.into_make_service_with_connect_info::<Came>())
        .with_graceful_shutdown(async {
            // An error means that the sandbox was dropped, which says to stop as well.
            let _ = stop.await;
        })
        .await
}

async fn exchange(
    State(port): State<Port>,
    ConnectInfo(Came(line)): ConnectInfo<Came>,
    request: Request,
) -> Response {
    let Port { shared, place } = port;
    let (parts, body) = request.into_parts();
    let mut arriving = Arriving {
        number: shared.arrivals.head(&place, line.number, &parts),
        shared: &shared,
        end: End::ClientLeft,
    };
    let mut stage = shared.stage();
    let operation = stage.operation(parts.method.as_str(), target(&parts));
    let fault = shared.faults.take(operation.as_deref());
    arriving.meets(fault.as_ref());
    if let Some(Fault::Rotation(rotation)) = &fault {
        stage = shared.change(|stage| rotation.apply(stage));
    }
    let line_fault = match fault {
        Some(Fault::Line(fault)) => Some(fault),
        _ => None,
    };
    if let Some(fault) = line_fault.filter(|fault| fault.strikes_on_head()) {
        fault.strike(&line);
        arriving.end = End::Broken;
        return Response::default();
    }
    let limit = longest_body(&parts.headers);
    let received = receive(body, limit, |bytes| arriving.reads(bytes)).await;
    if received.is_ok() {
        arriving.is_whole();
    }
    let exchange = match &received {
        Ok(body) => {
            let incoming = Incoming {
                family: &place.family,
                method: parts.method.as_str(),
                target: target(&parts),
                headers: &parts.headers,
                body,
            };
            stage.play_with(incoming, fault.as_ref())
        }
        Err(cut) => refused(Refusal::too_large(cut.to_string())),
    };
    let received = ReceivedRequest {
        family: place.family.as_ref().to_owned(),
        method: parts.method.to_string(),
        target: target(&parts).to_owned(),
        headers: discreet(parts.headers.clone()),
        body: received.unwrap_or_default(),
        operation: exchange.operation.clone(),
        accepted: exchange.accepted.clone(),
        verdict: exchange.verdict.clone(),
        answer_headers: exchange.headers.clone(),
        answer: exchange.body.clone(),
        request_id: exchange.request_id.clone(),
    };
    shared.log.add(received);
    let answer = arriving.answer(line_fault, &line, &exchange).await;
    SandboxBill::serve(answer, target(&parts))
}

/// A request on its way through the sandbox. Where it is dropped unanswered, the client left.
struct Arriving<'s> {
    shared: &'s Shared,
    number: u64,
    end: End,
}

impl Arriving<'_> {
    fn meets(&self, fault: Option<&Fault>) {
        let fault = fault.cloned();
        let arrivals = &self.shared.arrivals;
        arrivals.change(self.number, |arrival| arrival.fault = fault);
    }

    fn reads(&self, bytes: &[u8]) {
        let arrivals = &self.shared.arrivals;
        arrivals.change(self.number, |arrival| arrival.body.extend_from_slice(bytes));
    }

    fn is_whole(&self) {
        let arrivals = &self.shared.arrivals;
        arrivals.change(self.number, |arrival| arrival.reached = Reached::Whole);
    }

    async fn answer(
        mut self,
        fault: Option<LineFault>,
        line: &Line,
        exchange: &Exchange,
    ) -> Response {
        match fault {
            None => {
                self.end = End::Answered(exchange.verdict.status());
                response(exchange)
            }
            Some(fault) => {
                fault.answer(line, exchange).await;
                self.end = End::Broken;
                // The line takes nothing more: this goes nowhere.
                Response::default()
            }
        }
    }
}

impl Drop for Arriving<'_> {
    fn drop(&mut self) {
        let end = self.end;
        let arrivals = &self.shared.arrivals;
        arrivals.change(self.number, |arrival| arrival.end = end);
    }
}

impl Shared {
    /// Changes the stage for all requests from now on, and gives it as it then is.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Stage)) -> Stage {
        let mut stage = self.stage.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut stage);
        stage.clone()
    }

    /// The stage as it is now.
    fn stage(&self) -> Stage {
        let stage = self.stage.read();
        stage.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn longest_body(headers: &HeaderMap) -> usize {
    let sent = header(headers, "Content-Type").unwrap_or_default();
    match sent.starts_with("multipart/") {
        true => MAX_UPLOAD,
        false => MAX_BODY,
    }
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
