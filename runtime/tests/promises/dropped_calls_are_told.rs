//! Who drops a write that may have been carried out gets no error, so the log tells it, whatever the call was waiting for.

use crate::remote_signers_hold_the_key::Service;
use crate::support::example::{get, order, post};
use crate::support::keyless;
use crate::support::keys::{Keys, reply};
use crate::support::log::Log;
use crate::support::platform::{fetches, without_keys};
use crate::support::server::Server;
use crate::waits_end_with_the_call::changed;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use wechatpay_runtime::sign::{Signer, SignerFuture};
use wechatpay_runtime::{AttemptEnd, AutomaticCertificates, Client, ClientBuilder, Outcome};

/// How long a call may take before it is dropped.
const SHORT: Duration = Duration::from_millis(1_500);

#[tokio::test]
async fn a_write_that_is_dropped_before_its_reply_is_verified_is_told_in_the_log() {
    let keys = Keys::load();
    let log = Log::listen();
    let server = changed(Duration::ZERO, false);
    let (builder, seen) = observed(without_keys(&keys));
    let client: Client = builder
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(&server.url)
        .build()
        .expect("a client");
    let request = order();
    let sending = post(&client, &request).into_future();
    let dropped = tokio::time::timeout(SHORT, sending).await;
    assert!(dropped.is_err(), "the call ended by itself");
    assert_eq!(fetches(&server).len(), 2, "the reply had arrived");
    let text = log.text();
    assert!(
        text.contains("dropped while in flight: the outcome is unknown"),
        "{text}"
    );
    // Support finds the exchange by its id, and the reply had brought that.
    let unknown = Some(Outcome::Unknown);
    let expected = ("POST", Some(200), Some("08F7".to_owned()), unknown);
    assert!(seen.try_iter().any(|told| told == expected));
}

/// What an observer is told of an attempt: its method, status, id, and outcome where it was dropped.
type Told = (&'static str, Option<u16>, Option<String>, Option<Outcome>);

fn observed(builder: ClientBuilder) -> (ClientBuilder, Receiver<Told>) {
    let (sender, seen) = channel();
    let builder = builder.on_attempt(move |attempt| {
        let outcome = match attempt.end {
            AttemptEnd::Dropped(outcome) => Some(outcome),
            _ => None,
        };
        let id = attempt.request_id.map(str::to_owned);
        let told = (attempt.method, attempt.status, id, outcome);
        // Fetches of keys may end after the test.
        drop(sender.send(told));
    });
    (builder, seen)
}

#[tokio::test]
async fn a_call_that_is_dropped_while_it_is_signed_the_first_time_was_not_sent() {
    let keys = Keys::load();
    let signer = Service {
        hangs: true,
        ..Service::of(&keys, "merchant")
    };
    let (builder, seen) = observed(keyless(&keys).merchant_signer(signer));
    let client: Client = builder.build().expect("a client");
    let log = Log::listen();
    let request = order();
    let sending = post(&client, &request).into_future();
    let short = Duration::from_millis(50);
    assert!(tokio::time::timeout(short, sending).await.is_err());
    let told: Vec<Told> = seen.try_iter().collect();
    assert_eq!(told, [("POST", None, None, Some(Outcome::NotSent))]);
    assert!(!log.text().contains("unknown"), "{}", log.text());
}

/// Signs once, and then never again.
struct Tired(Service);

impl Signer for Tired {
    fn serial_no(&self) -> &str {
        self.0.serial_no()
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> SignerFuture<'a> {
        Box::pin(async move {
            if self.0.asked.load(Ordering::Relaxed) > 0 {
                std::future::pending::<()>().await;
            }
            self.0.sign(message).await
        })
    }
}

#[tokio::test]
async fn a_write_that_is_dropped_while_it_is_signed_again_is_told_in_the_log() {
    let keys = Keys::load();
    let server = Server::answering(reply(503, "", b""));
    let client: Client = keyless(&keys)
        .merchant_signer(Tired(Service::of(&keys, "merchant")))
        .base_url(&server.url)
        .build()
        .expect("a client");
    for reads in [false, true] {
        let log = Log::listen();
        let request = order();
        let sending = match reads {
            true => tokio::time::timeout(SHORT, get(&client).into_future())
                .await
                .is_err(),
            false => tokio::time::timeout(SHORT, post(&client, &request).into_future())
                .await
                .is_err(),
        };
        assert!(sending, "the call ended by itself");
        let text = log.text();
        assert_eq!(text.contains("the outcome is unknown"), !reads, "{text}");
    }
    server.only();
}
