//! A transport of the application's own takes the place of reqwest.

use crate::support::builder;
use crate::support::example::{order, post, post_once};
use crate::support::keys::Keys;
use bytes::Bytes;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use wechatpay_runtime::Outcome;
use wechatpay_runtime::transport::{Body, BoxFuture, Failure, Incoming, Transport};

/// Answers by itself, and keeps what it was given.
#[derive(Clone)]
struct Kept {
    reply: Vec<u8>,
    requests: Arc<Mutex<Vec<(String, Bytes)>>>,
}

impl Transport for Kept {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        let (head, body) = request.into_parts();
        let Body::Bytes(body) = body else {
            return Box::pin(async { Err(Failure::not_sent("no streams here")) });
        };
        let mut requests = self.requests.lock().expect("the requests");
        requests.push((head.uri.to_string(), body));
        Box::pin(async {
            let text = String::from_utf8(self.reply.clone()).expect("a text");
            let (head, body) = text.split_once("\r\n\r\n").expect("a head");
            let mut response = http::Response::new(Incoming::from(Bytes::from(body.to_owned())));
            for line in head.lines().skip(1) {
                let (name, value) = line.split_once(": ").expect("a header");
                let name: http::HeaderName = name.parse().expect("a name");
                response
                    .headers_mut()
                    .insert(name, value.parse().expect("a value"));
            }
            Ok(response)
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }
}

#[tokio::test]
async fn a_call_travels_by_the_transport_that_was_given() {
    let keys = Keys::load();
    let kept = Kept {
        reply: keys.signed_reply(200, r#"{"state":"PAID"}"#),
        requests: Arc::default(),
    };
    let client = builder(&keys).transport(kept.clone()).build();
    let client = client.expect("a client");
    post(&client, &order()).await.expect("a reply");
    let requests = kept.requests.lock().expect("the requests");
    let (url, body) = &requests[0];
    assert_eq!(url, "https://api.mch.weixin.qq.com/v3/example/T1/order");
    assert!(body.starts_with(b"{"));
}

#[test]
fn what_is_set_for_reqwest_is_refused_beside_another_transport() {
    let keys = Keys::load();
    let kept = Kept {
        reply: Vec::new(),
        requests: Arc::default(),
    };
    let builder = builder(&keys)
        .transport(kept)
        .connect_timeout(Duration::from_secs(1));
    let error = builder.build().expect_err("a fault");
    assert_eq!(error.argument(), Some("transport"));
}

/// Answers with a head, and says of the body that the request was not sent.
#[derive(Clone, Default)]
struct Confused(Arc<AtomicUsize>);

impl Transport for Confused {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, Failure>> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let broken = futures_util::stream::iter([Err(Failure::not_sent("a proxy went away"))]);
        Box::pin(async { Ok(http::Response::new(Incoming::new(broken))) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn spawn(&self, task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }
}

#[tokio::test]
async fn what_was_answered_was_sent_whatever_the_transport_says() {
    let confused = Confused::default();
    let client = builder(&Keys::load()).transport(confused.clone()).build();
    let client = client.expect("a client");
    let request = order();
    let error = post_once(&client, &request).await.expect_err("no answer");
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(!error.is_retryable());
    assert_eq!(error.status(), Some(200));
    assert_eq!(confused.0.load(Ordering::Relaxed), 1);
}
