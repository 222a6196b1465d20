//! Whatever a call waits for besides its answer, it waits no longer than its time lasts.

use crate::remote_signers_hold_the_key::{Service, sealed};
use crate::support::certificates::list;
use crate::support::example::{get, order, post};
use crate::support::keyless;
use crate::support::keys::Keys;
use crate::support::platform::{NEW, OLD, is_fetch, signed, without_keys};
use crate::support::server::Server;
use crate::support::waits::Waits;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use wechatpay_runtime::{
    AutomaticCertificates, Client, DriftKind, ErrorKind, Outcome, PrivateKey, RetryPolicy,
    VerificationFailure,
};

/// What the limits of these calls are, and how long a test waits before it says that there is none.
const SHORT: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(8);

/// A server that signs with a certificate which its first list lacks, takes its time for it, and may never give another list.
pub(crate) fn changed(slow: Duration, lists_again: bool) -> Server {
    let keys = Keys::load();
    let old = signed(&keys, OLD, &list(&keys, &[OLD]));
    let new = signed(&keys, NEW, &list(&keys, &[OLD, NEW]));
    let other = signed(&keys, NEW, "{}");
    let fetched = AtomicUsize::new(0);
    Server::start(move |request, stream| {
        let answer = match is_fetch(request) {
            false => {
                std::thread::sleep(slow);
                &other
            }
            true => match fetched.fetch_add(1, Ordering::SeqCst) {
                0 => &old,
                _ if lists_again => &new,
                _ => {
                    std::thread::sleep(Duration::from_secs(5));
                    return false;
                }
            },
        };
        stream.write_all(answer).is_ok()
    })
}

#[tokio::test]
async fn a_call_waits_for_a_new_certificate_only_as_long_as_its_time_lasts() {
    let keys = Keys::load();
    let slow = Duration::from_millis(300);
    let server = changed(slow, true);
    let waits = Waits::ending();
    let client = without_keys(&keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(&server.url)
        .transport(waits.clone())
        .build()
        .expect("a client");
    // No other wait is as short.
    let limit = Duration::from_secs(7);
    post(&client, &order())
        .timeout(limit)
        .await
        .expect("a reply");
    let mut own = waits.take();
    own.retain(|it| *it <= limit);
    let [_, attempt, learning] = own[..] else {
        panic!("{own:?}");
    };
    assert!(learning <= attempt - slow, "{own:?}");
}

#[tokio::test]
async fn a_certificate_that_never_comes_leaves_the_outcome_unknown() {
    let keys = Keys::load();
    let slow = Duration::from_millis(300);
    let server = changed(slow, false);
    let waits = Waits::ending();
    let client = without_keys(&keys)
        .platform_certificates_automatic(AutomaticCertificates::new())
        .base_url(&server.url)
        .retry(RetryPolicy::never())
        .transport(waits.clone())
        .build()
        .expect("a client");
    let limit = Duration::from_secs(3);
    let order = order();
    let call = post(&client, &order).timeout(limit);
    let error = call.await.expect_err("an unknown key");
    let unknown = matches!(
        error.kind(),
        ErrorKind::Verification(VerificationFailure::UnknownSerial(_))
    );
    assert!(unknown, "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
    // The fetches have the client's time, and the call has what its reply left.
    let mut own = waits.take();
    own.retain(|it| *it <= limit);
    let [_, attempt, learning] = own[..] else {
        panic!("{own:?}");
    };
    assert!(learning <= attempt - slow, "{own:?}");
}

#[tokio::test]
async fn a_signer_that_never_opens_a_field_has_the_time_of_the_call_and_no_more() {
    let keys = Keys::load();
    let server = Server::answering(sealed(&keys));
    let signer = Service {
        opens: Some(PrivateKey::from_pem(&keys.file("merchant.key.pem")).expect("a key")),
        hangs_opening: true,
        ..Service::of(&keys, "merchant")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(&server.url)
        .build()
        .expect("a client");
    let call = get(&client).timeout(SHORT).into_future();
    let ended = tokio::time::timeout(LONG, call).await;
    let reply = ended.expect("the call's time is over").expect("a reply");
    assert!(reply.payer_name.is_none());
    assert_eq!(reply.drift()[0].kind, DriftKind::Undecryptable);
}

#[tokio::test]
async fn what_is_signed_when_hardly_any_time_is_left_is_not_sent() {
    let keys = Keys::load();
    let server = Server::start(|_, _| {
        std::thread::sleep(LONG);
        false
    });
    let signer = Service {
        takes: Duration::from_millis(750),
        ..Service::of(&keys, "merchant")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .base_url(&server.url)
        .timeout(Duration::from_millis(800))
        .build()
        .expect("a client");
    let error = post(&client, &order()).await.expect_err("too late");
    assert_eq!(error.kind(), &ErrorKind::Signing);
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_signer_that_never_answers_does_not_hold_the_cashier_up_for_ever() {
    use wechatpay_runtime::cashier::Jsapi;
    let keys = Keys::load();
    let signer = Service {
        hangs: true,
        ..Service::of(&keys, "merchant")
    };
    let client: Client = keyless(&keys)
        .merchant_signer(signer)
        .timeout(SHORT)
        .build()
        .expect("a client");
    let opening = Jsapi {
        appid: "wx1",
        prepay_id: "wx2",
    };
    let ended = tokio::time::timeout(LONG, opening.sign(&client)).await;
    let error = ended.expect("the client's time is over");
    let error = error.expect_err("no signature");
    assert_eq!(error.kind(), &ErrorKind::Signing);
    assert_eq!(error.outcome(), Outcome::NotSent);
}

#[cfg(feature = "files")]
mod files {
    use super::{LONG, SHORT};
    use crate::support::client;
    use crate::support::example::upload;
    use crate::support::keys::Keys;
    use crate::uploads_are_read_while_they_are_sent as uploads;
    use bytes::Bytes;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use wechatpay_runtime::value::{Opened, Opening, Source};
    use wechatpay_runtime::{File, Rule};

    /// Opens so often, and then never again.
    struct Stuck {
        opens: usize,
        opened: AtomicUsize,
    }

    impl Source for Stuck {
        fn open(&self) -> Opening<'_> {
            let stuck = self.opened.fetch_add(1, Ordering::Relaxed) >= self.opens;
            Box::pin(async move {
                if stuck {
                    std::future::pending::<()>().await;
                }
                let piece = Ok(Bytes::from_static(b"film"));
                Ok(Opened::new(futures_util::stream::iter([piece])))
            })
        }
    }

    #[tokio::test]
    async fn a_file_that_never_opens_ends_with_the_time_of_the_call() {
        let keys = Keys::load();
        let server = uploads::answering(&keys);
        let client = client(&keys, &server.url);
        for opens in [0, 1] {
            let opened = AtomicUsize::new(0);
            let request = uploads::request(File::from_source("shop.mp4", Stuck { opens, opened }));
            let call = upload(&client, &request).timeout(SHORT);
            let ended = tokio::time::timeout(LONG, call.into_future()).await;
            let error = ended
                .expect("the call's time is over")
                .expect_err("no upload");
            assert_eq!(uploads::the_rule(&error), Rule::Unreadable);
        }
        assert!(server.received().is_empty());
    }
}
