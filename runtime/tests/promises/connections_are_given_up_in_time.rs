//! Who cannot connect in an attempt's time has sent nothing, and the error says so; who might have sent it by another connection does not know.

use crate::support::builder;
use crate::support::example::{get, order, post, post_once};
use crate::support::keys::{Keys, reply};
use crate::support::server::Server;
use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Reqwest, Transport};
use wechatpay_runtime::{Client, Error, ErrorKind, Host, Outcome, RetryPolicy, TransportFailure};

const SHORT: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(60);

/// Resolves as many names as it is told to, and then never answers.
struct Resolver {
    address: SocketAddr,
    answers: AtomicUsize,
    /// Told when it was asked once more.
    unanswered: Arc<Notify>,
}

impl reqwest::dns::Resolve for Resolver {
    fn resolve(&self, _name: reqwest::dns::Name) -> reqwest::dns::Resolving {
        let left = self
            .answers
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        if left.is_err() {
            self.unanswered.notify_one();
            return Box::pin(std::future::pending());
        }
        let addresses: reqwest::dns::Addrs = Box::new(std::iter::once(self.address));
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

fn http(server: &Server, answers: usize) -> (reqwest::Client, Arc<Notify>) {
    let address = server.url.trim_start_matches("http://");
    let unanswered = Arc::new(Notify::new());
    let resolver = Resolver {
        address: address.parse().expect("an address"),
        answers: AtomicUsize::new(answers),
        unanswered: Arc::clone(&unanswered),
    };
    let http = Reqwest::builder().dns_resolver(resolver).build();
    (http.expect("an HTTP client"), unanswered)
}

/// A server that no request should reach.
fn nobody() -> Server {
    Server::answering(reply(500, "", b""))
}

fn is_not_sent(error: &Error) {
    let connect = ErrorKind::Transport(TransportFailure::Connect);
    assert_eq!(error.kind(), &connect, "{error:?}");
    assert_eq!(error.outcome(), Outcome::NotSent);
}

#[tokio::test]
async fn a_name_that_is_never_resolved_is_not_sent_to() {
    let server = nobody();
    let (http, _) = http(&server, 0);
    let client = builder(&Keys::load()).base_url("http://unresolved.test");
    let client = client.http_client(http).build().expect("a client");
    is_not_sent(
        &post(&client, &order())
            .timeout(SHORT)
            .await
            .expect_err("no connection"),
    );
    is_not_sent(
        &get(&client)
            .timeout(SHORT)
            .await
            .expect_err("no connection"),
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_server_that_never_answers_the_handshake_is_not_sent_to() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let client = builder(&Keys::load())
        .base_url(url)
        .build()
        .expect("a client");
    is_not_sent(
        &post(&client, &order())
            .timeout(SHORT)
            .await
            .expect_err("no TLS"),
    );
    drop(listener);
}

#[tokio::test]
async fn what_could_not_connect_goes_to_the_backup_host() {
    let keys = Keys::load();
    let backup = Server::answering(keys.signed_reply(200, r#"{"state":"PAID"}"#));
    let (http, _) = http(&backup, 0);
    let client = builder(&keys)
        .base_url("http://unresolved.test")
        .host_backup_urls(Host::DEFAULT, [backup.url.as_str()])
        .http_client(http)
        .retry(RetryPolicy::new().attempt_timeout(SHORT))
        .timeout(LONG)
        .build()
        .expect("a client");
    post(&client, &order())
        .await
        .expect("a reply of the backup");
    backup.only();
    // One that waits longer for its answer connects no longer.
    post_once(&client, &order())
        .timeout(Duration::from_secs(5))
        .await
        .expect("a reply of the backup");
    assert_eq!(backup.received().len(), 2);
}

/// A connection that another call leaves takes the request while a new one is made for it.
#[tokio::test]
async fn what_another_connection_took_is_unknown_though_its_own_was_never_made() {
    let keys = Keys::load();
    let answer = keys.signed_reply(200, r#"{"state":"PAID"}"#);
    let (go, gone) = channel::<()>();
    let gone = Mutex::new(gone);
    // Answers the first request when it is told to, and the second never.
    let server = Server::start(move |_, stream| {
        let told = gone.lock().expect("a channel").recv();
        told.is_ok() && stream.write_all(&answer).is_ok()
    });
    let (http, unanswered) = http(&server, 1);
    let port = server.url.rsplit(':').next().expect("a port");
    let client = builder(&keys)
        .base_url(format!("http://resolved-once.test:{port}"))
        .http_client(http)
        .retry(RetryPolicy::never())
        .build()
        .expect("a client");
    let first = call(&client, LONG);
    while server.received().is_empty() {
        tokio::task::yield_now().await;
    }
    let second = call(&client, Duration::from_secs(2));
    unanswered.notified().await;
    go.send(()).expect("a server");
    first.await.expect("a task").expect("a reply");
    let error = second.await.expect("a task").expect_err("no answer");
    assert_eq!(error.outcome(), Outcome::Unknown, "{error:?}");
    let connections: Vec<_> = server.received().iter().map(|it| it.connection).collect();
    assert_eq!(connections, [connections[0]; 2]);
    drop(go);
}

fn call(client: &Client, timeout: Duration) -> tokio::task::JoinHandle<Result<(), Error>> {
    let client = client.clone();
    tokio::spawn(async move {
        let order = order();
        post(&client, &order).timeout(timeout).await.map(drop)
    })
}

/// Answers that the server is busy, for so many seconds; tells of each wait, and ends it at once.
struct Busy {
    seconds: u64,
    waits: Sender<Duration>,
}

impl Transport for Busy {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        let mut response = http::Response::new(Incoming::from(bytes::Bytes::new()));
        *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        let seconds = http::HeaderValue::from(self.seconds);
        response.headers_mut().insert("retry-after", seconds);
        Box::pin(std::future::ready(Ok(response)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The end of an attempt is waited for beside its answer, which is there at once.
        if duration.subsec_nanos() == 0 {
            self.waits.send(duration).expect("a listener");
        }
        Box::pin(std::future::ready(()))
    }

    fn spawn(&self, _task: BoxFuture<'static, ()>) {}
}

#[tokio::test]
async fn no_attempt_begins_with_hardly_any_time_left() {
    let (waits, waited) = channel();
    let busy = Busy { seconds: 10, waits };
    let client = builder(&Keys::load()).transport(busy).build();
    let client = client.expect("a client");
    let hurried = Duration::from_millis(10_150);
    let error = get(&client).timeout(hurried).await.expect_err("busy");
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
    assert_eq!(waited.try_iter().count(), 0);
    let error = get(&client).timeout(LONG).await.expect_err("busy");
    assert_eq!((error.status(), error.attempts()), (Some(503), 3));
    assert_eq!(waited.try_iter().count(), 2);
}

#[tokio::test]
async fn a_call_whose_time_is_over_sends_nothing() {
    let server = nobody();
    let client = crate::support::client(&Keys::load(), &server.url);
    let order = order();
    let late = post(&client, &order).timeout(Duration::ZERO);
    let error = late.await.expect_err("no time");
    let timeout = ErrorKind::Transport(TransportFailure::Timeout);
    assert_eq!(error.kind(), &timeout);
    assert_eq!(error.outcome(), Outcome::NotSent);
    // What was not sent may be, whatever it is.
    let late = post_once(&client, &order).timeout(Duration::ZERO);
    let error = late.await.expect_err("no time");
    assert_eq!(error.kind(), &timeout);
    assert!(error.is_retryable());
    assert!(server.received().is_empty());
}
